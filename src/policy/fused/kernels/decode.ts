// One turn of many rows in one dispatch: a workgroup a row draws a token, reads it through all layers, and goes on until the row closes its turn.
//
// Draws are those of gumbelNoise.ts: the arg max of z / T plus Gumbel noise from (key, position, token).

import { NORM_EPSILON } from '../../kernels/layers.ts';
import { NEVER } from '../../likeliestTokens.ts';
import { parameterTable } from '../../parameters.ts';
import type { PolicyShape } from '../../types.ts';
import { type Program, program, programOf } from '../program.ts';
import { keyAt, placeStride } from './cache.ts';

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
    readonly firstToken: 'u32';
    readonly endToken: 'u32';
    readonly maxTokens: 'u32';
    readonly temperature: 'f32';
  }
>;

/** Bytes of workgroup memory that the program takes. */
export function decodeMemory({ width, hidden, heads, context }: PolicyShape, lanes: number): number {
  return 4 * (5 * width + Math.max(hidden, heads * context) + 9 * lanes + 8);
}

/** The program for a model, with so many threads a row. `rows`: where its places begin in `table`, tokens read so far, key. */
export const decodeProgram = programOf(build);

function build({ shape, lanes }: { readonly shape: PolicyShape; readonly lanes: number }): DecodeProgram {
  const { width, layers, heads, hidden, context, vocabulary } = shape;
  const offsets = Object.fromEntries(parameterTable(shape).map(({ name: parameter, offset }) => [parameter, offset]));
  const at = (parameter: string): string => `${(offsets[parameter] as number) / 4}u`;
  const size = width / heads;
  const stride = placeStride(width, layers);

  /** Columns of vector · matrix, split over the lanes: to(column, sum). */
  const product = (from: string, inner: string, matrix: string, columns: string, to: string): string => `
    for (var n = lane; n < ${columns}; n += LANES) {
      var sum = vec4f(0);
      for (var k = 0u; k < ${inner}; k++) {
        let x = ${from};
        let w = ${matrix} + 4u * k * ${columns} + n;
        sum += x.x * weights[w] + x.y * weights[w + ${columns}] + x.z * weights[w + 2u * ${columns}] + x.w * weights[w + 3u * ${columns}];
      }
      ${to}
    }`;
  const scale = (gain: string): string => `
    var squares = 0.0;
    for (var k = 0u; k < D4; k++) { squares += dot(x[k], x[k]); }
    let inverse = inverseSqrt(squares / ${width}.0 + ${NORM_EPSILON});
    let gain = ${gain};`;
  const layer = (n: number): string => {
    const a = `layers.${n}.attention`;
    const m = `layers.${n}.mlp`;
    return `
  { // layer ${n}: queries, keys and values
    ${scale(at(`${a}.gain`))}
    ${['query', 'key', 'value'].map((part, i) => product('(x[k] * inverse * weights[gain + k])', 'D4', at(`${a}.${part}`), 'D4', i === 0 ? `q[n] = sum * ${1 / Math.sqrt(size)};` : `pool[here + ${(keyAt(width, n) + (i - 1) * width) / 4}u + n] = sum;`)).join('')}
  }
  storageBarrier();
  workgroupBarrier();
  for (var t = lane; t < ${heads}u * (position + 1u); t += LANES) { // scores, place by place
    let j = t / ${heads}u;
    let h = t % ${heads}u;
    let key = table[row.x + j] * STRIDE4 + ${keyAt(width, n) / 4}u + h * S4;
    var score = 0.0;
    for (var c = 0u; c < S4; c++) { score += dot(q[h * S4 + c], pool[key + c]); }
    scratch[h * ${context}u + j] = score;
  }
  workgroupBarrier();
  for (var i = lane; i < D4; i += LANES) {
    let first = (i / S4) * ${context}u;
    var top = -3e38;
    for (var j = 0u; j <= position; j++) { top = max(top, scratch[first + j]); }
    var sum = 0.0;
    var mixed = vec4f(0);
    for (var j = 0u; j <= position; j++) {
      let weight = exp(scratch[first + j] - top);
      sum += weight;
      mixed += weight * pool[table[row.x + j] * STRIDE4 + ${(keyAt(width, n) + width) / 4}u + i];
    }
    y[i] = mixed / sum;
  }
  workgroupBarrier();
  { ${product('y[k]', 'D4', at(`${a}.output`), 'D4', 'x[n] += sum;')} }
  workgroupBarrier();
  {
    ${scale(at(`${m}.gain`))}
    ${product('(x[k] * inverse * weights[gain + k])', 'D4', at(`${m}.up`), 'F4', 'let up = max(sum, vec4f(0)); for (var c = 0u; c < 4u; c++) { scratch[4u * n + c] = up[c] * up[c]; }')}
  }
  workgroupBarrier();
  { ${product('vec4f(scratch[4u * k], scratch[4u * k + 1u], scratch[4u * k + 2u], scratch[4u * k + 3u])', 'F4', at(`${m}.down`), 'D4', 'x[n] += sum;')} }
  workgroupBarrier();`;
  };

  return program({
    name: `decode with ${lanes} threads a row`,
    buffers: {
      weights: 'read array<vec4f>',
      marks: 'read array<u32>',
      pool: 'read_write array<vec4f>',
      table: 'read array<u32>',
      rows: 'read array<vec4u>',
      out: 'read_write array<u32>',
    },
    parameters: { firstRow: 'u32', firstToken: 'u32', endToken: 'u32', maxTokens: 'u32', temperature: 'f32' },
    workgroup: [lanes, 1, 1],
    body: `
const LANES = ${lanes}u;
const D4 = ${width / 4}u;
const F4 = ${hidden / 4}u;
const S4 = ${size / 4}u;
const STRIDE4 = ${stride / 4}u;
const VOCABULARY = ${vocabulary}u;
var<workgroup> x: array<vec4f, D4>;
var<workgroup> y: array<vec4f, D4>;
var<workgroup> q: array<vec4f, D4>;
var<workgroup> last: array<vec4f, D4>;   // hidden state that the next token is drawn from
var<workgroup> before: array<vec4f, D4>; // content of the token before
var<workgroup> scratch: array<f32, ${Math.max(hidden, heads * context)}>; // scores of attention; the wide layer of the MLP
/** What each lane found among its tokens: top, Σ exp, Σ exp · z; best value with noise, its logit, its token. */
var<workgroup> sums: array<vec3f, LANES>;
var<workgroup> bests: array<vec2f, LANES>;
var<workgroup> tokens: array<u32, LANES>;
var<workgroup> drawn: vec2u; // token, 1 if the turn ends

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

@main
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let own = p.firstRow + group.x;
  let row = rows[own]; // first entry in table, tokens read before the turn, key
  let outAt = own * (1u + 3u * p.maxTokens);
  if (lane == 0u) { drawn = vec2u(0, select(0u, 1u, out[outAt] >= ${ENDED}u)); }
  if (workgroupUniformLoad(&drawn).y == 1u) { return; }
  let start = table[row.x + row.y + p.firstToken - 1u] * STRIDE4;
  for (var n = lane; n < D4; n += LANES) {
    before[n] = pool[start + n];
    last[n] = pool[start + D4 + n];
  }
  workgroupBarrier();
  for (var written = p.firstToken; written < p.endToken; written++) {
    let position = row.y + written;
    { // draw
      let key = noiseKey(row.z, position);
      var top = -3e38;
      var sum = 0.0;
      var weighted = 0.0;
      var best = vec2f(-3e38, 0);
      var token = 0u;
      for (var v = lane; v < VOCABULARY; v += LANES) {
        var z = 0.0;
        for (var k = 0u; k < D4; k++) { z += dot(last[k], weights[${at('embedding')} + v * D4 + k]); }
        if ((marks[v] & ${UNWRITABLE}u) != 0u) { z += ${NEVER}; }
        let next = max(top, z);
        let keep = exp(top - next);
        let e = exp(z - next);
        weighted = (weighted + sum * (top - next)) * keep + e * (z - next);
        sum = sum * keep + e;
        top = next;
        var value = z;
        if (p.temperature > 0.0) { value = z / p.temperature + gumbel(mix(key + v * 0x9e3779b9u)); }
        if (value > best.x) { best = vec2f(value, z); token = v; }
      }
      sums[lane] = vec3f(top, sum, weighted);
      bests[lane] = best;
      tokens[lane] = token;
    }
    workgroupBarrier();
    if (lane == 0u) {
      var top = sums[0].x;
      for (var l = 1u; l < LANES; l++) { top = max(top, sums[l].x); }
      var sum = 0.0;
      var weighted = 0.0;
      var best = bests[0];
      var token = tokens[0];
      for (var l = 0u; l < LANES; l++) {
        let part = sums[l];
        let keep = exp(part.x - top);
        if (keep > 0.0) {
          sum += part.y * keep;
          weighted += (part.z + part.y * (part.x - top)) * keep;
        }
        let other = bests[l];
        if (other.x > best.x || (other.x == best.x && tokens[l] < token)) {
          best = other;
          token = tokens[l];
        }
      }
      let total = log(sum);
      out[outAt + 1u + 3u * written] = token;
      out[outAt + 2u + 3u * written] = bitcast<u32>(best.y - top - total);
      out[outAt + 3u + 3u * written] = bitcast<u32>(total - weighted / sum);
      let ends = (marks[token] & ${STOPS}u) != 0u || written + 1u >= p.maxTokens || position + 1u >= ${context}u;
      out[outAt] = written + 1u + select(0u, ${ENDED}u, ends);
      drawn = vec2u(token, select(0u, 1u, ends));
    }
    let next = workgroupUniformLoad(&drawn);
    if (next.y == 1u) { return; }
    // read
    let here = table[row.x + position] * STRIDE4;
    ${product('before[k]', 'D4', at('previous'), 'D4', `x[n] = weights[${at('embedding')} + next.x * D4 + n] + weights[${at('position')} + position * D4 + n] + sum;`)}
    workgroupBarrier();
    for (var n = lane; n < D4; n += LANES) {
      let content = weights[${at('embedding')} + next.x * D4 + n];
      before[n] = content;
      pool[here + n] = content;
    }
    ${Array.from({ length: layers }, (_, n) => layer(n)).join('')}
    {
      ${scale(at('gain'))}
      for (var n = lane; n < D4; n += LANES) {
        last[n] = x[n] * inverse * weights[gain + n];
        pool[here + D4 + n] = last[n];
      }
    }
    workgroupBarrier();
  }
}`,
  });
}
