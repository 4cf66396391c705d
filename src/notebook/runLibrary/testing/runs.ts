// Runs for tests of the library: small, with everything that a state can hold.
import { type TrainSpec, trainConfig } from '../../../train/config.ts';
import type { GroupReport } from '../../../train/report.ts';
import { EMPTY_RUN, type RunState } from '../../runs.ts';

const group: GroupReport = {
  group: 'u1/0',
  task: { id: 't', preset: 'grid', split: 'train', type: 'capital', question: 'What is the capital?', answer: 'Oslo', scene: { cells: [1, 2] } },
  clusters: [{ tool: 'zoom', members: [['a', 0]], support: 1, advantage: 0.7 }],
  rollouts: [
    {
      rollout: 'a',
      advantage: 0.7,
      outcome: 'success',
      correct: true,
      reward: 1,
      answer: 'Oslo',
      steps: [
        {
          advantage: 0.7,
          corrected: 0.7,
          similarity: null,
          support: null,
          cluster: null,
          reason: 'success',
          witness: null,
          tool: 'zoom',
          witnessSimilarity: null,
          words: ['<tool_call>', 'zoom', '</tool_call>'],
          logProbs: [-0.1, -0.2, 0],
          entropies: [0.3, 0.2, 0],
          ratios: null,
          action: { kind: 'call', tool: 'zoom', toolKind: 'region', arguments: { bbox_2d: [0, 0, 96, 96] }, start: 0 },
          observation: { kind: 'image', index: 1, region: { image: '0', bbox: [0, 0, 96, 96] } },
        },
      ],
    },
  ],
};

/** A run after so many updates; its numbers depend on the seed. A field that no version knows, and numbers that JSON lacks, are in it. */
export function storedState(spec: TrainSpec = {}, updates = 3): RunState {
  const config = trainConfig(spec);
  const numbers = Array.from({ length: updates }, (_, i) => i + 1);
  const state = {
    ...EMPTY_RUN,
    config,
    status: 'paused' as const,
    update: updates,
    metrics: numbers.map((update) => ({
      update,
      accuracy: Math.sin(update + config.seed) ** 2,
      ...(update === 2 ? {} : { 'credit/action_rate@0.7': 1 / (update + 2) }),
      'policy/grad_norm': update === 3 ? Number.NaN : 0.1 + 0.2,
      'policy/ratio_max': update === 3 ? Number.POSITIVE_INFINITY : -0,
    })),
    evaluations: [{ update: 0, sampled: 0.3125, greedy: 0.375 }],
    histograms: numbers.map((update) => ({ update, before: [1, 2], after: [3, 0] })),
    groups: [{ update: 1, groups: [group] }],
    probes: [{ update: 1, groups: [group] }],
    fieldOfALaterVersion: { kept: true },
  };
  return state;
}
