// The reference's decoding session. Keys and values of all rows lie in one pool; a row is a list of places in it, so that forks share their
// prefix and rows of any length are decoded together.
import * as tf from '@tensorflow/tfjs-core';
import { cachedAttention, type Prefix, paddedLength, prefixMask, preparePrefix } from './cachedAttention.ts';
import { decodeTurn, logitsOf, type Model, type ReadTokens } from './decodeTurn.ts';
import { joinFloats } from './floats.ts';
import { gatherRows } from './kernels/rows.ts';
import { likeliestTokens } from './likeliestTokens.ts';
import { createSessionRows, EMPTY_ROW, NOTHING, type Row } from './sessionRows.ts';
import { disposeAll, takeData, tidied } from './tensors.ts';
import { embedContent, embedInputs, type PositionInputs, runLayers } from './transformer.ts';
import type { DecodedTurn, DecodeSession, PolicyShape, Segment } from './types.ts';

export function startReferenceSession(shape: PolicyShape, model: () => Model): DecodeSession {
  const { heads } = shape;
  const rows = createSessionRows(shape);
  let pool: ReadTokens | null = null;
  let poolSize = 0;

  /** Takes tensors over into the pool; their first row gets the place that is returned. */
  const grow = (added: ReadTokens): number => {
    const first = poolSize;
    poolSize += added.content.shape[0];
    const old = pool;
    pool = old ? tidied(() => joinTokens(old, added)) : added;
    if (old) disposeAll(old, added);
    return first;
  };

  const session: DecodeSession = {
    open: () => rows.add(EMPTY_ROW),
    fork: (id) => rows.add(rows.get(id)),
    length: rows.length,

    async append(ids, segments) {
      const texts = rows.texts(ids, segments);
      const some = ids.map(rows.get);
      let place = grow(tidied(() => readTexts(model(), some, texts, segments, pool, poolSize)));
      texts.forEach((text, r) => {
        rows.set(ids[r] as number, { places: [...(some[r] as Row).places, ...text.map(() => place++)], pending: null });
      });
    },

    async decodeTurn(ids, options) {
      const some = rows.writers(ids);
      const known = pool as ReadTokens; // rows that have read something hold places in it
      const last = Int32Array.from(some, (row) => row.places[row.places.length - 1] as number);
      const table = placesOf(some);
      const start = tidied(() => ({
        hidden: gatherRows(known.hidden, last),
        content: gatherRows(known.content, last),
        prefixes: known.keys.map((keys, n) => preparePrefix(keys, known.values[n] as tf.Tensor2D, table, some.length, heads)),
        mask: prefixMask(table, some.length),
      }));
      const { turns, read, order } = await decodeTurn(model(), { ...start, lengths: some.map((row) => row.places.length) }, options);
      const first = read ? grow(read) : poolSize;
      turns.forEach(({ tokens }: DecodedTurn, r) => {
        const places = [...(some[r] as Row).places, ...(order[r] as readonly number[]).map((i) => first + i)];
        rows.set(ids[r] as number, { places, pending: tokens[tokens.length - 1] ?? null });
      });
      return [...turns];
    },

    async next(id, count) {
      if (rows.get(id).pending !== null) await session.append([id], [NOTHING]);
      const last = rows.writers([id])[0]?.places.at(-1) as number;
      const logits = tidied(() => logitsOf(model(), gatherRows((pool as ReadTokens).hidden, Int32Array.of(last))));
      return likeliestTokens(await takeData(logits), count);
    },

    close(ids) {
      for (const id of ids) rows.remove(id);
    },
    dispose() {
      rows.clear();
      if (pool) disposeAll(pool);
      pool = null;
    },
  };
  return session;
}

/** Runs the layers over new texts, one a row, each after what its row has read. */
function readTexts(
  { shape, weights }: Model,
  rows: readonly Row[],
  texts: readonly (readonly number[])[],
  segments: readonly Segment[],
  pool: ReadTokens | null,
  poolSize: number,
): ReadTokens {
  const R = rows.length;
  const n = paddedLength(Math.max(...texts.map((text) => text.length)));
  const table = placesOf(rows);
  const mask = table.length > 0 ? prefixMask(table, R) : null;
  const content = embedContent(weights, layOut(texts, segments, n, shape));
  // The left neighbour of a row's first new token lies in the pool, if there is one; of all others among the new tokens.
  const neighbours = Int32Array.from({ length: R * n }, (_, i) => (i % n > 0 ? poolSize + i - 1 : ((rows[i / n] as Row).places.at(-1) ?? -1)));
  const known = pool ? (tf.concat([pool.content, content]) as tf.Tensor2D) : content;
  const positions = Int32Array.from({ length: R * n }, (_, i) => Math.min(shape.context - 1, (rows[Math.floor(i / n)] as Row).places.length + (i % n)));
  const keys: tf.Tensor2D[] = [];
  const values: tf.Tensor2D[] = [];
  const hidden = runLayers(shape, weights, embedInputs(weights, content, gatherRows(known, neighbours), positions), (layer, q, k, v) => {
    keys.push(k);
    values.push(v);
    const prefix: Prefix | null =
      pool && mask ? preparePrefix(pool.keys[layer] as tf.Tensor2D, pool.values[layer] as tf.Tensor2D, table, R, shape.heads) : null;
    return cachedAttention([q, k, v], prefix, mask, R, shape.heads);
  });
  const valid = Int32Array.from(texts.flatMap((text, r) => text.map((_, j) => r * n + j)));
  const keep = (each: tf.Tensor2D): tf.Tensor2D => gatherRows(each, valid);
  return { keys: keys.map(keep), values: values.map(keep), content: keep(content), hidden: keep(hidden) };
}

/** Texts side by side, padded to n tokens; a pending token has no patch. */
function layOut(texts: readonly (readonly number[])[], segments: readonly Segment[], n: number, { patch }: PolicyShape): PositionInputs {
  const tokens = new Int32Array(texts.length * n);
  const patchRows = new Int32Array(texts.length * n).fill(-1);
  const joined = joinFloats(segments.map(({ patches }) => patches));
  let row = 0;
  texts.forEach((text, r) => {
    tokens.set(text, r * n);
    const { patchAt } = segments[r] as Segment;
    const before = text.length - (segments[r] as Segment).tokens.length;
    for (const at of patchAt) patchRows[r * n + before + at] = row++;
  });
  return { tokens, patchRows, patches: joined.length === 0 ? null : tf.tensor2d(joined, [joined.length / patch, patch]) };
}

/** Places of several rows side by side, padded with −1: [R · S]; empty if no row holds anything. */
function placesOf(rows: readonly Row[]): Int32Array {
  const S = paddedLength(Math.max(0, ...rows.map((row) => row.places.length)));
  const table = new Int32Array(rows.length * S).fill(-1);
  rows.forEach((row, r) => {
    table.set(row.places, r * S);
  });
  return table;
}

function joinTokens(a: ReadTokens, b: ReadTokens): ReadTokens {
  const join = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D => tf.concat([x, y]);
  return {
    keys: a.keys.map((k, n) => join(k, b.keys[n] as tf.Tensor2D)),
    values: a.values.map((v, n) => join(v, b.values[n] as tf.Tensor2D)),
    content: join(a.content, b.content),
    hidden: join(a.hidden, b.hidden),
  };
}
