// A whole conversation as the policy sees it: tokens, patches, and which tokens are its own. Batches for training are made from these.
import { joinFloats } from '../policy/floats.ts';
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

/** One that can grow without the other. */
export function copyTranscript({ tokens, mask, patchAt, patches }: Transcript): Transcript {
  return { tokens: [...tokens], mask: [...mask], patchAt: [...patchAt], patches: [...patches] };
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

/** What stood there before the model wrote its turn number `turn`; null if it never came to that turn. */
export function transcriptBefore({ tokens, mask, patchAt, patches }: Transcript, turn: number): Transcript | null {
  const starts = mask.flatMap((own, i) => (own === 1 && mask[i - 1] !== 1 ? [i] : []));
  const end = starts[turn];
  if (end === undefined) return null;
  const seen = patchAt.filter((at) => at < end);
  const all = joinFloats(patches);
  const kept = all.subarray(0, (all.length / Math.max(1, patchAt.length)) * seen.length);
  return { tokens: tokens.slice(0, end), mask: mask.slice(0, end), patchAt: seen, patches: [kept] };
}

/** A transcript as one segment to be read. */
export function segmentOf({ tokens, patchAt, patches }: Transcript): Segment {
  return { tokens, patchAt, patches: joinFloats(patches) };
}

/** Transcripts side by side, padded with token 0 to the longest. */
export function batchTranscripts(transcripts: readonly Transcript[], patchLength: number): SequenceBatch {
  const B = transcripts.length;
  const T = Math.max(1, ...transcripts.map(({ tokens }) => tokens.length));
  const [tokens, mask, patchRows] = [new Int32Array(B * T), new Uint8Array(B * T), new Int32Array(B * T).fill(-1)];
  const patches = joinFloats(transcripts.flatMap((transcript) => transcript.patches));
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
