// The fused engine's decoding session: rows as lists of places in a pool on the device, one read-back a turn.
import { likeliestTokens } from '../likeliestTokens.ts';
import { createSessionRows, EMPTY_ROW, NOTHING, type Row } from '../sessionRows.ts';
import type { DecodedTurn, DecodeOptions, DecodeSession, Segment } from '../types.ts';
import { logitStride } from './arena.ts';
import { decodeGroup } from './kernelChoice.ts';
import { placeStride } from './kernels/cache.ts';
import { type DecodeGroup, decodeProgram, ENDED, outStride, STOPS, UNWRITABLE } from './kernels/decode.ts';
import { type Model, multiply } from './layers.ts';
import { createPlacePool, tableOf } from './placePool.ts';
import { readTexts } from './readTexts.ts';
import type { Scratch } from './scratch.ts';

/** A row that is about to write: as it is, and its places with room for the turn. */
interface Writer {
  readonly row: Row;
  readonly places: readonly number[];
  readonly key: number;
}

export function startFusedSession(model: Model, scratch: Scratch, unwritable: readonly number[]): DecodeSession {
  const { gpu, shape } = model;
  const { width: d, context, vocabulary } = shape;
  const stride = placeStride(d, shape.layers);
  const rows = createSessionRows(shape);
  const pool = createPlacePool(gpu, 4 * stride);

  const session: DecodeSession = {
    open: () => rows.add(EMPTY_ROW),
    fork(id) {
      const row = rows.get(id);
      pool.hold(row.places);
      return rows.add(row);
    },
    length: rows.length,

    async append(ids, segments) {
      const texts = rows.texts(ids, segments);
      const lengths = texts.map(({ length }) => length);
      const given = shared(pool.take(sumOf(lengths)), lengths);
      const readings = ids.map((id, r) => {
        const before = rows.get(id);
        return { before, places: [...before.places, ...(given[r] as number[])], text: texts[r] as number[], segment: segments[r] as Segment };
      });
      readTexts(model, scratch, pool.buffer, readings);
      ids.forEach((id, r) => {
        rows.set(id, { places: readings[r]?.places as number[], pending: null });
      });
    },

    async decodeTurn(ids, options) {
      const some = rows.writers(ids);
      const rooms = some.map(({ places }) => Math.max(1, Math.min(options.maxTokens, context - places.length)) - 1); // the last token is not read
      const given = shared(pool.take(sumOf(rooms)), rooms);
      const writers = some.map((row, r): Writer => ({ row, places: [...row.places, ...(given[r] as number[])], key: options.keys[r] as number }));
      const turns = await writeTurns(model, scratch, pool.buffer, unwritable, writers, options);
      turns.forEach(({ tokens }, r) => {
        const { row, places } = writers[r] as Writer;
        const end = row.places.length + tokens.length - 1;
        pool.drop(places.slice(end));
        rows.set(ids[r] as number, { places: places.slice(0, end), pending: tokens[tokens.length - 1] ?? null });
      });
      return turns;
    },

    async next(id, count) {
      if (rows.get(id).pending !== null) await session.append([id], [NOTHING]);
      const last = rows.writers([id])[0]?.places.at(-1) as number;
      const logits = scratch.buffer('logits of one row', 4 * logitStride(vocabulary));
      multiply(
        model,
        { form: 'NT', write: 'bias' },
        { a: pool.buffer, b: model.weights, c: logits, extra: model.bias },
        { m: 1, n: vocabulary, k: d, lda: d, ldb: d, ldc: logitStride(vocabulary), aAt: last * stride + d, bAt: model.places.embedding },
      );
      const [values] = await gpu.read([{ buffer: logits, bytes: 4 * vocabulary }]);
      return likeliestTokens(new Float32Array(values as ArrayBuffer), count);
    },

    close(ids) {
      for (const id of ids) pool.drop(rows.remove(id)?.places ?? []);
    },
    dispose() {
      rows.clear();
      pool.dispose();
    },
  };
  return session;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/** Deals places out: so many to each. */
function shared(places: readonly number[], counts: readonly number[]): number[][] {
  let next = 0;
  return counts.map((count) => {
    next += count;
    return places.slice(next - count, next);
  });
}

/** Dispatches the turn, in as many parts as it takes to keep each short, and reads it back at once. */
async function writeTurns(
  { gpu, kernels, shape, places, weights }: Model,
  scratch: Scratch,
  pool: GPUBuffer,
  unwritable: readonly number[],
  writers: readonly Writer[],
  { maxTokens, stopTokens, temperature }: DecodeOptions,
): Promise<DecodedTurn[]> {
  const marks = new Uint32Array(shape.vocabulary);
  for (const token of unwritable) marks[token] = UNWRITABLE;
  for (const token of stopTokens) marks[token] = (marks[token] as number) | STOPS;
  const { table, starts } = tableOf(writers.map((writer) => writer.places));
  const about = Uint32Array.from(writers.flatMap(({ row, key }, r) => [starts[r] as number, row.places.length, key >>> 0, 0]));
  const words = outStride(maxTokens);
  const out = scratch.buffer('what was written', 4 * words * writers.length);
  const buffers = {
    weights,
    marks: scratch.filled('marks of tokens', marks),
    pool,
    table: scratch.filled('places of rows', table),
    rows: scratch.filled('rows that write', about),
    out,
  };
  gpu.clear(out);
  const group = decodeGroup(shape, kernels, gpu.device.limits) as DecodeGroup; // the policy has looked whether there is one
  const program = decodeProgram({ shape, ...group });
  const work = kernels.workPerDispatch / places.total;
  const rowsAtOnce = group.rows * Math.max(1, Math.min(Math.ceil(writers.length / group.rows), Math.floor(work / group.rows)));
  const tokensAtOnce = Math.max(1, Math.floor(work / rowsAtOnce));
  for (let firstRow = 0; firstRow < writers.length; firstRow += rowsAtOnce)
    for (let firstToken = 0; firstToken < maxTokens; firstToken += tokensAtOnce) {
      const endToken = Math.min(maxTokens, firstToken + tokensAtOnce);
      const endRow = Math.min(writers.length, firstRow + rowsAtOnce);
      const groups = Math.ceil((endRow - firstRow) / group.rows);
      gpu.run(program, buffers, { firstRow, endRow, firstToken, endToken, maxTokens, temperature }, [group.lanes * groups]);
    }
  const [read] = await gpu.read([{ buffer: out, bytes: 4 * words * writers.length }]);
  const integers = new Uint32Array(read as ArrayBuffer);
  const floats = new Float32Array(read as ArrayBuffer);
  return writers.map((_, r) => {
    const count = (integers[r * words] as number) % ENDED;
    const pick = (from: ArrayLike<number>, which: number): number[] => Array.from({ length: count }, (_, j) => from[r * words + 1 + 3 * j + which] as number);
    return { tokens: pick(integers, 0), logProbs: pick(floats, 1), entropies: pick(floats, 2) };
  });
}
