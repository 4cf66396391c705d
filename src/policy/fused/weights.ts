// Where each parameter lies in the flat buffer, for kernels.
import { parameterTable } from '../parameters.ts';
import type { PolicyShape } from '../types.ts';
import { decodeGroup, type KernelChoice, type WorkgroupLimit } from './kernelChoice.ts';
import { decodeMemory } from './kernels/decode.ts';

export interface LayerPlaces {
  readonly attentionGain: number;
  /** Query, key and value lie one after the other. */
  readonly query: number;
  readonly output: number;
  readonly mlpGain: number;
  readonly up: number;
  readonly down: number;
}

export interface WeightPlaces {
  readonly embedding: number;
  readonly position: number;
  readonly patch: number;
  readonly previous: number;
  readonly layers: readonly LayerPlaces[];
  readonly gain: number;
  /** Numbers in all parameters together. */
  readonly total: number;
}

export function weightPlaces(shape: PolicyShape): WeightPlaces {
  const table = parameterTable(shape);
  const place = new Map(table.map(({ name, offset }) => [name, offset]));
  const at = (name: string): number => place.get(name) as number;
  return {
    embedding: at('embedding'),
    position: at('position'),
    patch: at('patch'),
    previous: at('previous'),
    layers: Array.from({ length: shape.layers }, (_, n) => ({
      attentionGain: at(`layers.${n}.attention.gain`),
      query: at(`layers.${n}.attention.query`),
      output: at(`layers.${n}.attention.output`),
      mlpGain: at(`layers.${n}.mlp.gain`),
      up: at(`layers.${n}.mlp.up`),
      down: at(`layers.${n}.mlp.down`),
    })),
    gain: at('gain'),
    total: table.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Why the kernels do not fit a shape on a device with these limits; null: they fit. */
export function misfitOf(shape: PolicyShape, kernels: KernelChoice, limits: WorkgroupLimit): string | null {
  const { width, heads, hidden, patch } = shape;
  const bad = Object.entries({ width, hidden, patch, 'width / heads': width / heads }).find(([, value]) => value % 4 !== 0);
  if (bad) return `expected ${bad[0]} to be a multiple of 4, got ${bad[1]}`;
  if (decodeGroup(shape, kernels, limits)) return null;
  const needed = decodeMemory(shape, { rows: 1, lanes: kernels.decodeLanes });
  return `writing takes ${needed} bytes of workgroup memory, and the device has ${limits.maxComputeWorkgroupStorageSize}`;
}
