import { expect, it } from 'vitest';
import type { GroupReport, ObservationReport } from '../../train/report.ts';
import { testGroup } from '../testing/testGroup.ts';
import { unequalCalls } from './unequalCalls.ts';

/** The group, where the first call of each rollout found these titles. */
function finding(group: GroupReport, titles: readonly (readonly string[])[]): GroupReport {
  const found = (texts: readonly string[]): ObservationReport => ({
    kind: 'documents',
    results: texts.map((title, i) => ({ id: String(i), title, text: '', score: 1 })),
  });
  return {
    ...group,
    rollouts: group.rollouts.map((rollout, r) => ({
      ...rollout,
      steps: rollout.steps.map((step, s) => (s === 0 ? { ...step, observation: found(titles[r] ?? []) } : step)),
    })),
  };
}

const group = testGroup(['france', 'france', 'chad', 'france'].map((query, i) => ({ reward: i % 2, steps: [{ query }, { answer: 'x' }] })));

it('unequalCalls(group) names equal calls that were answered differently, and who met what', () => {
  expect(unequalCalls(finding(group, [['Paris'], [], ['Chad'], ['Paris']]))).toEqual([
    {
      call: 'text_search_tool {"query":"france"}',
      results: [
        { text: 'Paris', rollouts: [1, 4] },
        { text: 'nothing', rollouts: [2] },
      ],
    },
  ]);
});

it('unequalCalls(group) is silent where equal calls had equal results', () => {
  expect(unequalCalls(finding(group, [['Paris'], ['Paris'], ['Chad'], ['Paris']]))).toEqual([]);
});

it('unequalCalls(group) takes a picture for the same under whatever number it came', () => {
  const zooms = testGroup([1, 0].map((reward) => ({ reward, steps: [{ zoom: [0, 0, 500, 500] }, { zoom: [0, 0, 250, 250] }, { answer: 'x' }] })));
  const renumbered = {
    ...zooms,
    rollouts: zooms.rollouts.map((rollout, r) => ({
      ...rollout,
      steps: rollout.steps.map((step) => (step.observation?.kind === 'image' ? { ...step, observation: { ...step.observation, index: r + 1 } } : step)),
    })),
  };
  expect(unequalCalls(renumbered)).toEqual([]);
});
