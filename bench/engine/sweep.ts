// Sizes one axis at a time: how the engines' times grow with the width, the layers and the rollouts.
import { type ContenderName, createContender } from './contenders.ts';
import { updateFlops } from './flops.ts';
import { benchWeights, type Workload } from './workload.ts';

export type Axis = 'width' | 'layers' | 'rollouts';

export interface SweepPoint {
  readonly axis: Axis;
  readonly value: number;
  readonly workload: Workload;
  /** Least milliseconds by engine; absent where an engine was left out. */
  readonly rollout: Readonly<Partial<Record<ContenderName, number>>>;
  readonly update: Readonly<Partial<Record<ContenderName, number>>>;
}

const HARDWARE: Readonly<Record<Axis, readonly number[]>> = {
  width: [32, 64, 96, 128, 192, 256],
  layers: [1, 2, 3, 4],
  rollouts: [16, 32, 64, 128, 256, 512],
};
const SOFTWARE: typeof HARDWARE = { ...HARDWARE, rollouts: [4, 8, 16, 32, 64] };

/** Most work of an update, as a multiple of the base's, that an engine is given on a software adapter. */
const SOFTWARE_MOST: Readonly<Record<ContenderName, number>> = { FusedPolicy: Number.POSITIVE_INFINITY, ReferencePolicy: 1, 'jax-js': 2 };

/** Every point of every axis around `base`; a size that two axes share is measured once. */
export async function runSweep(base: Workload, software: boolean, names: readonly ContenderName[], log: (line: string) => void): Promise<SweepPoint[]> {
  const known = new Map<string, SweepPoint>();
  const points: SweepPoint[] = [];
  for (const [axis, values] of Object.entries(software ? SOFTWARE : HARDWARE) as [Axis, readonly number[]][])
    for (const value of values) {
      const workload = sized(base, axis, value);
      const key = JSON.stringify(workload);
      const some = names.filter((name) => !software || updateFlops(workload) <= SOFTWARE_MOST[name] * updateFlops(base));
      const point = known.get(key) ?? { workload, ...(await measurePoint(workload, some, software)) };
      known.set(key, point as SweepPoint);
      points.push({ ...point, axis, value });
      log(`${axis} ${value}: ${some.map((name) => `${name} ${Math.round(point.rollout[name] ?? 0)}, ${Math.round(point.update[name] ?? 0)} ms`).join('; ')}`);
    }
  return points;
}

/** Heads stay 16 wide and the hidden layer four times the width. */
export function sized(base: Workload, axis: Axis, value: number): Workload {
  if (axis === 'rollouts') return { ...base, rollouts: value };
  if (axis === 'layers') return { ...base, shape: { ...base.shape, layers: value } };
  return { ...base, shape: { ...base.shape, width: value, heads: value / 16, hidden: 4 * value } };
}

async function measurePoint(workload: Workload, names: readonly ContenderName[], software: boolean): Promise<Pick<SweepPoint, 'rollout' | 'update'>> {
  const rollout: Partial<Record<ContenderName, number>> = {};
  const update: Partial<Record<ContenderName, number>> = {};
  for (const name of names) {
    const rounds = name === 'FusedPolicy' || !software ? 5 : 1;
    const contender = createContender(name, workload);
    const { batch } = await contender.rollOut();
    const weights = benchWeights(batch);
    rollout[name] = await least(() => contender.rollOut(), rounds);
    await contender.update(batch, weights);
    update[name] = await least(() => contender.update(batch, weights), rounds);
    contender.dispose();
  }
  return { rollout, update };
}

async function least(work: () => Promise<unknown>, rounds: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
