// Matrix products in tiles that a workgroup holds in shared memory: 64 rows by 32 columns, 16 steps of k at a time. For chips, where a number
// that was fetched once should serve many threads; the same products as in matMul.ts.
import type { MatMulVariant } from './matMul.ts';
import { each } from './wgsl.ts';

/** Rows and columns of a tile, and steps of k that are loaded together. */
const [M, N, K] = [64, 32, 16];
/** Each of 8 · 16 threads holds four rows by one vector of columns. */
export const SHARED_WORKGROUP = [N / 4, M / 4, 1] as const;
export const SHARED_ROWS = 4;
export const SHARED_COLUMNS = 1;

/** Entries of C that a workgroup writes. */
export const SHARED_TILE = M * N;

const THREADS = (N / 4) * (M / 4);
/** Rows of shared memory are a little further apart than they are long, so that neighbours lie in different banks. */
const [A_STRIDE, B_STRIDE] = [M + 4, N + 4];

/** The main function; `readValue` wraps what is read of A, `writeTile` writes accumulators at column vector `n4` and rows from `m0`. */
export function sharedBody({ form, readA, mapped }: MatMulVariant, readValue: (value: string) => string, writeTile: string): string {
  /** Four numbers of A at row `m`, column `k` (TN: row `k`, column `m`), zeros outside. */
  const fetchA =
    form === 'TN'
      ? `
fn fetchA(m: u32, k: u32, part: u32) -> vec4f {
  if (k >= p.k || m >= p.m) { return vec4f(0); }
  let row = ${mapped?.includes('A') ? 'map[k]' : 'k'};
  if (row == NO_ROW) { return vec4f(0); }
  return ${readValue('a[(p.aAt + row * p.lda + m) / 4u]')};
}`
      : `
fn fetchA(m: u32, k: u32, part: u32) -> vec4f {
  if (k >= p.k || m >= p.m) { return vec4f(0); }
  let row = ${mapped?.includes('A') ? 'map[m]' : 'm'};
  if (row == NO_ROW) { return vec4f(0); }
  return ${readValue('a[(p.aAt + part * p.aPart + row * p.lda + k) / 4u]')}${readA === 'gain' ? ' * b[(p.gainAt + k) / 4u]' : ''};
}`;
  /** Four numbers of B at row `k`, column `n` (NT: row `n`, column `k`), zeros outside. */
  const fetchB = `
fn fetchB(k: u32, n: u32, part: u32, z: u32) -> vec4f {
  if (k >= p.k || n >= p.n) { return vec4f(0); }
  let row = ${form === 'NT' ? 'n' : form === 'TN' && mapped?.includes('B') ? 'map[k]' : 'k'};
  if (row == NO_ROW) { return vec4f(0); }
  return b[(p.bAt + part * p.bPart + z * p.bStep + row * p.ldb + ${form === 'NT' ? 'k' : 'n'}) / 4u];
}`;
  /** Stores four numbers that lie along k under each other, those along m or n side by side. */
  const down = (to: string, stride: number): string => each(4, (c) => `${to}[(at + ${c}u) * ${stride}u + line] = four[${c}];`);
  const across = (to: string, stride: number): string => each(4, (c) => `${to}[line * ${stride}u + at + ${c}u] = four[${c}];`);
  const loadA =
    form === 'TN'
      ? `let line = i / ${M / 4}u; let at = i % ${M / 4}u * 4u; let four = fetchA(rowsFrom + at, k0 + line, part); ${across('tileA', A_STRIDE)}`
      : `let line = i / ${K / 4}u; let at = i % ${K / 4}u * 4u; let four = fetchA(rowsFrom + line, k0 + at, part); ${down('tileA', A_STRIDE)}`;
  const loadB =
    form === 'NT'
      ? `let line = i / ${K / 4}u; let at = i % ${K / 4}u * 4u; let four = fetchB(k0 + at, columnsFrom + line, part, z); ${down('tileB', B_STRIDE)}`
      : `let line = i / ${N / 4}u; let at = i % ${N / 4}u * 4u; let four = fetchB(k0 + line, columnsFrom + at, part, z); ${across('tileB', B_STRIDE)}`;
  return `
var<workgroup> tileA: array<f32, ${K * A_STRIDE}>;
var<workgroup> tileB: array<f32, ${K * B_STRIDE}>;
${fetchA}
${fetchB}
@main
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) own: vec3u, @builtin(local_invocation_index) index: u32) {
  let columnsFrom = group.x * ${N}u;
  let rowsFrom = group.y * ${M}u;
  let product = group.z;
  let z = product / p.splits;
  let first = (product % p.splits) * p.kSplit;
  let end = min(p.k, first + p.kSplit);
  ${each(4, (r) => `var acc${r}_0 = vec4f(0);`)}
  for (var part = 0u; part < p.parts; part++) {
    for (var k0 = first; k0 < end; k0 += ${K}u) {
      for (var i = index; i < ${(M * K) / 4}u; i += ${THREADS}u) { ${loadA} }
      for (var i = index; i < ${(N * K) / 4}u; i += ${THREADS}u) { ${loadB} }
      workgroupBarrier();
      for (var k = 0u; k < ${K}u; k++) {
        let bs = k * ${B_STRIDE}u + own.x * 4u;
        let column = vec4f(tileB[bs], tileB[bs + 1u], tileB[bs + 2u], tileB[bs + 3u]);
        let rows = k * ${A_STRIDE}u + own.y * 4u;
        ${each(4, (r) => `acc${r}_0 += tileA[rows + ${r}u] * column;`)}
      }
      workgroupBarrier();
    }
  }
  let n4 = columnsFrom / 4u + own.x;
  let m0 = rowsFrom + own.y * 4u;
  if (n4 * 4u >= p.n) { return; }
  ${writeTile}
}`;
}
