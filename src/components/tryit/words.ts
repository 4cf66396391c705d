// What "Try it" says, in sentences.
import type { Attempt } from '../../notebook/attempts.ts';
import { outputText, withValues } from '../../notebook/rollouts/withValues.ts';
import type { Continuations } from '../../train/player/continuations.ts';
import type { PlayView, TurnView } from '../../train/player/playView.ts';
import { type PairedShares, shareInterval } from '../../train/player/shares.ts';
import type { Comparison } from '../../workers/player.protocol.ts';
import { count, percent, signed } from '../format.ts';
import { shortCall } from '../trajectory/words.ts';

/** −0.92 → "40 %"; below a tenth of a percent "< 0.1 %". */
export function chance(logProb: number): string {
  const p = Math.exp(logProb);
  if (p < 0.001) return '< 0.1 %';
  return p < 0.1 ? percent(p) : percent(p, 0);
}

/** How surprising a token is, from 0 (certain) to 1 (e⁻⁴ = 2 % or less). */
export function surprise(logProb: number): number {
  return Math.min(1, -logProb / 4);
}

/** "5 of 16 right: 31 %, 95 % interval 14–56 %" */
export function shareSentence({ right, total }: Continuations): string {
  if (total === 0) return 'the world failed in every continuation';
  const [low, high] = shareInterval(right, total);
  return `${right} of ${total} right: ${percent(right / total, 0)}, 95 % interval ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %`;
}

/** What came back, for those who listen. */
function seen({ observation }: TurnView): string {
  switch (observation?.kind) {
    case undefined:
      return '';
    case 'image':
      return ` It sees image ${observation.index}.`;
    case 'picture':
      return ` It sees a picture. ${observation.text}`;
    case 'titles':
      return ` It finds ${observation.results.map(({ title }) => title).join(', ')}.`;
    case 'documents':
      return ` It reads ${observation.results.map(({ text }) => withValues(text, observation.variables)).join(' ')}`;
    case 'output':
      return ` It prints ${outputText(observation)}.`;
    case 'error':
      return ` Error: ${observation.message}.`;
    default:
      return observation satisfies never;
  }
}

/** The last whole turn, and the end if it was that. */
export function spokenTurn({ turns, end, question }: PlayView): string {
  const last = turns.at(-1);
  if (!last) return '';
  return `Turn ${turns.length}: ${shortCall(last)}.${seen(last)}${end ? ` ${endSentence({ end, question })}` : ''}`;
}

export function endSentence({ end, question }: Pick<PlayView, 'end' | 'question'>): string {
  if (!end) return '';
  switch (end.status) {
    case 'answered':
      return end.correct ? `Right: the answer is ${question.answer}.` : `Wrong: it answered ${end.answer || 'nothing'}, the answer is ${question.answer}.`;
    case 'malformed':
      return `Wrong: it ran out of turns without an answer; the answer is ${question.answer}.`;
    case 'dropped':
      return 'The world failed, which is nobody’s fault; go back and try again.';
    default:
      return end.status satisfies never;
  }
}

/** "base, seed 1" or "from 1, turn 2: “five”", after its number. */
export function attemptTitle({ view, from }: Attempt, numberOf: (play: number) => number): string {
  if (!from) return `${view.policy}, ${view.temperature === 0 ? 'greedy' : `seed ${view.key}`}`;
  return `from ${numberOf(from.play)}, turn ${from.place.turn + 1}: ${from.word === null ? 'your own' : `“${from.word}”`}`;
}

/** What holding one policy against another showed, with the numbers that it comes from. */
export function holdSentence(
  { policies: [first, second], preset, split, temperature }: Comparison,
  { questions, right, alone, difference, interval }: PairedShares,
): string {
  const [low, high] = interval;
  const points = (x: number): string => signed(100 * x, 1);
  const verdict = low > 0 ? `${first} is better` : high < 0 ? `${first} is worse` : 'these questions do not tell them apart';
  return [
    `On the same ${count(questions, `${split} question`)} of ${preset}, ${temperature === 0 ? 'greedy' : 'sampled with the same keys'}:`,
    `${first} is right on ${right[0]} (${percent(right[0] / questions)}), ${second} on ${right[1]} (${percent(right[1] / questions)});`,
    `${alone[0]} only ${first} gets right, ${alone[1]} only ${second}.`,
    `Difference ${points(difference)} points, 95 % interval ${points(low)} to ${points(high)}: ${verdict}.`,
  ].join(' ');
}
