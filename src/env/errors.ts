// What a policy is told when it was at fault. The wording is closed, since a policy's vocabulary is.
import type { Observation } from './types.ts';

export type ModelFault =
  | 'empty box'
  | 'small box'
  | 'unknown image'
  | 'empty query'
  | 'unknown tool'
  | 'malformed call'
  | 'empty code'
  | 'exception'
  | 'time limit'
  | 'memory limit';

/** What can go wrong in a world of pictures, and in one of programs: for their vocabularies. */
export const ERROR_TEXTS: readonly ModelFault[] = ['empty box', 'small box', 'unknown image', 'empty query', 'unknown tool', 'malformed call'];
export const PROGRAM_ERROR_TEXTS: readonly ModelFault[] = [
  'empty query',
  'unknown tool',
  'malformed call',
  'empty code',
  'exception',
  'time limit',
  'memory limit',
];

/** A model-caused error: the policy is at fault, and reads why; people read the detail, too. */
export function modelError(message: ModelFault, detail?: string): Observation {
  return { kind: 'error', cause: 'model', message, ...(detail === undefined ? {} : { detail }) };
}
