// Sums of what a product's splits of k have left, in a fixed order: a matrix with few entries and a long k fills a chip only when k is split.
import { program } from '../program.ts';
import { perThread } from './wgsl.ts';

/** parts [products, splits, m, n] → C: entry (r, c) of product z lies at `cAt` + z · `cStep` + r · n + c. */
export const sumSplits = program({
  name: 'sumSplits',
  buffers: { parts: 'read array<vec4f>', c: 'read_write array<vec4f>' },
  parameters: {
    /** Numbers of one matrix. */ size: 'u32',
    products: 'u32',
    splits: 'u32',
    cAt: 'u32',
    cStep: 'u32',
    /** 1: onto what C holds. */ add: 'u32',
  },
  workgroup: [64, 1, 1],
  body: perThread(
    'thread',
    'p.products * p.size / 4u',
    `
  let size = p.size / 4u;
  let z = thread / size;
  let i = thread % size;
  let to = (p.cAt + z * p.cStep) / 4u + i;
  var sum = c[to] * f32(p.add);
  for (var s = 0u; s < p.splits; s++) { sum += parts[(z * p.splits + s) * size + i]; }
  c[to] = sum;`,
  ),
});

/** The plain twin, in place. */
export function plainSumSplits(parts: Float32Array, c: Float32Array, p: Readonly<Record<keyof typeof sumSplits.parameters, number>>): void {
  for (let z = 0; z < p.products; z++)
    for (let i = 0; i < p.size; i++) {
      const to = p.cAt + z * p.cStep + i;
      let sum = (c[to] as number) * p.add;
      for (let s = 0; s < p.splits; s++) sum += parts[(z * p.splits + s) * p.size + i] as number;
      c[to] = sum;
    }
}

/** Numbers that all parts of one product may take together. */
export const SPLIT_ROOM = 2 ** 22;

/**
 * Into how many stretches, and how long, k of a product is split: until about 512 workgroups have work, in steps of 16, none shorter than 256,
 * as long as all parts have room. `tile`: entries that one workgroup writes.
 */
export function splitOf(
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  products: number,
  tile: number,
): { readonly splits: number; readonly kSplit: number } {
  const groups = products * Math.ceil((m * n) / tile);
  const most = Math.min(Math.ceil(k / 256), Math.ceil(512 / groups), Math.floor(SPLIT_ROOM / (m * n * products)));
  const kSplit = 16 * Math.max(1, Math.ceil(k / Math.max(1, most) / 16));
  return { splits: Math.max(1, Math.ceil(k / kSplit)), kSplit };
}
