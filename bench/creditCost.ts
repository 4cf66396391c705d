// What credit transfer costs as tool calls and groups grow, and what it would cost if every pair of calls were compared.
import { groupAdvantages } from '../src/tapo/advantages.ts';
import { transferCredit } from '../src/tapo/credit.ts';
import type { Rollout } from '../src/tapo/rollout.ts';
import { atMost, type Budget } from './budgets.ts';
import { medianTime } from './medianTime.ts';
import { rolloutGroups, type World } from './rolloutWorlds.ts';
import type { Bench, Table } from './table.ts';

const WORLDS: readonly World[] = ['repeating', 'distinct'];
const CALLS = [100, 1_000, 10_000, 100_000];
const GROUP_SIZES = [8, 64, 512];
const SEED = 1;

interface Point {
  readonly world: World;
  readonly groupSize: number;
  readonly shortcuts: boolean;
  /** Tool calls, counted. */
  readonly calls: number;
  readonly milliseconds: number;
}

export const creditCost: Bench = {
  about: 'transferCredit over all groups, by number of tool calls and size of group',
  run(progress) {
    for (const world of WORLDS) for (const shortcuts of [true, false]) measure(world, 1_000, 64, shortcuts); // compiles it for both worlds
    const points: Point[] = [];
    for (const world of WORLDS)
      for (const groupSize of GROUP_SIZES)
        for (const shortcuts of [true, false])
          for (const calls of CALLS) {
            if (!shortcuts && calls > 10_000) continue; // too slow for a median
            const point = measure(world, calls, groupSize, shortcuts);
            points.push(point);
            progress(`${world}, groups of ${groupSize}${shortcuts ? '' : ', every pair'}: ${point.calls} calls in ${point.milliseconds.toFixed(2)} ms`);
          }
    const tables = WORLDS.flatMap((world) => [true, false].map((shortcuts) => costTable(points, world, shortcuts)));
    return { tables, budgets: WORLDS.map((world) => growthBudget(points, world)), data: { seed: SEED, points } };
  },
};

function measure(world: World, calls: number, groupSize: number, shortcuts: boolean): Point {
  const groups = rolloutGroups(world, calls, groupSize, SEED).map((group) => ({ group, advantages: groupAdvantages(group.map((r) => r.reward)) }));
  const milliseconds = medianTime(() => groups.map(({ group, advantages }) => transferCredit(group, advantages, { shortcuts })), {
    samples: shortcuts ? 9 : 5,
  });
  return { world, groupSize, shortcuts, calls: groups.reduce((sum, { group }) => sum + countCalls(group), 0), milliseconds };
}

function countCalls(group: readonly Rollout[]): number {
  return group.reduce((sum, { steps }) => sum + steps.filter((step) => step.tool).length, 0);
}

/** The time of a hundred times the calls, in the size of group where it grows most. */
function growthBudget(points: readonly Point[], world: World): Budget {
  const ratios = GROUP_SIZES.flatMap((groupSize) => {
    const times = points.filter((p) => p.world === world && p.groupSize === groupSize && p.shortcuts).map(({ milliseconds }) => milliseconds);
    return times.slice(2).map((ms, i) => ms / (times[i] as number));
  });
  return { what: `credit transfer of 100 × the calls, ${world}`, measured: Math.max(...ratios), bound: atMost(150), unit: '×' };
}

/** Microseconds per call, and what a hundred times the calls cost. */
function costTable(points: readonly Point[], world: World, shortcuts: boolean): Table {
  const rows = GROUP_SIZES.map((groupSize) => {
    const of = points.filter((p) => p.world === world && p.groupSize === groupSize && p.shortcuts === shortcuts);
    const perCall = of.map((p) => (1000 * p.milliseconds) / p.calls);
    const ratio = (from: number): number | string => (of[from] && of[from + 2] ? (of[from + 2] as Point).milliseconds / (of[from] as Point).milliseconds : '–');
    return [`${groupSize}`, ...CALLS.map((_, i) => perCall[i] ?? '–'), ratio(0), ratio(1)];
  });
  return {
    title: `${world} calls, ${shortcuts ? 'as shipped' : 'every pair compared'}: µs per call; time for 100 × the calls`,
    columns: ['rollouts a group', ...CALLS.map((n) => `${n} calls`), '10⁴ : 10²', '10⁵ : 10³'],
    rows,
  };
}
