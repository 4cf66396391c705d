// The same work by all engines on one adapter, in turn; and what of WebGPU each of them takes for it.
import type { FusedPolicy } from '../../src/policy/fused/fusedPolicy.ts';
import { type Agreement, checkAgreement } from './agreement.ts';
import { type Contender, type ContenderName, createContender, createFused } from './contenders.ts';
import { countCalls, difference, type GpuCalls } from './gpuLedger.ts';
import { benchWeights, keysOf, policyWriter, segmentsOf, type Workload } from './workload.ts';

/** One work in one engine. */
export interface Timed {
  readonly name: ContenderName;
  /** Milliseconds of each run; the n-th runs of all engines followed on each other. */
  readonly times: readonly number[];
  /** Asked of WebGPU in one run, counted there. */
  readonly calls: GpuCalls;
}

export interface Sides {
  readonly workload: Workload;
  /** Of the other engines with FusedPolicy. */
  readonly agreement: readonly Agreement[];
  /** All turns with what is read before each. */
  readonly rollout: readonly Timed[];
  readonly update: readonly Timed[];
}

/** Runs both works in all engines `rounds` times, after each has done both once. Throws Error if engines do not agree. */
export async function runSides(workload: Workload, names: readonly ContenderName[], rounds: number, log: (line: string) => void): Promise<Sides> {
  const contenders = names.map((name) => createContender(name, workload));
  try {
    const { rolledOut, agreement } = await checkAgreement(contenders);
    log('the engines agree');
    const inTurn = async (what: string, work: (contender: Contender) => Promise<unknown>): Promise<Timed[]> => {
      const times: number[][] = contenders.map(() => []);
      const calls: GpuCalls[] = [];
      for (let round = 1; round <= rounds; round++) {
        for (const [i, contender] of contenders.entries()) {
          const start = performance.now();
          calls[i] = await countCalls(() => work(contender));
          times[i]?.push(performance.now() - start);
        }
        log(`${what} ${round} of ${rounds}: ${names.map((name, i) => `${name} ${Math.round(times[i]?.at(-1) as number)} ms`).join(', ')}`);
      }
      return names.map((name, i) => ({ name, times: times[i] as number[], calls: calls[i] as GpuCalls }));
    };
    const { batch } = rolledOut;
    const weights = benchWeights(batch);
    return {
      workload,
      agreement,
      update: await inTurn('update', (contender) => contender.update(batch, weights)),
      rollout: await inTurn('rollout', (contender) => contender.rollOut()),
    };
  } finally {
    for (const contender of contenders) contender.dispose();
  }
}

export interface TurnCalls {
  /** Reading a question with its picture, an observation, and writing a turn. */
  readonly question: GpuCalls;
  readonly observation: GpuCalls;
  readonly turn: GpuCalls;
}

/** The parts of a rollout of FusedPolicy by its own counts, since what it records while reading reaches WebGPU with the turn. */
export async function countTurns(workload: Workload): Promise<TurnCalls> {
  const policy: FusedPolicy = createFused(workload);
  const writer = policyWriter(policy, workload);
  const counted = async (work: () => Promise<unknown>): Promise<GpuCalls> => {
    const before = policy.counts();
    await work();
    return difference(policy.counts(), before);
  };
  const question = await counted(() => writer.read(segmentsOf(workload, 0)));
  await writer.write(keysOf(workload, 0));
  const observation = await counted(() => writer.read(segmentsOf(workload, 1)));
  const turn = await counted(() => writer.write(keysOf(workload, 1)));
  writer.end();
  policy.dispose();
  return { question, observation, turn };
}
