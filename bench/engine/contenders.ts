// The engines as the bench sees them: one workload each, on one adapter, from the same parameters.
import * as tf from '@tensorflow/tfjs-core';
import { createPolicy } from '../../src/policy/createPolicy.ts';
import type { FusedPolicy } from '../../src/policy/fused/fusedPolicy.ts';
import { initialParameters } from '../../src/policy/parameters.ts';
import { createReferencePolicy } from '../../src/policy/reference.ts';
import type { Policy, SequenceBatch } from '../../src/policy/types.ts';
import { createJaxEngine } from './jax/engine.ts';
import { BENCH_UNWRITABLE, policyWriter, type RolledOut, rollOut, type Workload, type Writer } from './workload.ts';

export type ContenderName = 'FusedPolicy' | 'ReferencePolicy' | 'jax-js';

export interface Contender {
  readonly name: ContenderName;
  writer(): Writer;
  rollOut(): Promise<RolledOut>;
  /** The norm of the gradient before clipping, and the log-probs [B, T] before the step. */
  update(batch: SequenceBatch, weights: Float32Array): Promise<{ readonly gradNorm: number; readonly logProbs: Float32Array }>;
  parameters(): Promise<Float32Array>;
  /** Fresh parameters and moments, the same for all. */
  restart(): void;
  dispose(): void;
}

export const UPDATE_OPTIONS = { learningRate: 1e-4, weightDecay: 0.01, clipNorm: 1 };

const SEED = 1;

/** A fresh engine on the current tfjs device; jax-js on its own device. */
export function createContender(name: ContenderName, workload: Workload): Contender {
  switch (name) {
    case 'FusedPolicy':
      return policyContender(name, workload, createFused(workload));
    case 'ReferencePolicy':
      return policyContender(name, workload, createReferencePolicy(workload.shape, { unwritable: BENCH_UNWRITABLE, seed: SEED }));
    case 'jax-js': {
      const engine = createJaxEngine(workload, BENCH_UNWRITABLE, SEED);
      return { ...engine, name, rollOut: () => rollOut(engine.writer(), workload), update: (batch, weights) => engine.update(batch, weights, UPDATE_OPTIONS) };
    }
    default:
      return name satisfies never;
  }
}

/** The fused engine as the trainer gets it on this adapter. Throws Error where it would get another. */
export function createFused({ shape }: Pick<Workload, 'shape'>): FusedPolicy {
  const policy = createPolicy(shape, { unwritable: BENCH_UNWRITABLE, seed: SEED });
  if (!('counts' in policy)) throw new Error(`bench: expected the fused engine, got the reference on ${tf.getBackend()}`);
  return policy as FusedPolicy;
}

function policyContender(name: ContenderName, workload: Workload, policy: Policy): Contender {
  const { shape } = workload;
  return {
    name,
    writer: () => policyWriter(policy, workload),
    rollOut: () => rollOut(policyWriter(policy, workload), workload),
    async update(batch, weights) {
      const { gradNorm, scores } = await policy.update(batch, weights, UPDATE_OPTIONS);
      return { gradNorm, logProbs: scores.logProbs };
    },
    parameters: async () => (await policy.save()).parameters,
    restart: () => policy.load({ shape, parameters: initialParameters(shape, SEED) }),
    dispose: () => policy.dispose(),
  };
}
