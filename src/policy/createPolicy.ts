// The engine for the backend that runs: hand-written kernels on WebGPU, plain tfjs operations elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import { isSoftware } from './backend.ts';
import { createFusedPolicy } from './fused/fusedPolicy.ts';
import { misfitOf } from './fused/weights.ts';
import { createReferencePolicy, type ReferenceOptions } from './reference.ts';
import type { Policy, PolicyShape } from './types.ts';

/** What the kernels are told of an adapter: threads that write one row, and tokens · parameters of one dispatch. */
const SOFTWARE = { lanes: 16, workPerDispatch: 4e8 };
const HARDWARE = { lanes: 64, workPerDispatch: 2e10 };

/** A policy on the current tfjs backend, with fresh parameters. */
export function createPolicy(shape: PolicyShape, options: ReferenceOptions): Policy {
  if (tf.getBackend() !== 'webgpu' || misfitOf(shape) !== null) return createReferencePolicy(shape, options);
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  return createFusedPolicy(device, shape, { ...options, ...(isSoftware(device.adapterInfo) ? SOFTWARE : HARDWARE) });
}
