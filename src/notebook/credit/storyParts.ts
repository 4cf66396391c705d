// What sentences about credit are made of: words, and numbers that know their term.
import type { ToolKind } from '../../tapo/index.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { type Place, witnessPlace } from '../rollouts/places.ts';
import type { CreditOptionsShown, Term } from './terms.ts';

/** Words, or a number with the term that it stands for. */
export type StoryPart = string | { readonly text: string; readonly term: Term };

/** How a call is spoken of. */
export interface CallWords {
  readonly noun: string;
  /** What it shares with a like one. */
  readonly same: string;
  readonly measure: string;
}

const CALL_WORDS: Readonly<Record<ToolKind, CallWords>> = {
  region: { noun: 'zoom', same: 'shows the same region as', measure: 'overlap' },
  image: { noun: 'image search', same: 'looks at the same place as', measure: 'overlap' },
  text: { noun: 'text search', same: 'asks the same as', measure: 'likeness' },
  other: { noun: 'call', same: 'is the same as', measure: 'likeness' },
};

/** `region`: how boxes are compared; only their IoU is an overlap. */
export function callWords({ action }: StepReport, { region }: Pick<CreditOptionsShown, 'region'>): CallWords {
  const words = CALL_WORDS[action.kind === 'call' ? action.toolKind : 'other'];
  if (action.kind === 'call' && action.toolKind === 'other') return { ...words, noun: `${action.tool} call` };
  return action.kind === 'call' && action.toolKind === 'region' && region !== 'iou' ? { ...words, measure: 'likeness' } : words;
}

/** "rollout 1’s", whose call the shown one is most like. */
export function witnessName(group: GroupReport, place: Place): string {
  const witness = witnessPlace(group, place);
  return witness ? `rollout ${witness[0] + 1}’s` : 'that of another prompt’s rollout';
}

/** A number with its term; `sign`: also where it is positive. */
export function number(term: Term, value: number | null, sign = false): StoryPart {
  return { text: sign ? signedText(value ?? 0) : two(value), term };
}

/** Two digits, with a true minus sign; null is 0. */
export function two(value: number | null): string {
  return (value ?? 0).toFixed(2).replace('-', '−');
}

function signedText(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? `±${text}` : `${value < 0 ? '−' : '+'}${text}`;
}

/** 1 → "1 step", 3 → "3 steps" */
export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
