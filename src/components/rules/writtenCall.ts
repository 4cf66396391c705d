// The call or the answer of a turn's text, without the thought and the tags.

/** "<think> a </think> <tool_call> text_search_tool capital Mali </tool_call>" → "text search capital Mali". */
export function writtenCall(text: string): string {
  return text
    .replace(/^<think>.*?<\/think>\s*/s, '')
    .replace(/^<answer>/, 'answer:')
    .replaceAll(/<\/?(tool_call|answer)>/g, '')
    .trim()
    .replace(/^([a-z_]+)_tool\b/, (_, name: string) => name.replaceAll('_', ' '));
}
