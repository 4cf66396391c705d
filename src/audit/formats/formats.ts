// The formats that are read, and which of them a file has.
import { EPISODES } from './episodes.ts';
import type { JsonRecord, RolloutFormat } from './format.ts';
import { MESSAGES } from './messages.ts';
import { ROLLOUTS } from './rollouts.ts';
import { TRL } from './trl.ts';
import { VERIFIERS } from './verifiers.ts';
import { VERL } from './verl.ts';

/** In the order that they are asked. */
export const FORMATS: readonly RolloutFormat[] = [ROLLOUTS, VERL, EPISODES, VERIFIERS, TRL, MESSAGES];

/** The format that a line looks like; null where no format knows it. */
export function formatOf(record: JsonRecord): RolloutFormat | null {
  return FORMATS.find((format) => format.recognises(record)) ?? null;
}
