// The fused engine's decoding session: a pool of places on the device, rows as lists of places, one dispatch and one read-back a turn.
import { joinFloats } from '../floats.ts';
import { likeliestTokens } from '../likeliestTokens.ts';
import type { DecodedTurn, DecodeOptions, DecodeSession, PolicyShape, Segment } from '../types.ts';
import { logitStride } from './arena.ts';
import type { Gpu } from './gpu.ts';
import { cachedAttention, keyAt, placeStride, storeHidden, storeKeys } from './kernels/cache.ts';
import { decodeMemory, decodeProgram, ENDED, outStride, STOPS, UNWRITABLE } from './kernels/decode.ts';
import { embed } from './kernels/embed.ts';
import { NO_ROW } from './kernels/matMul.ts';
import { normalise } from './kernels/norm.ts';
import { type Model, multiply } from './passes.ts';
import type { Scratch } from './scratch.ts';

interface Row {
  /** Places of the tokens read so far, in order. */
  readonly places: readonly number[];
  /** The token written last: it is read together with what comes next. */
  readonly pending: number | null;
}

export interface SessionParts {
  readonly model: Model;
  readonly scratch: Scratch;
  readonly unwritable: readonly number[];
  /** Threads that write one row. */
  readonly lanes: number;
  /** Tokens · parameters that one dispatch may take on, so that no watchdog fires. */
  readonly workPerDispatch: number;
}

const NOTHING: Segment = { tokens: [], patchAt: [], patches: new Float32Array(0) };
const FIRST_PLACES = 1024;

export function startFusedSession({ model, scratch, unwritable, lanes, workPerDispatch }: SessionParts): DecodeSession {
  const { gpu, shape } = model;
  const { context, vocabulary } = shape;
  const stride = placeStride(shape.width, shape.layers);
  checkMemory(gpu, shape, lanes);
  const rows = new Map<number, Row>();
  let nextRow = 0;
  let room = FIRST_PLACES;
  let pool = gpu.buffer(4 * stride * room, 'places of a session');
  let used = 0;
  const free: number[] = [];
  /** Rows that hold a place; a place that nobody holds is given out again. */
  const holders: number[] = [];

  const rowOf = (id: number): Row => {
    const row = rows.get(id);
    if (!row) throw new RangeError(`session: no open row ${id}`);
    return row;
  };
  const lengthOf = ({ places, pending }: Row): number => places.length + (pending === null ? 0 : 1);
  const take = (count: number): number[] =>
    Array.from({ length: count }, () => {
      const place = free.pop() ?? used++;
      holders[place] = 1;
      return place;
    });
  const hold = (places: readonly number[], by: 1 | -1): void => {
    for (const place of places) {
      holders[place] = (holders[place] as number) + by;
      if (holders[place] === 0) free.push(place);
    }
  };
  /** Makes the pool large enough for all places that were given out. */
  const makeRoom = (): void => {
    if (used <= room) return;
    const wanted = Math.max(used, 2 * room);
    const larger = 4 * stride * wanted <= gpu.greatestBuffer ? wanted : used;
    const next = gpu.buffer(4 * stride * larger, 'places of a session');
    gpu.copy(pool, 0, next, 0, 4 * stride * room);
    gpu.release(pool);
    pool = next;
    room = larger;
  };

  const session: DecodeSession = {
    open() {
      rows.set(nextRow, { places: [], pending: null });
      return nextRow++;
    },
    fork(id) {
      const row = rowOf(id);
      hold(row.places, 1);
      rows.set(nextRow, row);
      return nextRow++;
    },
    length: (id) => lengthOf(rowOf(id)),

    async append(ids, segments) {
      const some = ids.map(rowOf);
      const texts = some.map(({ pending }, r) => [...(pending === null ? [] : [pending]), ...(segments[r] as Segment).tokens]);
      texts.forEach((text, r) => {
        const length = (some[r] as Row).places.length + text.length;
        if (length > context) throw new RangeError(`session: expected at most ${context} tokens a row, got ${length} in row ${ids[r]}`);
        const bad = text.find((token) => !(token >= 0 && token < vocabulary));
        if (bad !== undefined) throw new RangeError(`session: expected tokens from 0 to ${vocabulary - 1}, got ${bad}`);
      });
      const grown = some.map(({ places }, r) => [...places, ...take((texts[r] as number[]).length)]);
      makeRoom();
      readTexts(model, scratch, pool, some, grown, texts, segments);
      ids.forEach((id, r) => {
        rows.set(id, { places: grown[r] as number[], pending: null });
      });
    },

    async decodeTurn(ids, options) {
      const some = ids.map(rowOf);
      if (some.some((row) => row.places.length === 0 || row.pending !== null)) throw new RangeError('session: a row must have read something before it writes');
      const most = some.map(({ places }) => Math.max(1, Math.min(options.maxTokens, context - places.length)));
      const grown = some.map(({ places }, r) => [...places, ...take((most[r] as number) - 1)]); // the last token is not read
      makeRoom();
      const turns = await writeTurns(grown, some, options);
      turns.forEach(({ tokens }, r) => {
        const places = (grown[r] as number[]).slice(0, (some[r] as Row).places.length + tokens.length - 1);
        hold((grown[r] as number[]).slice(places.length), -1);
        rows.set(ids[r] as number, { places, pending: tokens[tokens.length - 1] ?? null });
      });
      return turns;
    },

    async next(id, count) {
      if (rowOf(id).pending !== null) await session.append([id], [NOTHING]);
      const last = rowOf(id).places.at(-1);
      if (last === undefined) throw new RangeError('session: a row must have read something before it writes');
      const logits = scratch.buffer('logits of one row', 4 * logitStride(vocabulary));
      multiply(
        gpu,
        { form: 'NT', write: 'bias' },
        { a: pool, b: model.weights, c: logits, extra: model.bias },
        {
          m: 1,
          n: vocabulary,
          k: shape.width,
          lda: shape.width,
          ldb: shape.width,
          ldc: logitStride(vocabulary),
          aAt: last * stride + shape.width,
          bAt: model.places.embedding,
        },
      );
      const [values] = await gpu.read([{ buffer: logits, bytes: 4 * vocabulary }]);
      return likeliestTokens(new Float32Array(values as ArrayBuffer), count);
    },

    close(ids) {
      for (const id of ids) {
        hold(rows.get(id)?.places ?? [], -1);
        rows.delete(id);
      }
    },
    dispose() {
      rows.clear();
      gpu.release(pool);
    },
  };

  /** Dispatches the turn, in as many parts as it takes to keep each short, and reads it back at once. */
  const writeTurns = async (
    grown: readonly (readonly number[])[],
    some: readonly Row[],
    { maxTokens, stopTokens, keys, temperature }: DecodeOptions,
  ): Promise<DecodedTurn[]> => {
    const marks = new Uint32Array(vocabulary);
    for (const token of unwritable) marks[token] = UNWRITABLE;
    for (const token of stopTokens) marks[token] = (marks[token] as number) | STOPS;
    const { table, starts } = tableOf(grown);
    const about = Uint32Array.from(some.flatMap(({ places }, r) => [starts[r] as number, places.length, (keys[r] as number) >>> 0, 0]));
    const words = outStride(maxTokens);
    const out = scratch.buffer('what was written', 4 * words * some.length);
    const buffers = {
      weights: model.weights,
      marks: scratch.filled('marks of tokens', marks),
      pool,
      table: scratch.filled('places of rows', table),
      rows: scratch.filled('rows that write', about),
      out,
    };
    gpu.clear(out);
    const program = decodeProgram(shape, lanes);
    const step = Math.max(1, Math.floor(workPerDispatch / (some.length * model.places.total)));
    for (let from = 0; from < maxTokens; from += step)
      gpu.run(program, buffers, { firstToken: from, endToken: Math.min(maxTokens, from + step), maxTokens, temperature }, [lanes * some.length]);
    const [read] = await gpu.read([{ buffer: out, bytes: 4 * words * some.length }]);
    const integers = new Uint32Array(read as ArrayBuffer);
    const floats = new Float32Array(read as ArrayBuffer);
    return some.map((_, r) => {
      const count = (integers[r * words] as number) % ENDED;
      const pick = (from: ArrayLike<number>, which: number): number[] => Array.from({ length: count }, (_, j) => from[r * words + 1 + 3 * j + which] as number);
      return { tokens: pick(integers, 0), logProbs: pick(floats, 1), entropies: pick(floats, 2) };
    });
  };

  return session;
}

/** All rows' places in one list, and where each row's begin. */
function tableOf(rows: readonly (readonly number[])[]): { readonly table: Uint32Array<ArrayBuffer>; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let total = 0;
  for (const { length } of rows) {
    starts.push(total);
    total += length;
  }
  const table = new Uint32Array(total);
  rows.forEach((places, r) => {
    table.set(places, starts[r]);
  });
  return { table, starts };
}

/** Runs the layers over new texts, one a row, each after what its row has read. */
function readTexts(
  { gpu, shape, places, weights }: Model,
  scratch: Scratch,
  pool: GPUBuffer,
  before: readonly Row[],
  grown: readonly (readonly number[])[],
  texts: readonly (readonly number[])[],
  segments: readonly Segment[],
): void {
  const { width: d, hidden: F, heads, layers, patch } = shape;
  const stride = placeStride(d, layers);
  const N = texts.reduce((sum, { length }) => sum + length, 0);
  if (N === 0) return;
  const { table, starts } = tableOf(grown);
  const [inputs, ends, previous, newPlaces] = [new Uint32Array(4 * N), new Uint32Array(2 * N), new Uint32Array(N), new Uint32Array(N)];
  let n = 0;
  let patchRow = 0;
  texts.forEach((text, r) => {
    const own = grown[r] as readonly number[];
    const read = (before[r] as Row).places.length;
    const shift = text.length - (segments[r] as Segment).tokens.length;
    const patchAt = new Set((segments[r] as Segment).patchAt);
    text.forEach((token, j) => {
      const position = read + j;
      const place = own[position] as number;
      inputs.set([token, patchAt.has(j - shift) ? patchRow++ : NO_ROW, position, place], 4 * n);
      ends.set([starts[r] as number, position + 1], 2 * n);
      previous[n] = position === 0 ? NO_ROW : (own[position - 1] as number);
      newPlaces[n] = place;
      n++;
    });
  });
  const patches = joinFloats(segments.map((segment) => segment.patches));
  const buffer = (name: string, numbers: number): GPUBuffer => scratch.buffer(name, 4 * numbers);
  const [x, unit, inverse, qkv, y, up] = [
    buffer('x', N * d),
    buffer('unit', N * d),
    buffer('inverse', N),
    buffer('qkv', 3 * N * d),
    buffer('y', N * d),
    buffer('up', N * F),
  ];
  const projected = buffer('projected patches', patchRow * d);
  const rowPlaces = scratch.filled('new places', newPlaces);
  const attended = { qkv, pool, table: scratch.filled('places of rows', table), ends: scratch.filled('ends', ends), y };
  const rows = { rows: N, width: d };
  if (patchRow > 0)
    multiply(
      gpu,
      { form: 'NN' },
      { a: scratch.filled('patches', patches), b: weights, c: projected },
      { m: patchRow, n: d, k: patch, lda: patch, ldb: d, ldc: d, bAt: places.patch },
    );
  gpu.run(
    embed,
    { inputs: scratch.filled('inputs', inputs), weights, patches: projected, content: pool, x },
    { ...rows, embeddingAt: places.embedding, positionAt: places.position, contentStride: stride },
    [(N * d) / 4],
  );
  multiply(
    gpu,
    { form: 'NN', mapped: 'A', write: 'add' },
    { a: pool, b: weights, c: x, map: scratch.filled('left neighbours', previous) },
    { m: N, n: d, k: d, lda: stride, ldb: d, ldc: d, bAt: places.previous },
  );
  places.layers.forEach((at, l) => {
    gpu.run(normalise, { x, unit, inverse }, rows, [N]);
    multiply(
      gpu,
      { form: 'NN', readA: 'gain' },
      { a: unit, b: weights, c: qkv },
      { m: N, n: d, k: d, lda: d, ldb: d, ldc: 3 * d, bAt: at.query, bStep: d * d, cStep: d, gainAt: at.attentionGain },
      3,
    );
    gpu.run(storeKeys, { qkv, places: rowPlaces, pool }, { ...rows, stride, keyAt: keyAt(d, l) }, [(N * 2 * d) / 4]);
    gpu.run(cachedAttention(d / heads), attended, { rows: N, heads, stride, keyAt: keyAt(d, l) }, [N * heads]);
    multiply(gpu, { form: 'NN', write: 'add' }, { a: y, b: weights, c: x }, { m: N, n: d, k: d, lda: d, ldb: d, ldc: d, bAt: at.output });
    gpu.run(normalise, { x, unit, inverse }, rows, [N]);
    multiply(gpu, { form: 'NN', readA: 'gain' }, { a: unit, b: weights, c: up }, { m: N, n: F, k: d, lda: d, ldb: F, ldc: F, bAt: at.up, gainAt: at.mlpGain });
    multiply(gpu, { form: 'NN', readA: 'squaredRelu', write: 'add' }, { a: up, b: weights, c: x }, { m: N, n: d, k: F, lda: F, ldb: d, ldc: d, bAt: at.down });
  });
  gpu.run(normalise, { x, unit, inverse }, rows, [N]);
  gpu.run(storeHidden, { unit, weights, places: rowPlaces, pool }, { ...rows, stride, gainAt: places.gain }, [(N * d) / 4]);
  gpu.submit();
}

function checkMemory(gpu: Gpu, shape: PolicyShape, lanes: number): void {
  const needed = decodeMemory(shape, lanes);
  const most = gpu.device.limits.maxComputeWorkgroupStorageSize;
  if (needed > most)
    throw new RangeError(
      `fused policy: writing takes ${needed} bytes of workgroup memory for this shape, and the device has ${most}; use fewer heads, a shorter context or the reference policy`,
    );
}
