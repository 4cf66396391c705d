// The one table of parameters: name, shape and offset, for every engine, the optimizer and safetensors.
import { randomStream } from '../tapo/index.ts';
import type { PolicyShape } from './types.ts';

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** First number in the flat buffer. */
  readonly offset: number;
  readonly size: number;
  /** Weight decay applies. */
  readonly decayed: boolean;
  /** Standard deviation at the start; null: starts at 1 (gains). */
  readonly std: number | null;
}

/**
 * | name                | shape              | what it is                                                    |
 * | ------------------- | ------------------ | ------------------------------------------------------------- |
 * | embedding           | [V, d]             | token embedding, also the output layer (tied)                 |
 * | position            | [context, d]       | learned position embedding                                    |
 * | patch               | [8 · 8 · 3, d]     | projection of an image patch                                  |
 * | previous            | [d, d]             | what a position takes over from the embedding just before it  |
 * | layers.N.attention.{gain, query, key, value, output} |  | pre-norm attention                                  |
 * | layers.N.mlp.{gain, up, down}       |    | pre-norm MLP with squared ReLU                                |
 * | gain                | [d]                | final norm                                                    |
 */
export function parameterTable({ vocabulary: V, width: d, layers, hidden, context, patch }: PolicyShape): readonly Parameter[] {
  const wide = 1 / Math.sqrt(d);
  const residual = 1 / Math.sqrt(2 * layers);
  const entries: [string, readonly number[], number | null][] = [
    ['embedding', [V, d], 0.3],
    ['position', [context, d], 0.1],
    ['patch', [patch, d], 1 / Math.sqrt(patch)],
    ['previous', [d, d], wide],
    ...Array.from({ length: layers }, (_, n): [string, readonly number[], number | null][] => [
      [`layers.${n}.attention.gain`, [d], null],
      [`layers.${n}.attention.query`, [d, d], wide],
      [`layers.${n}.attention.key`, [d, d], wide],
      [`layers.${n}.attention.value`, [d, d], wide],
      [`layers.${n}.attention.output`, [d, d], wide * residual],
      [`layers.${n}.mlp.gain`, [d], null],
      [`layers.${n}.mlp.up`, [d, hidden], wide],
      [`layers.${n}.mlp.down`, [hidden, d], residual / Math.sqrt(hidden)],
    ]).flat(),
    ['gain', [d], null],
  ];
  let offset = 0;
  return entries.map(([name, shape, std]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const entry = { name, shape, offset, size, decayed: shape.length > 1, std };
    offset += size;
    return entry;
  });
}

/** Numbers in all parameters together. */
export function parameterCount(shape: PolicyShape): number {
  return parameterTable(shape).reduce((total, { size }) => total + size, 0);
}

/** A fresh flat buffer: normal numbers from the seed, gains 1. */
export function initialParameters(shape: PolicyShape, seed: number): Float32Array {
  const flat = new Float32Array(parameterCount(shape));
  parameterTable(shape).forEach(({ offset, size, std }, index) => {
    const random = randomStream(seed, index);
    for (let i = offset; i < offset + size; i++) flat[i] = std === null ? 1 : std * normal(random.next(), random.next());
  });
  return flat;
}

/** Box–Muller. */
function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
