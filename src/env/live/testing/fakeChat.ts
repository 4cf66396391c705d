// A chat endpoint for tests: it looks at a corner, searches for the question, and then answers right every other time.

export interface ChatBody {
  readonly messages: readonly [
    system: object,
    asked: { readonly content: readonly [{ readonly text: string }, ...object[]] },
    ...turns: { readonly role: string; readonly tool_calls?: readonly { readonly id: string }[] }[],
  ];
}

/** `truthOf` gives a question's answer. Of the attempts at a question the first is right, the second wrong, and so on. */
export function fakeChat(truthOf: (question: string) => string): (body: ChatBody) => object {
  const attempts = new Map<string, number>();
  return ({ messages: [, asked, ...told] }) => {
    const question = asked.content[0].text;
    const turns = told.filter(({ role }) => role === 'assistant');
    const calls = turns.flatMap(({ tool_calls = [] }) => tool_calls);
    const attempt = calls[0] ? Number(calls[0].id) : (attempts.get(question) ?? 0);
    if (turns.length === 0) attempts.set(question, attempt + 1);
    const call = (name: string, args: object): object =>
      said(null, [{ id: String(attempt), type: 'function', function: { name, arguments: JSON.stringify(args) } }]);
    if (turns.length === 0) return call('image_zoom_in_tool', { bbox_2d: [0, 0, 500, 500], img_idx: 0 });
    if (turns.length === 1) return call('text_search_tool', { query: question });
    return said(`<answer>${attempt % 2 === 0 ? truthOf(question) : 'nowhere'}</answer>`);
  };
}

function said(content: string | null, calls: readonly object[] = []): object {
  return { choices: [{ message: { role: 'assistant', content, tool_calls: calls } }], usage: { completion_tokens: 9 } };
}
