// The file with what credit transfer made of it: every step gets `advantage`, `corrected` and `reason`, every rollout its `advantage`.
import type { CreditReason } from '../tapo/index.ts';
import { blobWriter } from './blobWriter.ts';
import { type CreditTable, REASONS } from './creditTable.ts';
import { AuditFileError, textChunks } from './fileBytes.ts';
import { isRecord } from './formats/format.ts';
import { lineSplitter } from './lineSplitter.ts';
import type { RolloutTable } from './rolloutTable.ts';

export interface StepCredit {
  readonly corrected: number;
  readonly reason: CreditReason;
}

/** A rollout's line with what credit transfer added, ending in a newline; all that was there is kept. */
export function correctedLine(line: string, advantage: number, steps: readonly StepCredit[]): string {
  const rollout = JSON.parse(line) as { readonly steps: readonly unknown[] };
  const credited = rollout.steps.map((step, s) => ({ ...(isRecord(step) ? step : {}), advantage, corrected: steps[s]?.corrected, reason: steps[s]?.reason }));
  return `${JSON.stringify({ ...rollout, advantage, steps: credited })}\n`;
}

/**
 * All rollouts of the table, in the order of the file, read again from `source` and written into a Blob: memory stays bounded, however large
 * the file. `onLine` is told how many are done, and asked whether to go on; null where it said no.
 */
export async function correctedFile(
  source: Blob,
  table: RolloutTable,
  { advantage, corrected, reason }: CreditTable,
  onLine: (done: number) => boolean | Promise<boolean>,
): Promise<Blob | null> {
  const writer = blobWriter('application/jsonl');
  const encoder = new TextEncoder();
  const splitter = lineSplitter(Number.POSITIVE_INFINITY); // what was taken in was short enough, and converting may have lengthened it
  let next = 0;
  const write = (text: string): void => {
    const first = table.firstStep[next] as number;
    const end = table.firstStep[next + 1] ?? table.steps;
    const steps = Array.from({ length: end - first }, (_, s) => ({
      corrected: corrected[first + s] as number,
      reason: REASONS[reason[first + s] as number] as CreditReason,
    }));
    writer.write(encoder.encode(correctedLine(text.replace(/^\uFEFF/, ''), advantage[next] as number, steps)));
    next++;
  };
  for await (const chunk of chunksThenEnd(source)) {
    for (const line of chunk === null ? splitter.end() : splitter.push(chunk)) {
      const place = table.places.start[next];
      if (place === undefined || line.text === null || line.start + line.length <= place) continue; // bad, blank or left out
      write(line.text);
      const goOn = onLine(next);
      if (!(typeof goOn === 'boolean' ? goOn : await goOn)) return null;
    }
  }
  if (next < table.rollouts)
    throw new AuditFileError(`the file was changed after it had been read: expected ${table.rollouts} rollouts, found ${next}; open it again`);
  return writer.end();
}

async function* chunksThenEnd(source: Blob): AsyncGenerator<Uint8Array | null> {
  yield* textChunks(source, 'text', () => {}, Number.POSITIVE_INFINITY);
  yield null;
}
