// Causal attention over packed sequences, one thread a position and head, without barriers; and its gradient in two passes without atomics.
//
//   y_i = Σ_j p_ij v_j,   p_ij = exp(q_i · k_j · s − lse_i),   s = 1 / √(d/H),   first(i) ≤ j ≤ i
//   D_i = dy_i · y_i,   ds_ij = p_ij (dy_i · v_j − D_i) s,   dq_i = Σ_j ds_ij k_j,   dk_j = Σ_i ds_ij q_i,   dv_j = Σ_i p_ij dy_i
//
// q, k and v stand side by side: qkv [positions, 3, d]. \`bounds\` holds first and end of each position's sequence.
import { type Program, program, programOf } from '../program.ts';
import { each, perThread, sumOf } from './wgsl.ts';

const parameters = { positions: 'u32', heads: 'u32' } as const;
const workgroup = [64, 1, 1] as const;

/** Sizes and places that all passes share. \`size\` is that of a head. */
const head = (size: number): string => `
const S4 = ${size / 4}u;
const SCALE = ${1 / Math.sqrt(size)};
fn at(row: u32, part: u32, h: u32) -> u32 { return ((row * 3u + part) * p.heads + h) * S4; }
`;

const start = (body: string): string =>
  perThread(
    'thread',
    'p.positions * p.heads',
    `let i = thread / p.heads; let h = thread % p.heads;
${body}`,
  );

export interface AttentionPrograms {
  /** qkv → y [positions, d], lse [positions, H]. */
  readonly forward: Program<
    { readonly qkv: 'read array<vec4f>'; readonly bounds: 'read array<vec2u>'; readonly y: 'read_write array<vec4f>'; readonly lse: 'read_write array<f32>' },
    typeof parameters
  >;
  /** dq into dqkv, and D [positions, H]. */
  readonly queries: Program<
    {
      readonly qkv: 'read array<vec4f>';
      readonly bounds: 'read array<vec2u>';
      readonly y: 'read array<vec4f>';
      readonly dy: 'read array<vec4f>';
      readonly lse: 'read array<f32>';
      readonly dots: 'read_write array<f32>';
      readonly dqkv: 'read_write array<vec4f>';
    },
    typeof parameters
  >;
  /** dk and dv into dqkv. */
  readonly keys: Program<
    {
      readonly qkv: 'read array<vec4f>';
      readonly bounds: 'read array<vec2u>';
      readonly dy: 'read array<vec4f>';
      readonly lse: 'read array<f32>';
      readonly dots: 'read array<f32>';
      readonly dqkv: 'read_write array<vec4f>';
    },
    typeof parameters
  >;
}

/** The programs for heads of so many numbers, a multiple of 4. */
export const attention = programOf(build);

function build(size: number): AttentionPrograms {
  const S4 = size / 4;
  return {
    forward: program({
      name: `attention, heads of ${size}`,
      buffers: { qkv: 'read array<vec4f>', bounds: 'read array<vec2u>', y: 'read_write array<vec4f>', lse: 'read_write array<f32>' },
      parameters,
      workgroup,
      body: `${head(size)}${start(`
  ${each(S4, (c) => `let q${c} = qkv[at(i, 0u, h) + ${c}u] * SCALE; var acc${c} = vec4f(0);`)}
  var top = -3e38;
  var sum = 0.0;
  for (var j = bounds[i].x; j <= i; j++) {
    let k = at(j, 1u, h);
    let v = at(j, 2u, h);
    let score = ${sumOf(S4, (c) => `dot(q${c}, qkv[k + ${c}u])`)};
    let next = max(top, score);
    let keep = exp(top - next);
    let weight = exp(score - next);
    top = next;
    sum = sum * keep + weight;
    ${each(S4, (c) => `acc${c} = acc${c} * keep + weight * qkv[v + ${c}u];`)}
  }
  ${each(S4, (c) => `y[thread * S4 + ${c}u] = acc${c} / sum;`)}
  lse[thread] = top + log(sum);`)}`,
    }),
    queries: program({
      name: `attention, gradient of queries, heads of ${size}`,
      buffers: {
        qkv: 'read array<vec4f>',
        bounds: 'read array<vec2u>',
        y: 'read array<vec4f>',
        dy: 'read array<vec4f>',
        lse: 'read array<f32>',
        dots: 'read_write array<f32>',
        dqkv: 'read_write array<vec4f>',
      },
      parameters,
      workgroup,
      body: `${head(size)}${start(`
  ${each(S4, (c) => `let q${c} = qkv[at(i, 0u, h) + ${c}u] * SCALE; let g${c} = dy[thread * S4 + ${c}u]; var dq${c} = vec4f(0);`)}
  let d = ${sumOf(S4, (c) => `dot(g${c}, y[thread * S4 + ${c}u])`)};
  dots[thread] = d;
  for (var j = bounds[i].x; j <= i; j++) {
    let k = at(j, 1u, h);
    let v = at(j, 2u, h);
    ${each(S4, (c) => `let k${c} = qkv[k + ${c}u];`)}
    let score = ${sumOf(S4, (c) => `dot(q${c}, k${c})`)};
    let dp = ${sumOf(S4, (c) => `dot(g${c}, qkv[v + ${c}u])`)};
    let ds = exp(score - lse[thread]) * (dp - d) * SCALE;
    ${each(S4, (c) => `dq${c} += ds * k${c};`)}
  }
  ${each(S4, (c) => `dqkv[at(i, 0u, h) + ${c}u] = dq${c};`)}`)}`,
    }),
    keys: program({
      name: `attention, gradient of keys and values, heads of ${size}`,
      buffers: {
        qkv: 'read array<vec4f>',
        bounds: 'read array<vec2u>',
        dy: 'read array<vec4f>',
        lse: 'read array<f32>',
        dots: 'read array<f32>',
        dqkv: 'read_write array<vec4f>',
      },
      parameters,
      workgroup,
      body: `${head(size)}${start(`
  ${each(S4, (c) => `let k${c} = qkv[at(i, 1u, h) + ${c}u] * SCALE; let v${c} = qkv[at(i, 2u, h) + ${c}u]; var dk${c} = vec4f(0); var dv${c} = vec4f(0);`)}
  for (var j = i; j < bounds[i].y; j++) {
    let q = at(j, 0u, h);
    let g = (j * p.heads + h) * S4;
    ${each(S4, (c) => `let q${c} = qkv[q + ${c}u]; let g${c} = dy[g + ${c}u];`)}
    let score = ${sumOf(S4, (c) => `dot(k${c}, q${c})`)};
    let dp = ${sumOf(S4, (c) => `dot(v${c}, g${c})`)};
    let weight = exp(score - lse[j * p.heads + h]);
    let ds = weight * (dp - dots[j * p.heads + h]) * SCALE;
    ${each(S4, (c) => `dk${c} += ds * q${c}; dv${c} += weight * g${c};`)}
  }
  ${each(S4, (c) => `dqkv[at(i, 1u, h) + ${c}u] = dk${c}; dqkv[at(i, 2u, h) + ${c}u] = dv${c};`)}`)}`,
    }),
  };
}

/** The plain twins: attention, and given dy its gradient. \`bounds\` is [positions, 2]. */
export function plainAttention(qkv: Float32Array, bounds: Uint32Array, heads: number, width: number, dy?: Float32Array) {
  const positions = bounds.length / 2;
  const size = width / heads;
  const scale = 1 / Math.sqrt(size);
  const at = (row: number, part: number, h: number): number => (row * 3 + part) * width + h * size;
  const dot = (a: Float32Array, aAt: number, b: Float32Array, bAt: number): number => {
    let sum = 0;
    for (let c = 0; c < size; c++) sum += (a[aAt + c] as number) * (b[bAt + c] as number);
    return sum;
  };
  const y = new Float32Array(positions * width);
  const lse = new Float32Array(positions * heads);
  const dqkv = new Float32Array(qkv.length);
  const add = (to: Float32Array, toAt: number, from: Float32Array, fromAt: number, factor: number): void => {
    for (let c = 0; c < size; c++) to[toAt + c] = (to[toAt + c] as number) + factor * (from[fromAt + c] as number);
  };
  for (let i = 0; i < positions; i++)
    for (let h = 0; h < heads; h++) {
      const first = bounds[2 * i] as number;
      const scores = Array.from({ length: i - first + 1 }, (_, n) => dot(qkv, at(i, 0, h), qkv, at(first + n, 1, h)) * scale);
      const top = Math.max(...scores);
      const total = top + Math.log(scores.reduce((sum, s) => sum + Math.exp(s - top), 0));
      lse[i * heads + h] = total;
      const weights = scores.map((s) => Math.exp(s - total));
      const out = i * width + h * size;
      weights.forEach((w, n) => {
        add(y, out, qkv, at(first + n, 2, h), w);
      });
      if (!dy) continue;
      const d = dot(dy, out, y, out);
      weights.forEach((w, n) => {
        const j = first + n;
        const ds = w * (dot(dy, out, qkv, at(j, 2, h)) - d) * scale;
        add(dqkv, at(i, 0, h), qkv, at(j, 1, h), ds);
        add(dqkv, at(j, 1, h), qkv, at(i, 0, h), ds);
        add(dqkv, at(j, 2, h), dy, out, w);
      });
    }
  return { y, lse, dqkv };
}
