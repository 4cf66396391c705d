// npm run bench -- equality: whether FusedPolicy goes the way that ReferencePolicy goes, on the same rollouts and on its own.
import type { Bench, Table } from '../table.ts';
import { curveFigure } from './curveFigure.ts';
import type { Deviation, Equality } from './equality.ts';
import { runTask } from './place.ts';

export const equalityBench: Bench = {
  about: 'FusedPolicy on WebGPU against ReferencePolicy on wasm: updates on the same rollouts, and training from the same start',
  async run(progress, { on }) {
    const equality = await runTask(on, 'equality', progress);
    const { curves } = equality;
    const figure = curveFigure(
      curves.map(({ engine, rewards }) => ({ name: engine, values: rewards })),
      { x: 'update', y: 'mean reward' },
    );
    return { tables: [deviationTable(equality), rewardTable(equality)], figures: { 'engine-rewards.svg': figure }, data: { on, ...equality } };
  },
};

const SHOWN = [1, 10, 20, 30, 40, 50];

function deviationTable({ adapter, deviations, options }: Equality): Table {
  const row = (name: string, of: (deviation: Deviation) => number): readonly string[] => [
    name,
    ...SHOWN.map((update) => of(deviations[update - 1] as Deviation).toExponential(1)),
    deviations.reduce((most, deviation) => Math.max(most, of(deviation)), 0).toExponential(1),
  ];
  return {
    title: `${adapter}: greatest deviation at an update on the same rollouts, learning rate ${options.learningRate}`,
    columns: ['', ...SHOWN.map(String), 'greatest'],
    rows: [
      row('log-probs before it, nats', ({ logProbs }) => logProbs),
      row('norm of the gradient, share', ({ gradNorm }) => gradNorm),
      row('parameters after it', ({ parameters }) => parameters),
    ],
  };
}

function rewardTable({ curves }: Equality): Table {
  const [reference, fused] = curves.map(({ rewards }) => rewards) as [readonly number[], readonly number[]];
  const apart = reference.findIndex((reward, i) => reward !== fused[i]);
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const off = reference.map((reward, i) => Math.abs(reward - (fused[i] as number)));
  return {
    title: `Mean reward of ${reference.length} updates from the same start with the same seeds`,
    columns: ['', 'ReferencePolicy', 'FusedPolicy'],
    rows: [
      ['first ten updates', ...[reference, fused].map((rewards) => mean(rewards.slice(0, 10)))],
      ['last ten updates', ...[reference, fused].map((rewards) => mean(rewards.slice(-10)))],
      ['updates with the same reward', '', String(off.filter((x) => x === 0).length)],
      ['first update with another', '', apart < 0 ? '–' : String(apart + 1)],
      ['greatest difference', '', Math.max(...off)],
    ],
  };
}
