// What a policy is told when it was at fault. The wording is closed, since a policy's vocabulary is.
import type { Observation } from './types.ts';

export type ModelFault = 'empty box' | 'small box' | 'unknown image' | 'empty query' | 'unknown tool' | 'malformed call';

export const ERROR_TEXTS: readonly ModelFault[] = ['empty box', 'small box', 'unknown image', 'empty query', 'unknown tool', 'malformed call'];

/** A model-caused error: the policy is at fault, and reads why. */
export function modelError(message: ModelFault): Observation {
  return { kind: 'error', cause: 'model', message };
}
