// A whole conversation as the policy sees it: tokens, patches, and which tokens are its own. Batches for training are made from these.
import type { Segment, SequenceBatch } from '../policy/types.ts';

export interface Transcript {
  readonly tokens: number[];
  /** 1 where the model wrote the token. */
  readonly mask: number[];
  /** Index in `tokens` of each patch, ascending. */
  readonly patchAt: number[];
  readonly patches: Float32Array[];
}

export function emptyTranscript(): Transcript {
  return { tokens: [], mask: [], patchAt: [], patches: [] };
}

/** Adds what the policy read. */
export function addSegment(transcript: Transcript, { tokens, patchAt, patches }: Segment): void {
  for (const at of patchAt) transcript.patchAt.push(transcript.tokens.length + at);
  for (const token of tokens) {
    transcript.tokens.push(token);
    transcript.mask.push(0);
  }
  if (patches.length > 0) transcript.patches.push(patches);
}

/** Adds what the policy wrote. */
export function addWritten(transcript: Transcript, tokens: readonly number[]): void {
  for (const token of tokens) {
    transcript.tokens.push(token);
    transcript.mask.push(1);
  }
}

/** Transcripts side by side, padded with token 0 to the longest. */
export function batchTranscripts(transcripts: readonly Transcript[], patchLength: number): SequenceBatch {
  const B = transcripts.length;
  const T = Math.max(1, ...transcripts.map(({ tokens }) => tokens.length));
  const [tokens, mask, patchRows] = [new Int32Array(B * T), new Uint8Array(B * T), new Int32Array(B * T).fill(-1)];
  const all = transcripts.flatMap(({ patches }) => patches);
  const patches = new Float32Array(all.reduce((total, p) => total + p.length, 0));
  let filled = 0;
  for (const p of all) {
    patches.set(p, filled);
    filled += p.length;
  }
  let row = 0;
  transcripts.forEach((transcript, b) => {
    tokens.set(transcript.tokens, b * T);
    mask.set(transcript.mask, b * T);
    for (const at of transcript.patchAt) patchRows[b * T + at] = row++;
  });
  if (row * patchLength !== patches.length)
    throw new RangeError(`batchTranscripts: expected ${row} patches of ${patchLength} numbers, got ${patches.length} numbers`);
  return { shape: [B, T], tokens, mask, patchRows, patches, lengths: Int32Array.from(transcripts, (t) => t.tokens.length) };
}
