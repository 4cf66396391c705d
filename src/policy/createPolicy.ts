// The engine for the backend that runs: hand-written kernels on WebGPU, plain tfjs operations elsewhere.
import * as tf from '@tensorflow/tfjs-core';
import { createFusedPolicy } from './fused/fusedPolicy.ts';
import { chooseKernels } from './fused/kernelChoice.ts';
import { misfitOf } from './fused/weights.ts';
import { createReferencePolicy, type ReferenceOptions } from './reference.ts';
import type { Policy, PolicyShape } from './types.ts';

/** A policy on the current tfjs backend, with fresh parameters. */
export function createPolicy(shape: PolicyShape, options: ReferenceOptions): Policy {
  if (tf.getBackend() !== 'webgpu') return createReferencePolicy(shape, options);
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const fits = misfitOf(shape, chooseKernels(device), device.limits) === null;
  return fits ? createFusedPolicy(device, shape, options) : createReferencePolicy(shape, options);
}
