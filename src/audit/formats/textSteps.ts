// Steps of a rollout that is one text: <tool_call>{"name": …, "arguments": …}</tool_call> as Hermes and Qwen write them, with the tools'
// answers between. Each call is a step of its own, and what is written after the last one is the answer.
import type { Step } from '../../tapo/index.ts';
import { callOf, parsed } from './foreignCall.ts';

/** What is taken for granted of a text, for people. */
export const TEXT_ASSUMED: readonly string[] = [
  'Tool calls are read from <tool_call>{"name": …, "arguments": …}</tool_call> in the text; one that is no such JSON counts as a turn without a call.',
  'Every call that could be read is taken as executed: the text does not say which failed.',
  'Tokens are counted as words, since the file has no tokens; only token weights depend on them, no number here does.',
];

/** The steps of a text, none for a blank one. */
export function textSteps(text: string): Step[] {
  const steps: Step[] = [];
  let pending = ''; // the model's own words since the last call
  const finish = (words: string, call: Pick<Step, 'tool'> = {}): void => {
    steps.push({ tokens: countWords(words), ...call, text: words });
    pending = '';
  };
  for (const piece of pieces(text)) {
    const last = steps.at(-1);
    if (piece.kind === 'words') {
      const { observation, words } = last ? afterCall(piece.text) : { observation: '', words: ownWords(piece.text) };
      if (observation !== '') observe(steps, observation);
      pending += words;
    } else if (piece.kind === 'response') observe(steps, piece.text);
    else {
      const tool = callOf(parsed(piece.text));
      finish(`${pending}<tool_call>${piece.text}</tool_call>`.trim(), tool ? { tool } : {});
    }
  }
  if (pending.trim() !== '') finish(pending.trim());
  return steps;
}

/** The model's tokens, roughly: the file has only words. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function observe(steps: Step[], text: string): void {
  const last = steps.at(-1);
  if (!last) return;
  const before = typeof last.observation === 'string' ? `${last.observation}\n` : '';
  steps[steps.length - 1] = { ...last, observation: before + text.trim() };
}

interface Piece {
  readonly kind: 'words' | 'call' | 'response';
  readonly text: string;
}

/** What lies inside and between the tags, in order; a tag that is not closed belongs to the words. One pass over the text. */
function* pieces(text: string): Generator<Piece> {
  const tags = [
    { kind: 'call', open: '<tool_call>', close: '</tool_call>' },
    { kind: 'response', open: '<tool_response>', close: '</tool_response>' },
  ] as const;
  const next = tags.map(({ open }) => text.indexOf(open));
  let from = 0;
  for (;;) {
    const [call, response] = next as [number, number];
    const i = call >= 0 && (response < 0 || call < response) ? 0 : 1;
    const start = next[i] as number;
    if (start < 0) break;
    const { kind, open, close } = tags[i] as (typeof tags)[number];
    const end = text.indexOf(close, start);
    if (end < 0) {
      next[i] = -1; // never closed: neither is any later one
      continue;
    }
    if (start > from) yield { kind: 'words', text: text.slice(from, start) };
    yield { kind, text: text.slice(start + open.length, end) };
    from = end + close.length;
    tags.forEach((tag, t) => {
      if ((next[t] as number) >= 0 && (next[t] as number) < from) next[t] = text.indexOf(tag.open, from);
    });
  }
  if (from < text.length) yield { kind: 'words', text: text.slice(from) };
}

/** Words after a call: first what the tool answered, where the names of the roles tell it apart ("tool … assistant …"), then the model's own. */
function afterCall(text: string): { readonly observation: string; readonly words: string } {
  const head = /^\s*(tool|user|ipython|observation)\s*\n/.exec(text);
  if (!head) return { observation: '', words: ownWords(text) };
  const rest = text.slice(head[0].length);
  const turn = /(?:^|\n)assistant\s*\n/.exec(rest);
  if (turn) return { observation: rest.slice(0, turn.index).trim(), words: rest.slice(turn.index + turn[0].length) };
  return { observation: rest.trim(), words: '' };
}

/** Without the name of the role that the decoded text begins with. */
function ownWords(text: string): string {
  return text.replace(/^\s*assistant\s*\n/, '');
}
