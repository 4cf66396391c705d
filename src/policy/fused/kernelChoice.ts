// Which shapes of the kernels fit an adapter. Software adapters pay dearly for barriers; chips pay for reading memory twice.
import { isSoftware } from '../backend.ts';

export interface KernelChoice {
  /** Matrix products: each thread its own tile in registers, without barriers; or a workgroup's tile in shared memory. */
  readonly tiles: 'registers' | 'shared';
  /** Threads that share one row of a norm or of logits. 1 needs no barrier. */
  readonly rowLanes: number;
  /** Whether threads add up through subgroups. The device must have the feature. */
  readonly subgroups: boolean;
  /** Threads that write one rollout's turn. */
  readonly decodeLanes: number;
  /** Tokens · parameters that one dispatch of decoding may take on, so that no watchdog fires. */
  readonly workPerDispatch: number;
}

/** About a second of a software adapter a dispatch. */
export const SOFTWARE_KERNELS: KernelChoice = { tiles: 'registers', rowLanes: 1, subgroups: false, decodeLanes: 16, workPerDispatch: 4e8 };
export const HARDWARE_KERNELS: KernelChoice = { tiles: 'shared', rowLanes: 32, subgroups: false, decodeLanes: 64, workPerDispatch: 2e10 };

export function chooseKernels({ adapterInfo, features }: Pick<GPUDevice, 'adapterInfo' | 'features'>): KernelChoice {
  return isSoftware(adapterInfo) ? SOFTWARE_KERNELS : { ...HARDWARE_KERNELS, subgroups: features.has('subgroups') };
}
