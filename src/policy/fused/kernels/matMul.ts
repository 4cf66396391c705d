// Matrix products, in one of two shapes: in register tiles without barriers, for software adapters, each thread holding eight rows by eight
// columns in named variables (arrays with a loop over them would lie in memory); or in shared memory (sharedTiles.ts), for chips.
//
//   NN   C[m, n] = Σ_k A[m, k] · B[k, n]
//   NT   C[m, n] = Σ_k A[m, k] · B[n, k]
//   TN   C[m, n] = Σ_k A[k, m] · B[k, n]
//
// Rows are vec4-aligned: leading dimensions, offsets and steps are given in numbers and are multiples of 4. Where k (NN) or n (NT) is no
// multiple of 4, A's (C's) rows are padded and rows after B's last stand in: A must hold zeros there, and C then holds numbers without a meaning.
import { program, programOf } from '../program.ts';
import { SHARED_COLUMNS, SHARED_ROWS, SHARED_WORKGROUP, sharedBody } from './sharedTiles.ts';
import { each } from './wgsl.ts';

export interface MatMulVariant {
  readonly form: 'NN' | 'NT' | 'TN';
  /**
   * What A's numbers become when read: gain: times B's buffer at `gainAt` + k (NN, NT); squaredRelu: max(0, a)².
   */
  readonly readA?: 'gain' | 'squaredRelu';
  /** Which matrix has its rows picked by `map`; 2³² − 1 stands for a row of zeros (of A alone). C: the row that is written. */
  readonly mapped?: 'A' | 'B' | 'C' | 'A and C';
  /**
   * What becomes of C: add: C += result; plus: C = extra + result; reluGradient: C = result · 2 · max(0, extra); bias: C = result + extra by column.
   */
  readonly write?: 'add' | 'plus' | 'reluGradient' | 'bias';
}

export type Tiles = 'registers' | 'shared';
export type MatMul = ReturnType<typeof build>;

/** Rows of a tile in registers, a multiple of 4, and its columns in vectors of four. */
const ROWS = 8;
const COLUMNS = 2;

/** The program of a variant. */
export const matMul = programOf(build);

function build({ tiles, ...variant }: MatMulVariant & { readonly tiles: Tiles }) {
  const { form, readA = 'as it is', mapped = 'none', write = 'store' } = variant;
  const registers = form === 'TN' ? transposedBody : rowBody;
  return program({
    name: `matMul ${form}, A ${readA}, rows mapped ${mapped}, ${write}, in ${tiles}`,
    buffers: {
      a: 'read array<vec4f>',
      b: 'read array<vec4f>',
      c: 'read_write array<vec4f>',
      ...(variant.mapped ? ({ map: 'read array<u32>' } as const) : {}),
      ...(variant.write && variant.write !== 'add' ? ({ extra: 'read array<vec4f>' } as const) : {}),
    } as {
      readonly a: 'read array<vec4f>';
      readonly b: 'read array<vec4f>';
      readonly c: 'read_write array<vec4f>';
      readonly map?: 'read array<u32>';
      readonly extra?: 'read array<vec4f>';
    },
    parameters: {
      m: 'u32',
      n: 'u32',
      k: 'u32',
      /** Leading dimensions. */ lda: 'u32',
      ldb: 'u32',
      ldc: 'u32',
      /** First numbers. */ aAt: 'u32',
      bAt: 'u32',
      cAt: 'u32',
      /** Products that are summed (NT), and how far A and B move from one to the next. */ parts: 'u32',
      aPart: 'u32',
      bPart: 'u32',
      /** How far B and C move from one product of z to the next; C of one split to the next. */ bStep: 'u32',
      cStep: 'u32',
      gainAt: 'u32',
      /** TN: stretches that k is split into, each with its own C, and their length. */ splits: 'u32',
      kSplit: 'u32',
    },
    workgroup: tiles === 'shared' ? SHARED_WORKGROUP : [8, 8, 1],
    body:
      helpers +
      (tiles === 'shared' ? sharedBody(variant, (value) => readValue(variant, value), writeTile(variant, SHARED_ROWS, SHARED_COLUMNS)) : registers(variant)),
  });
}

const readValue = ({ readA }: MatMulVariant, value: string): string => (readA === 'squaredRelu' ? `squaredRelu(${value})` : value);

const helpers = `
fn squaredRelu(x: vec4f) -> vec4f { let y = max(x, vec4f(0)); return y * y; }
const NO_ROW = 0xffffffffu;
`;

/** For each row and column of the tile. */
const eachOf = (code: (r: number, c: number) => string): string => each(ROWS, (r) => each(COLUMNS, (c) => code(r, c)));

/** Writes accumulators at column vector `n4`, rows from `m0`. */
function writeTile({ mapped, write }: MatMulVariant, rows: number, columns: number): string {
  const value = (r: number, c: number): string =>
    ({
      store: `acc${r}_${c}`,
      add: `c[at + ${c}u] + acc${r}_${c}`,
      plus: `extra[at + ${c}u] + acc${r}_${c}`,
      reluGradient: `acc${r}_${c} * 2.0 * max(extra[at + ${c}u], vec4f(0))`,
      bias: `acc${r}_${c} + extra[n4 + ${c}u]`,
    })[write ?? 'store'];
  const line = (r: number): string => each(columns, (c) => `${c === 0 ? '' : `if ((n4 + ${c}u) * 4u < p.n) `}{ c[at + ${c}u] = ${value(r, c)}; }`);
  return each(rows, (r) => {
    const row = mapped?.includes('C') ? `map[m0 + ${r}u]` : `(m0 + ${r}u)`;
    return `if (m0 + ${r}u < p.m) { let at = (p.cAt + product * p.cStep + ${row} * p.ldc) / 4u + n4; ${line(r)} }`;
  });
}

const startTile = (): string => `
@main
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n4 = id.x * ${COLUMNS}u;
  let m0 = id.y * ${ROWS}u;
  let product = id.z;
  let z = product / p.splits;
  if (n4 * 4u >= p.n || m0 >= p.m) { return; }
  let ldb = p.ldb / 4u;
  ${eachOf((r, c) => `var acc${r}_${c} = vec4f(0);`)}
`;

function rowBody(variant: MatMulVariant): string {
  const { form, mapped, readA } = variant;
  const aRows = mapped?.includes('A');
  const rowStart = (r: number): string =>
    aRows
      ? `let row${r} = map[min(m0 + ${r}u, p.m - 1u)]; let start${r} = (p.aAt + select(row${r}, 0u, row${r} == NO_ROW) * p.lda) / 4u;`
      : `let start${r} = (p.aAt + min(m0 + ${r}u, p.m - 1u) * p.lda) / 4u;`;
  /** Row s of B's part, column c of the tile; for NT row s of the tile's column c. */
  const readB = (s: number, c: number): string =>
    form === 'NN' ? `let v${s}_${c} = b[start + ${s}u * ldb + ${c}u];` : `let v${s}_${c} = b[start + ${4 * c + s}u * ldb];`;
  const multiplied = (r: number, c: number): string =>
    form === 'NN'
      ? `acc${r}_${c} += x${r}.x * v0_${c} + x${r}.y * v1_${c} + x${r}.z * v2_${c} + x${r}.w * v3_${c};`
      : `acc${r}_${c} += vec4f(dot(x${r}, v0_${c}), dot(x${r}, v1_${c}), dot(x${r}, v2_${c}), dot(x${r}, v3_${c}));`;
  return `${startTile()}
  ${each(ROWS, rowStart)}
  for (var part = 0u; part < p.parts; part++) {
    let aAt = part * p.aPart / 4u;
    var start = (p.bAt + part * p.bPart + z * p.bStep) / 4u + ${form === 'NN' ? 'n4' : 'n4 * p.ldb'};
    for (var k4 = 0u; k4 * 4u < p.k; k4++) {
      ${each(4, (s) => each(COLUMNS, (c) => readB(s, c)))}
      start += ${form === 'NN' ? 'p.ldb' : '1u'};
      ${readA === 'gain' ? 'let gain = b[p.gainAt / 4u + k4];' : ''}
      ${each(ROWS, (r) => `let x${r} = ${readValue(variant, `a[start${r} + aAt + k4]`)}${readA === 'gain' ? ' * gain' : ''};`)}
      ${eachOf(multiplied)}
    }
  }
  ${aRows ? eachOf((r, c) => `if (row${r} == NO_ROW) { acc${r}_${c} = vec4f(0); }`) : ''}
  ${writeTile(variant, ROWS, COLUMNS)}
}`;
}

function transposedBody(variant: MatMulVariant): string {
  const { mapped } = variant;
  const aRow = mapped === 'A' ? 'row' : 'k';
  const bRow = mapped === 'B' ? 'row' : 'k';
  const component = (r: number): string => `x${Math.floor(r / 4)}.${'xyzw'[r % 4]}`;
  return `${startTile()}
  let first = (product % p.splits) * p.kSplit;
  for (var k = first; k < min(p.k, first + p.kSplit); k++) {
    ${mapped ? 'let row = map[k]; if (row == NO_ROW) { continue; }' : ''}
    let start = (p.aAt + ${aRow} * p.lda + m0) / 4u;
    ${each(ROWS / 4, (q) => `let x${q} = ${readValue(variant, `a[start + ${q}u]`)};`)}
    let at = (p.bAt + z * p.bStep) / 4u + ${bRow} * ldb + n4;
    ${each(COLUMNS, (c) => `let v${c} = b[at + ${c}u];`)}
    ${eachOf((r, c) => `acc${r}_${c} += ${component(r)} * v${c};`)}
  }
  ${writeTile(variant, ROWS, COLUMNS)}
}`;
}

/** Parameters of a product, where what is not given is what a plain product needs. */
export function matMulParameters(
  given: { readonly m: number; readonly n: number; readonly k: number; readonly lda: number; readonly ldb: number; readonly ldc: number } & Partial<
    Readonly<Record<keyof MatMul['parameters'], number>>
  >,
): Readonly<Record<keyof MatMul['parameters'], number>> {
  return { aAt: 0, bAt: 0, cAt: 0, parts: 1, aPart: 0, bPart: 0, bStep: 0, cStep: 0, gainAt: 0, splits: 1, kSplit: given.k, ...given };
}

/** Threads for `z` products of [m, n]. */
export function matMulThreads(tiles: Tiles, m: number, n: number, z = 1): readonly [number, number, number] {
  const [rows, columns] = tiles === 'shared' ? [SHARED_ROWS, SHARED_COLUMNS] : [ROWS, COLUMNS];
  return [Math.ceil(n / (4 * columns)), Math.ceil(m / rows), z];
}

/** The plain twin, number by number. Writes into `c`. */
export function plainMatMul(
  { form, readA, mapped, write }: MatMulVariant,
  {
    a,
    b,
    c,
    map,
    extra,
  }: { readonly a: Float32Array; readonly b: Float32Array; readonly c: Float32Array; readonly map?: Uint32Array; readonly extra?: Float32Array },
  p: Readonly<Record<keyof MatMul['parameters'], number>>,
  products = 1,
): void {
  const at = (from: ArrayLike<number>, i: number): number => from[i] as number;
  const rowOf = (matrix: string, row: number): number => (mapped?.includes(matrix) ? at(map as Uint32Array, row) : row);
  for (let product = 0; product < products; product++)
    for (let m = 0; m < p.m; m++)
      for (let n = 0; n < p.n; n++) {
        let sum = 0;
        const z = Math.floor(product / p.splits);
        const first = (product % p.splits) * p.kSplit;
        for (let part = 0; part < p.parts; part++)
          for (let k = first; k < Math.min(p.k, first + p.kSplit); k++) {
            const [aRow, aColumn] = form === 'TN' ? [rowOf('A', k), m] : [rowOf('A', m), k];
            const [bRow, bColumn] = form === 'NT' ? [n, k] : [form === 'TN' ? rowOf('B', k) : k, n];
            if (aRow === NO_ROW || bRow === NO_ROW) continue;
            let x = at(a, p.aAt + part * p.aPart + aRow * p.lda + aColumn);
            if (readA === 'squaredRelu') x = Math.max(0, x) ** 2;
            if (readA === 'gain') x *= at(b, p.gainAt + k);
            sum += x * at(b, p.bAt + part * p.bPart + z * p.bStep + bRow * p.ldb + bColumn);
          }
        const to = p.cAt + product * p.cStep + rowOf('C', m) * p.ldc + n;
        const other = extra ? at(extra, write === 'bias' ? n : to) : 0;
        c[to] = { store: sum, add: at(c, to) + sum, plus: other + sum, reluGradient: sum * 2 * Math.max(0, other), bias: sum + other }[write ?? 'store'];
      }
}

/** In a map of rows: none. */
export const NO_ROW = 0xffff_ffff;
