// placeholder until the engine is merged
import type { RunData } from './cells/evaluator.ts';
import type { RunEntry } from './runEntry.ts';

export function runDataOf({ key }: RunEntry): RunData {
  return { key };
}
