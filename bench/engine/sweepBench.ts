// npm run bench -- sweep: how the engines' times grow with the model and with the rollouts.
import { type Bench, shown, type Table } from '../table.ts';
import type { ContenderName } from './contenders.ts';
import { sizeOf } from './engineBench.ts';
import { tokensPerSecond } from './flops.ts';
import { runTask } from './place.ts';
import type { Axis, SweepPoint } from './sweep.ts';
import type { Sweep } from './tasks.ts';
import { BUDGET_WORKLOAD, SOFTWARE_WORKLOAD } from './workload.ts';

const AXES: readonly Axis[] = ['width', 'layers', 'rollouts'];
const OTHERS: readonly ContenderName[] = ['ReferencePolicy', 'jax-js'];

export const sweepBench: Bench = {
  about: 'the engines by width, layers and rollouts, one axis at a time',
  async run(progress, { on }) {
    const sweep = await runTask(on, 'sweep', progress);
    return { tables: AXES.map((axis) => sweepTable(sweep, axis)), data: { on, ...sweep } };
  },
};

/** Times of the fastest run, and how many times as long the other engines take. */
function sweepTable({ adapter, software, points }: Sweep, axis: Axis): Table {
  const ratio = (times: SweepPoint['update'], name: ContenderName): string => {
    const [own, other] = [times.FusedPolicy, times[name]];
    return own !== undefined && other !== undefined ? shown(other / own) : '–';
  };
  return {
    title: `${adapter}, by ${axis}, around ${sizeOf(software ? SOFTWARE_WORKLOAD : BUDGET_WORKLOAD)}`,
    columns: [axis, 'tokens/s', ...OTHERS.map((name) => `${name}, × as long`), 'update, ms', ...OTHERS.map((name) => `${name}, × as long`)],
    rows: points
      .filter((point) => point.axis === axis)
      .map(({ value, workload, rollout, update }) => [
        String(value),
        tokensPerSecond(workload, rollout.FusedPolicy as number),
        ...OTHERS.map((name) => ratio(rollout, name)),
        update.FusedPolicy as number,
        ...OTHERS.map((name) => ratio(update, name)),
      ]),
  };
}
