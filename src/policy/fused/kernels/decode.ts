// One turn of many rows in one dispatch: a workgroup draws a token for each of its rows, reads them through all layers, and goes on until all
// have closed their turns. Rows of a workgroup share what is read of the weights, and nothing else.
//
// Draws are those of gumbelNoise.ts: the arg max of z / T plus Gumbel noise from (key, position, token).

import { NORM_EPSILON } from '../../kernels/layers.ts';
import { NEVER } from '../../likeliestTokens.ts';
import { parameterTable } from '../../parameters.ts';
import type { PolicyShape } from '../../types.ts';
import { type Program, program, programOf } from '../program.ts';
import { keyAt, placeStride } from './cache.ts';
import { each } from './wgsl.ts';

/** Marks of a token. */
export const UNWRITABLE = 1;
export const STOPS = 2;
/** Added to the number of tokens of a row whose turn has ended. */
export const ENDED = 2 ** 31;

/** Words of \`out\` for a row that may write so many tokens: their number, then token, log-prob and entropy of each. */
export const outStride = (maxTokens: number): number => 1 + 3 * maxTokens;

export type DecodeProgram = Program<
  {
    readonly weights: 'read array<vec4f>';
    readonly marks: 'read array<u32>';
    readonly pool: 'read_write array<vec4f>';
    readonly table: 'read array<u32>';
    readonly rows: 'read array<vec4u>';
    readonly out: 'read_write array<u32>';
  },
  {
    readonly firstRow: 'u32';
    readonly endRow: 'u32';
    readonly firstToken: 'u32';
    readonly endToken: 'u32';
    readonly maxTokens: 'u32';
    readonly temperature: 'f32';
  }
>;

/** How a workgroup is cut: rows of it, and threads that it has. */
export interface DecodeGroup {
  readonly rows: number;
  readonly lanes: number;
}

/** Bytes of workgroup memory that the program takes. */
export function decodeMemory({ width, hidden, heads, context }: PolicyShape, { rows, lanes }: DecodeGroup): number {
  return 4 * (rows * (5 * width + Math.max(hidden, heads * context) + 9 * lanes + 8) + 4);
}

/** The program for a model. `rows`: where a row's places begin in `table`, tokens read so far, key. */
export const decodeProgram = programOf(build);

function build({ shape, rows: ROWS, lanes }: DecodeGroup & { readonly shape: PolicyShape }): DecodeProgram {
  const { width, layers, heads, hidden, context, vocabulary } = shape;
  const offsets = Object.fromEntries(parameterTable(shape).map(({ name: parameter, offset }) => [parameter, offset]));
  const at = (parameter: string): string => `${(offsets[parameter] as number) / 4}u`;
  const size = width / heads;
  const stride = placeStride(width, layers);
  /** The code for each row of the workgroup; a number lies at `of(r)` + its index in an array of D4 a row. */
  const rows = (code: (r: number) => string): string => each(ROWS, code);
  const of = (r: number): string => `${(r * width) / 4}u`;
  const scratchOf = (r: number): string => `${r * scratchSize}u`;
  const scratchSize = Math.max(hidden, heads * context);
  /** Only where row r still writes: what it has read so far is at `place[r]`, and `position` is that of its new token. */
  const whereOpen = (r: number, code: string): string => `if (going[${r}] == 1u) { let position = place[${r}].y + written; ${code} }`;
  const keyPlace = (n: number, r: number, j: string): string => `table[place[${r}].x + ${j}] * STRIDE4 + ${keyAt(width, n) / 4}u`;

  /** Columns of vector · matrix, split over the lanes: to(r) sees `n` and `sum`. */
  const product = (from: (r: number) => string, inner: string, matrix: string, columns: string, to: (r: number) => string): string => `
    for (var n = lane; n < ${columns}; n += LANES) {
      ${rows((r) => `var sum${r} = vec4f(0);`)}
      for (var k = 0u; k < ${inner}; k++) {
        let w = ${matrix} + 4u * k * ${columns} + n;
        let w0 = weights[w];
        let w1 = weights[w + ${columns}];
        let w2 = weights[w + 2u * ${columns}];
        let w3 = weights[w + 3u * ${columns}];
        ${rows((r) => `let x${r} = ${from(r)}; sum${r} += x${r}.x * w0 + x${r}.y * w1 + x${r}.z * w2 + x${r}.w * w3;`)}
      }
      ${rows((r) => `{ let sum = sum${r}; ${to(r)} }`)}
    }`;
  const scale = (gain: string): string => `
    ${rows((r) => `var squares${r} = 0.0; for (var k = 0u; k < D4; k++) { squares${r} += dot(x[${of(r)} + k], x[${of(r)} + k]); } let inverse${r} = inverseSqrt(squares${r} / ${width}.0 + ${NORM_EPSILON});`)}
    let gain = ${gain};`;
  const normed = (r: number): string => `(x[${of(r)} + k] * inverse${r} * weights[gain + k])`;
  const layer = (n: number): string => {
    const a = `layers.${n}.attention`;
    const m = `layers.${n}.mlp`;
    return `
  { // layer ${n}: queries, keys and values
    ${scale(at(`${a}.gain`))}
    ${product(normed, 'D4', at(`${a}.query`), 'D4', (r) => `q[${of(r)} + n] = sum * ${1 / Math.sqrt(size)};`)}
    ${product(normed, 'D4', at(`${a}.key`), 'D4', (r) => whereOpen(r, `pool[${keyPlace(n, r, 'position')} + n] = sum;`))}
    ${product(normed, 'D4', at(`${a}.value`), 'D4', (r) => whereOpen(r, `pool[${keyPlace(n, r, 'position')} + D4 + n] = sum;`))}
  }
  storageBarrier();
  workgroupBarrier();
  ${rows((r) =>
    whereOpen(
      r,
      `
    for (var t = lane; t < ${heads}u * (position + 1u); t += LANES) { // scores, place by place
      let j = t / ${heads}u;
      let h = t % ${heads}u;
      let key = ${keyPlace(n, r, 'j')} + h * S4;
      var score = 0.0;
      for (var c = 0u; c < S4; c++) { score += dot(q[${of(r)} + h * S4 + c], pool[key + c]); }
      scratch[${scratchOf(r)} + h * ${context}u + j] = score;
    }`,
    ),
  )}
  workgroupBarrier();
  ${rows((r) =>
    whereOpen(
      r,
      `
    for (var i = lane; i < D4; i += LANES) {
      let first = ${scratchOf(r)} + (i / S4) * ${context}u;
      var top = -3e38;
      for (var j = 0u; j <= position; j++) { top = max(top, scratch[first + j]); }
      var sum = 0.0;
      var mixed = vec4f(0);
      for (var j = 0u; j <= position; j++) {
        let weight = exp(scratch[first + j] - top);
        sum += weight;
        mixed += weight * pool[${keyPlace(n, r, 'j')} + D4 + i];
      }
      y[${of(r)} + i] = mixed / sum;
    }`,
    ),
  )}
  workgroupBarrier();
  { ${product(
    (r) => `y[${of(r)} + k]`,
    'D4',
    at(`${a}.output`),
    'D4',
    (r) => `x[${of(r)} + n] += sum;`,
  )} }
  workgroupBarrier();
  {
    ${scale(at(`${m}.gain`))}
    ${product(normed, 'D4', at(`${m}.up`), 'F4', (r) => `let up = max(sum, vec4f(0)); for (var c = 0u; c < 4u; c++) { scratch[${scratchOf(r)} + 4u * n + c] = up[c] * up[c]; }`)}
  }
  workgroupBarrier();
  { ${product(
    (r) => `vec4f(${[0, 1, 2, 3].map((c) => `scratch[${scratchOf(r)} + 4u * k + ${c}u]`).join(', ')})`,
    'F4',
    at(`${m}.down`),
    'D4',
    (r) => `x[${of(r)} + n] += sum;`,
  )} }
  workgroupBarrier();`;
  };

  return program({
    name: `decode ${ROWS} rows with ${lanes} threads`,
    buffers: {
      weights: 'read array<vec4f>',
      marks: 'read array<u32>',
      pool: 'read_write array<vec4f>',
      table: 'read array<u32>',
      rows: 'read array<vec4u>',
      out: 'read_write array<u32>',
    },
    parameters: { firstRow: 'u32', endRow: 'u32', firstToken: 'u32', endToken: 'u32', maxTokens: 'u32', temperature: 'f32' },
    workgroup: [lanes, 1, 1],
    body: `
const LANES = ${lanes}u;
const ROWS = ${ROWS}u;
const D4 = ${width / 4}u;
const F4 = ${hidden / 4}u;
const S4 = ${size / 4}u;
const STRIDE4 = ${stride / 4}u;
const VOCABULARY = ${vocabulary}u;
var<workgroup> x: array<vec4f, ROWS * D4>;
var<workgroup> y: array<vec4f, ROWS * D4>;
var<workgroup> q: array<vec4f, ROWS * D4>;
var<workgroup> last: array<vec4f, ROWS * D4>;   // hidden state that the next token is drawn from
var<workgroup> before: array<vec4f, ROWS * D4>; // content of the token before
var<workgroup> scratch: array<f32, ${ROWS * scratchSize}>; // scores of attention; the wide layer of the MLP
/** What each lane found among its tokens: top, Σ exp, Σ exp · z; best value with noise, its logit, its token. */
var<workgroup> sums: array<vec3f, ROWS * LANES>;
var<workgroup> bests: array<vec2f, ROWS * LANES>;
var<workgroup> tokens: array<u32, ROWS * LANES>;
var<workgroup> place: array<vec4u, ROWS>; // first entry in table, tokens read before the turn, key
var<workgroup> going: array<u32, ROWS>;   // 1 while the row writes
var<workgroup> drawn: array<u32, ROWS>;
var<workgroup> open: u32;                 // rows that still write

fn mix(bits: u32) -> u32 {
  var h = bits;
  h = (h ^ (h >> 16u)) * 0x21f0aaadu;
  h = (h ^ (h >> 15u)) * 0x735a2d97u;
  return h ^ (h >> 15u);
}
fn noiseKey(key: u32, position: u32) -> u32 {
  var h = 0x9e3779b9u;
  h = mix((h ^ mix(key + 0x85ebca6bu)) + 0x9e3779b9u);
  return mix((h ^ mix(position + 0x85ebca6bu)) + 0x9e3779b9u);
}
fn gumbel(bits: u32) -> f32 { return -log(-log((f32(bits >> 9u) + 0.5) / 8388608.0)); }
fn countOpen() -> u32 {
  var count = 0u;
  for (var r = 0u; r < ROWS; r++) { count += going[r]; }
  return count;
}

@main
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let own = p.firstRow + group.x * ROWS;
  let outStride = 1u + 3u * p.maxTokens;
  if (lane == 0u) {
    for (var r = 0u; r < ROWS; r++) {
      if (own + r >= p.endRow) { continue; }
      place[r] = rows[own + r];
      going[r] = select(1u, 0u, out[(own + r) * outStride] >= ${ENDED}u);
    }
    open = countOpen();
  }
  if (workgroupUniformLoad(&open) == 0u) { return; }
  ${rows(
    (r) => `
  if (going[${r}] == 1u) {
    let start = table[place[${r}].x + place[${r}].y + p.firstToken - 1u] * STRIDE4;
    for (var n = lane; n < D4; n += LANES) {
      before[${of(r)} + n] = pool[start + n];
      last[${of(r)} + n] = pool[start + D4 + n];
    }
  }`,
  )}
  workgroupBarrier();
  for (var written = p.firstToken; written < p.endToken; written++) {
    { // draw
      ${rows(
        (r) => `
      let key${r} = noiseKey(place[${r}].z, place[${r}].y + written);
      var top${r} = -3e38;
      var sum${r} = 0.0;
      var weighted${r} = 0.0;
      var best${r} = vec2f(-3e38, 0);
      var token${r} = 0u;`,
      )}
      for (var v = lane; v < VOCABULARY; v += LANES) {
        ${rows((r) => `var z${r} = 0.0;`)}
        for (var k = 0u; k < D4; k++) {
          let e = weights[${at('embedding')} + v * D4 + k];
          ${rows((r) => `z${r} += dot(last[${of(r)} + k], e);`)}
        }
        let never = (marks[v] & ${UNWRITABLE}u) != 0u;
        ${rows(
          (r) => `
        {
          if (never) { z${r} += ${NEVER}; }
          let z = z${r};
          let next = max(top${r}, z);
          let keep = exp(top${r} - next);
          let e = exp(z - next);
          weighted${r} = (weighted${r} + sum${r} * (top${r} - next)) * keep + e * (z - next);
          sum${r} = sum${r} * keep + e;
          top${r} = next;
          var value = z;
          if (p.temperature > 0.0) { value = z / p.temperature + gumbel(mix(key${r} + v * 0x9e3779b9u)); }
          if (value > best${r}.x) { best${r} = vec2f(value, z); token${r} = v; }
        }`,
        )}
      }
      ${rows(
        (r) => `
      sums[${r}u * LANES + lane] = vec3f(top${r}, sum${r}, weighted${r});
      bests[${r}u * LANES + lane] = best${r};
      tokens[${r}u * LANES + lane] = token${r};`,
      )}
    }
    workgroupBarrier();
    for (var r = lane; r < ROWS; r += LANES) { // what the lanes found together, a row each
      if (going[r] == 0u) { continue; }
      let from0 = r * LANES;
      var top = sums[from0].x;
      for (var l = 1u; l < LANES; l++) { top = max(top, sums[from0 + l].x); }
      var sum = 0.0;
      var weighted = 0.0;
      var best = bests[from0];
      var token = tokens[from0];
      for (var l = 0u; l < LANES; l++) {
        let part = sums[from0 + l];
        let keep = exp(part.x - top);
        if (keep > 0.0) {
          sum += part.y * keep;
          weighted += (part.z + part.y * (part.x - top)) * keep;
        }
        let other = bests[from0 + l];
        if (other.x > best.x || (other.x == best.x && tokens[from0 + l] < token)) {
          best = other;
          token = tokens[from0 + l];
        }
      }
      let total = log(sum);
      let outAt = (own + r) * outStride;
      out[outAt + 1u + 3u * written] = token;
      out[outAt + 2u + 3u * written] = bitcast<u32>(best.y - top - total);
      out[outAt + 3u + 3u * written] = bitcast<u32>(total - weighted / sum);
      let ends = (marks[token] & ${STOPS}u) != 0u || written + 1u >= p.maxTokens || place[r].y + written + 1u >= ${context}u;
      out[outAt] = written + 1u + select(0u, ${ENDED}u, ends);
      drawn[r] = token;
      going[r] = select(1u, 0u, ends);
    }
    workgroupBarrier();
    if (lane == 0u) { open = countOpen(); }
    if (workgroupUniformLoad(&open) == 0u) { return; }
    // read
    ${product(
      (r) => `before[${of(r)} + k]`,
      'D4',
      at('previous'),
      'D4',
      (r) =>
        `let position = min(place[${r}].y + written, ${context - 1}u); x[${of(r)} + n] = weights[${at('embedding')} + drawn[${r}] * D4 + n] + weights[${at('position')} + position * D4 + n] + sum;`,
    )}
    workgroupBarrier();
    ${rows(
      (r) => `
    for (var n = lane; n < D4; n += LANES) {
      let content = weights[${at('embedding')} + drawn[${r}] * D4 + n];
      before[${of(r)} + n] = content;
      ${whereOpen(r, `pool[table[place[${r}].x + position] * STRIDE4 + n] = content;`)}
    }`,
    )}
    ${Array.from({ length: layers }, (_, n) => layer(n)).join('')}
    {
      ${scale(at('gain'))}
      ${rows(
        (r) => `
      for (var n = lane; n < D4; n += LANES) {
        last[${of(r)} + n] = x[${of(r)} + n] * inverse${r} * weights[gain + n];
        ${whereOpen(r, `pool[table[place[${r}].x + position] * STRIDE4 + D4 + n] = last[${of(r)} + n];`)}
      }`,
      )}
    }
    workgroupBarrier();
  }
}`,
  });
}
