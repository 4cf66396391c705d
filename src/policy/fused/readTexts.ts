// Reading: the layers over new texts, one a row, each after what its row has read; keys, values and hidden states go into the pool.
import { joinFloats } from '../floats.ts';
import type { Row } from '../sessionRows.ts';
import type { Segment } from '../types.ts';
import { cachedAttention, keyAt, placeStride, storeHidden, storeKeys } from './kernels/cache.ts';
import { NO_ROW } from './kernels/matMul.ts';
import { embedPositions, type Model, normOf, rowThreads, runLayer } from './layers.ts';
import { tableOf } from './placePool.ts';
import type { Scratch } from './scratch.ts';
import type { LayerPlaces } from './weights.ts';

/** A text that a row is to read. */
export interface Reading {
  readonly before: Row;
  /** The row's places, with those of the text. */
  readonly places: readonly number[];
  /** The pending token, if there is one, then the segment's. */
  readonly text: readonly number[];
  readonly segment: Segment;
}

/** Records the reading of all texts. */
export function readTexts(model: Model, scratch: Scratch, pool: GPUBuffer, readings: readonly Reading[]): void {
  const { gpu, shape, places, weights } = model;
  const { width: d, hidden: F, heads, layers } = shape;
  const stride = placeStride(d, layers);
  const { inputs, ends, previous, newPlaces, table, patchCount } = layOut(readings);
  const N = newPlaces.length;
  if (N === 0) return;
  const buffer = (name: string, numbers: number): GPUBuffer => scratch.buffer(name, 4 * numbers);
  const [x, unit, inverse, qkv, y, up] = [
    buffer('x', N * d),
    buffer('unit', N * d),
    buffer('inverse', N),
    buffer('qkv', 3 * N * d),
    buffer('y', N * d),
    buffer('up', N * F),
  ];
  const layer = { unit1: unit, inverse1: inverse, qkv, y, unit2: unit, inverse2: inverse, up };
  const rowPlaces = scratch.filled('new places', newPlaces);
  const attended = { qkv, pool, table: scratch.filled('places of rows', table), ends: scratch.filled('ends', ends), y };
  embedPositions(
    model,
    {
      inputs: scratch.filled('inputs', inputs),
      patches: scratch.filled('patches', joinFloats(readings.map(({ segment }) => segment.patches))),
      projected: buffer('projected patches', patchCount * d),
      content: pool,
      previous: scratch.filled('left neighbours', previous),
      x,
    },
    { rows: N, patchCount, contentStride: stride },
  );
  for (let l = 0; l < layers; l++)
    runLayer(model, places.layers[l] as LayerPlaces, N, x, layer, () => {
      gpu.run(storeKeys, { qkv, places: rowPlaces, pool }, { rows: N, width: d, stride, keyAt: keyAt(d, l) }, [(N * 2 * d) / 4]);
      gpu.run(cachedAttention(d / heads), attended, { rows: N, heads, stride, keyAt: keyAt(d, l) }, [N * heads]);
    });
  gpu.run(normOf(model).normalise, { x, unit, inverse }, { rows: N, width: d }, rowThreads(model, N));
  gpu.run(storeHidden, { unit, weights, places: rowPlaces, pool }, { rows: N, width: d, stride, gainAt: places.gain }, [(N * d) / 4]);
  gpu.submit();
}

/** What the kernels need of the new positions, in order. */
function layOut(readings: readonly Reading[]) {
  const N = readings.reduce((sum, { text }) => sum + text.length, 0);
  const { table, starts } = tableOf(readings.map(({ places }) => places));
  const [inputs, ends, previous, newPlaces] = [new Uint32Array(4 * N), new Uint32Array(2 * N), new Uint32Array(N), new Uint32Array(N)];
  let n = 0;
  let patchCount = 0;
  readings.forEach(({ before, places, text, segment }, r) => {
    const read = before.places.length;
    const shift = text.length - segment.tokens.length;
    const patchAt = new Set(segment.patchAt);
    text.forEach((token, j) => {
      const position = read + j;
      const place = places[position] as number;
      inputs.set([token, patchAt.has(j - shift) ? patchCount++ : NO_ROW, position, place], 4 * n);
      ends.set([starts[r] as number, position + 1], 2 * n);
      previous[n] = position === 0 ? NO_ROW : (places[position - 1] as number);
      newPlaces[n] = place;
      n++;
    });
  });
  return { inputs, ends, previous, newPlaces, table, patchCount };
}
