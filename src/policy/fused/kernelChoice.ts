// Which shapes of the kernels fit an adapter. Software adapters pay dearly for barriers; chips pay for reading memory twice.
import { isSoftware } from '../backend.ts';
import type { PolicyShape } from '../types.ts';
import { type DecodeGroup, decodeMemory } from './kernels/decode.ts';

export interface KernelChoice {
  /** Matrix products: each thread its own tile in registers, without barriers; or a workgroup's tile in shared memory. */
  readonly tiles: 'registers' | 'shared';
  /** Threads that share one row of a norm or of logits. 1 needs no barrier. */
  readonly rowLanes: number;
  /** Whether threads add up through subgroups. The device must have the feature. */
  readonly subgroups: boolean;
  /** Threads of a workgroup that writes turns, and rows that it writes at once at most: they share what is read of the weights. */
  readonly decodeLanes: number;
  readonly decodeRows: number;
  /** Tokens · parameters that one dispatch of decoding may take on, so that no watchdog fires. */
  readonly workPerDispatch: number;
}

/** About a second of a software adapter a dispatch. */
export const SOFTWARE_KERNELS: KernelChoice = { tiles: 'registers', rowLanes: 1, subgroups: false, decodeLanes: 8, decodeRows: 2, workPerDispatch: 4e8 };
export const HARDWARE_KERNELS: KernelChoice = { tiles: 'shared', rowLanes: 32, subgroups: false, decodeLanes: 64, decodeRows: 1, workPerDispatch: 2e10 };

export function chooseKernels({ adapterInfo, features }: Pick<GPUDevice, 'adapterInfo' | 'features'>): KernelChoice {
  return isSoftware(adapterInfo) ? SOFTWARE_KERNELS : { ...HARDWARE_KERNELS, subgroups: features.has('subgroups') };
}

/** How a workgroup that writes is cut for a shape, with as many rows as its memory holds; null: not even one. */
export function decodeGroup(
  shape: PolicyShape,
  { decodeLanes: lanes, decodeRows }: KernelChoice,
  { maxComputeWorkgroupStorageSize }: WorkgroupLimit,
): DecodeGroup | null {
  for (let rows = decodeRows; rows > 0; rows--) if (decodeMemory(shape, { rows, lanes }) <= maxComputeWorkgroupStorageSize) return { rows, lanes };
  return null;
}

export type WorkgroupLimit = Pick<GPUSupportedLimits, 'maxComputeWorkgroupStorageSize'>;
