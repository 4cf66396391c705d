// Small groups of rollouts for tests, credited as a run would credit them.
import type { Action } from '../../env/parse.ts';
import { type Box, groupAdvantages } from '../../tapo/index.ts';
import { type TrainConfig, trainConfig } from '../../train/config.ts';
import type { GroupReport, ObservationReport, StepReport } from '../../train/report.ts';
import { creditUnder } from '../whatIf.ts';

/** What a step does. `failed`: a zoom that could not be carried out. */
export type TestStep = { readonly zoom: Box } | { readonly failed: Box } | { readonly query: string } | { readonly answer: string };

export interface TestRollout {
  readonly reward: number;
  readonly steps: readonly TestStep[];
}

export const TEST_CREDIT: TrainConfig['credit'] = trainConfig({}).credit;

/** Rollouts named "g/0", "g/1" …; right where the reward is above 0. */
export function testGroup(rollouts: readonly TestRollout[], credit: TrainConfig['credit'] = TEST_CREDIT): GroupReport {
  const advantages = groupAdvantages(rollouts.map(({ reward }) => reward));
  return creditUnder(
    {
      group: 'g',
      task: { id: 'task', preset: 'grid', split: 'train', type: 'capital', question: 'Which capital?', answer: 'Paris', scene: null },
      clusters: [],
      rollouts: rollouts.map(({ reward, steps }, r) => ({
        rollout: `g/${r}`,
        advantage: advantages[r] as number,
        outcome: 'neutral',
        correct: reward > 0,
        reward,
        answer: null,
        steps: steps.map((step) => stepOf(step, advantages[r] as number)),
      })),
    },
    credit,
  );
}

function stepOf(step: TestStep, advantage: number): StepReport {
  const { action, observation } = playedOf(step);
  const said = action.kind === 'call' ? ['<think>', 'hm', '</think>', '<tool_call>', action.tool, '</tool_call>'] : ['<answer>', 'x', '</answer>'];
  const uncredited = { advantage, corrected: advantage, similarity: null, support: null, cluster: null, witness: null, tool: null, witnessSimilarity: null };
  return { ...uncredited, reason: 'neutral', words: said, action, observation, logProbs: null, entropies: null, ratios: null };
}

function playedOf(step: TestStep): { readonly action: Action; readonly observation: ObservationReport | null } {
  if ('answer' in step) return { action: { kind: 'answer', text: step.answer, start: 0 }, observation: null };
  if ('query' in step)
    return {
      action: { kind: 'call', tool: 'text_search_tool', toolKind: 'text', arguments: { query: step.query }, start: 3 },
      observation: { kind: 'documents', results: [] },
    };
  const bbox = 'zoom' in step ? step.zoom : step.failed;
  return {
    action: { kind: 'call', tool: 'image_zoom_in_tool', toolKind: 'region', arguments: { bbox_2d: bbox, img_idx: 0 }, start: 3 },
    observation: 'zoom' in step ? { kind: 'image', index: 1, region: { image: 'task', bbox } } : { kind: 'error', cause: 'model', message: 'empty' },
  };
}
