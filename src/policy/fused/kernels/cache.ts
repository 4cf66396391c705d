// What was read of every sequence: one place a token in a pool, [places, stride]. A row is a list of places, so that forks share their prefix.
//
//   a place:   content [d] · hidden [d] · for each layer: key [d], value [d]
import { type Program, program, programOf } from '../program.ts';
import { each, perThread, sumOf } from './wgsl.ts';

/** Numbers of one place. */
export const placeStride = (width: number, layers: number): number => (2 + 2 * layers) * width;
/** Where a layer's key begins within a place; its value follows. */
export const keyAt = (width: number, layer: number): number => (2 + 2 * layer) * width;

/** Keys and values of new positions into their places. */
export const storeKeys = program({
  name: 'storeKeys',
  buffers: { qkv: 'read array<vec4f>', places: 'read array<u32>', pool: 'read_write array<vec4f>' },
  parameters: { rows: 'u32', width: 'u32', stride: 'u32', keyAt: 'u32' },
  workgroup: [64, 1, 1],
  body: perThread(
    'thread',
    'p.rows * p.width / 2u',
    `
  let d4 = p.width / 4u;
  let row = thread / (2u * d4);
  let c = thread % (2u * d4);
  pool[(places[row] * p.stride + p.keyAt) / 4u + c] = qkv[row * 3u * d4 + d4 + c];`,
  ),
});

/** hidden = gain · unit of new positions into their places. */
export const storeHidden = program({
  name: 'storeHidden',
  buffers: { unit: 'read array<vec4f>', weights: 'read array<vec4f>', places: 'read array<u32>', pool: 'read_write array<vec4f>' },
  parameters: { rows: 'u32', width: 'u32', stride: 'u32', gainAt: 'u32' },
  workgroup: [64, 1, 1],
  body: perThread(
    'thread',
    'p.rows * p.width / 4u',
    `
  let d4 = p.width / 4u;
  let row = thread / d4;
  let c = thread % d4;
  pool[(places[row] * p.stride) / 4u + d4 + c] = unit[thread] * weights[p.gainAt / 4u + c];`,
  ),
});

export type CachedAttention = Program<
  {
    readonly qkv: 'read array<vec4f>';
    readonly pool: 'read array<vec4f>';
    readonly table: 'read array<u32>';
    readonly ends: 'read array<vec2u>';
    readonly y: 'read_write array<vec4f>';
  },
  { readonly rows: 'u32'; readonly heads: 'u32'; readonly stride: 'u32'; readonly keyAt: 'u32' }
>;

/**
 * Attention, with heads of so many numbers, of new positions to all places of their row up to themselves. `ends` [rows, 2]: where the row's
 * places begin in `table`, and how many of them the position sees.
 */
export const cachedAttention = programOf(buildAttention);

function buildAttention(size: number): CachedAttention {
  const S4 = size / 4;
  return program({
    name: `attention to cached places, heads of ${size}`,
    buffers: { qkv: 'read array<vec4f>', pool: 'read array<vec4f>', table: 'read array<u32>', ends: 'read array<vec2u>', y: 'read_write array<vec4f>' },
    parameters: { rows: 'u32', heads: 'u32', stride: 'u32', keyAt: 'u32' },
    workgroup: [64, 1, 1],
    body: `
const S4 = ${size / 4}u;${perThread(
      'thread',
      'p.rows * p.heads',
      `
  let i = thread / p.heads;
  let h = thread % p.heads;
  ${each(S4, (c) => `let q${c} = qkv[(i * 3u * p.heads + h) * S4 + ${c}u] * ${1 / Math.sqrt(size)}; var acc${c} = vec4f(0);`)}
  var top = -3e38;
  var sum = 0.0;
  for (var j = 0u; j < ends[i].y; j++) {
    let k = (table[ends[i].x + j] * p.stride + p.keyAt) / 4u + h * S4;
    let v = k + p.heads * S4;
    let score = ${sumOf(S4, (c) => `dot(q${c}, pool[k + ${c}u])`)};
    let next = max(top, score);
    let keep = exp(top - next);
    let weight = exp(score - next);
    top = next;
    sum = sum * keep + weight;
    ${each(S4, (c) => `acc${c} = acc${c} * keep + weight * pool[v + ${c}u];`)}
  }
  ${each(S4, (c) => `y[thread * S4 + ${c}u] = acc${c} / sum;`)}`,
    )}`,
  });
}
