// The training loop: collect → credit → improve → report, once an update. Read it top to bottom.
import type { OwnReward } from '../env/own/openOwnCode.ts';
import type { Benchmark, Tool } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { assignCredit, type CreditedBatch } from './assignCredit.ts';
import { measureBeliefs } from './beliefs.ts';
import { buildCodec } from './codec.ts';
import { collectBatch } from './collectBatch.ts';
import type { TrainConfig } from './config.ts';
import { type Evaluation, evaluatePolicy } from './evaluate.ts';
import { type Improvement, improvePolicy } from './improve.ts';
import { improveUnmasked } from './improveUnmasked.ts';
import { measureUpdate } from './measure.ts';
import type { MetricRecord } from './metrics.ts';
import { probePolicy } from './probes.ts';
import type { CollectedRollout } from './rollout.ts';
import { measureSimilarities } from './similarities.ts';

export type TrainPhase = 'evaluate' | 'rollout' | 'credit' | 'update';

/** What is under way: `done` of `total` rollouts have ended. */
export interface PhaseReport {
  readonly update: number;
  readonly phase: TrainPhase;
  readonly done: number;
  readonly total: number;
}

export type TrainEvent =
  | { readonly kind: 'evaluated'; readonly update: number; readonly sampled: Evaluation; readonly greedy: Evaluation }
  /** The probe questions under the policy as the update left it, and what credit assignment makes of them. */
  | { readonly kind: 'probed'; readonly update: number; readonly rollouts: readonly CollectedRollout[]; readonly credit: CreditedBatch }
  | {
      readonly kind: 'updated';
      readonly update: number;
      readonly metrics: MetricRecord;
      readonly rollouts: readonly CollectedRollout[];
      readonly credit: CreditedBatch;
      readonly improvement: Improvement;
    };

export interface TrainParts {
  readonly benchmark: Benchmark;
  /** Trained in place. */
  readonly policy: Policy;
  /** log π_ref for the KL term; needed only with a KL coefficient. */
  readonly reference?: Policy;
  /** Tools, if not the benchmark's own. */
  readonly tools?: readonly Tool[];
  /** The reward of the run's own, if it has one, opened (env/own/openOwnCode.ts); its own tools are among `tools`. */
  readonly ownReward?: OwnReward | null;
  /** Milliseconds. Default performance.now. */
  readonly now?: () => number;
  /** Called while an update is under way. */
  readonly onPhase?: (report: PhaseReport) => void;
  /** Stops the loop: rollouts under way are dropped, and the policy stays as the last whole update left it. */
  readonly signal?: AbortSignal;
}

/**
 * Trains from update `from` (counted from 1) to the last of the configuration. An event is yielded when its update is whole, and nothing
 * goes on until the next is asked for: whoever consumes them can pause, save or step. The untrained policy is
 * evaluated and probed first, as update 0.
 */
export async function* train(config: TrainConfig, parts: TrainParts, from = 1): AsyncGenerator<TrainEvent> {
  const { benchmark, policy, reference = null, tools = benchmark.tools, signal, now = () => performance.now(), onPhase } = parts;
  const report = (update: number, phase: TrainPhase, done = 0, total = 0): void => onPhase?.({ update, phase, done, total });
  const isDue = (update: number, every: number): boolean => every > 0 && (update % every === 0 || update === config.updates);
  const creditOf = async (rollouts: readonly CollectedRollout[]): Promise<CreditedBatch> =>
    assignCredit(
      rollouts,
      config,
      config.credit.rule === 'delta-belief' ? await measureBeliefs(policy, rollouts) : null,
      await measureSimilarities(
        rollouts.map((r) => r.record),
        tools,
        config.credit,
      ),
    );
  const evaluate = async (update: number): Promise<TrainEvent & { kind: 'evaluated' }> => {
    const codec = buildCodec(benchmark.vocabulary)();
    const both = {
      preset: config.preset,
      split: 'validation',
      tasks: config.evaluationTasks,
      ...(parts.tools ? { tools: parts.tools } : {}),
      ...(signal ? { signal } : {}),
      onTurn: (done: number, total: number) => report(update, 'evaluate', done, total),
    } as const;
    const sampled = await evaluatePolicy(policy, benchmark, codec, { ...both, temperature: 1 });
    return { kind: 'evaluated', update, sampled, greedy: await evaluatePolicy(policy, benchmark, codec, { ...both, temperature: 0 }) };
  };

  const probe = async (update: number): Promise<TrainEvent & { kind: 'probed' }> => {
    report(update, 'evaluate');
    const rollouts = await probePolicy(policy, benchmark, config, { tools, ownReward: parts.ownReward, ...(signal ? { signal } : {}) });
    return { kind: 'probed', update, rollouts, credit: await creditOf(rollouts) };
  };

  try {
    if (from === 1 && config.evaluateEvery > 0) yield await evaluate(0);
    if (from === 1 && config.probeEvery > 0) yield await probe(0);
    for (let update = from; update <= config.updates; update++) {
      signal?.throwIfAborted();
      const started = now();
      const batch = await collectBatch(config, parts, update, (done, total) => report(update, 'rollout', done, total));
      const { rollouts } = batch;
      const collected = now();
      report(update, 'credit');
      const credit = await creditOf(rollouts);
      const credited = now();
      report(update, 'update');
      const [evaluates, probes] = [isDue(update, config.evaluateEvery), isDue(update, config.probeEvery)];
      const before = evaluates || probes ? await policy.save() : null;
      const improve = config.responseMask ? improvePolicy : improveUnmasked;
      const improvement = await improve(policy, rollouts, credit.tokenAdvantages, config, update, reference);
      const improved = now();
      const looked = async () => [evaluates ? await evaluate(update) : null, probes ? await probe(update) : null] as const;
      const [evaluation, probed] = await looked().catch((error) => {
        if (before) policy.load(before); // the update is not whole
        throw error;
      });
      const times = {
        rollout: collected - started,
        credit: credited - collected,
        update: improved - credited,
        evaluate: evaluation || probed ? now() - improved : null,
      };
      const metrics = measureUpdate({ update, batch, credit, improvement, evaluation, times, tools });
      if (evaluation) yield evaluation;
      if (probed) yield probed;
      yield { kind: 'updated', update, metrics, rollouts, credit, improvement };
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
