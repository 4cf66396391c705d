// The truth that only a sandbox has: the value of a tool call, by re-rolling from before and after it under the same policy.
import { episodeBefore } from '../env/episode.ts';
import type { Benchmark } from '../env/types.ts';
import type { Policy } from '../policy/types.ts';
import { hash32, type TrueValue, trueValue } from '../tapo/index.ts';
import { collectRewarded, type RewardedOptions } from './rewarded.ts';
import type { CollectedRollout, RolloutJob, RolloutState } from './rollout.ts';
import { transcriptBefore } from './transcript.ts';

/** True values that cannot be had of this policy in this world. */
export class TruthError extends Error {
  override readonly name = 'TruthError';
}

/** What continuations from a state came to. */
export interface StateValue {
  readonly rewards: readonly number[];
  /** Share that answered correctly. */
  readonly success: number;
}

/** An executed tool call with its true value. */
export interface ValuedCall extends TrueValue {
  readonly group: string;
  readonly rollout: string;
  readonly step: number;
  readonly tool: string;
  readonly before: StateValue;
  readonly after: StateValue;
}

export interface ValuedRollout {
  readonly calls: readonly ValuedCall[];
  /** Before the last turn. */
  readonly last: StateValue;
}

export interface ValueOptions extends Pick<RewardedOptions, 'reward' | 'ownReward' | 'tools' | 'signal'> {
  /** K, continuations from each state. */
  readonly continuations: number;
  readonly temperature: number;
  readonly seed: number;
  /** Continuations that have ended, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Continuations played at once: enough to keep the arithmetic busy, few enough for its memory. */
const AT_ONCE = 512;

/**
 * The value of every executed call of the rollouts. Q̂ after a call is V̂ of the state that follows it, since tools are deterministic and the
 * reward comes at the end; equal states (of one prompt, word for word) are re-rolled once. Draws depend on the seed and the state alone.
 */
export async function valueRollouts(
  policy: Policy,
  benchmark: Benchmark,
  rollouts: readonly CollectedRollout[],
  options: ValueOptions,
): Promise<ValuedRollout[]> {
  const paths = rollouts.map((rollout) => rollout.episode.turns.map((_, turn) => stateBefore(rollout, turn)));
  const keyOf = (rollout: CollectedRollout, { transcript }: RolloutState): string => `${rollout.record.group} ${transcript.tokens.join(' ')}`;
  const states = new Map<string, { readonly rollout: CollectedRollout; readonly state: RolloutState }>();
  paths.forEach((path, r) => {
    const rollout = rollouts[r] as CollectedRollout;
    for (const state of path) if (!states.has(keyOf(rollout, state))) states.set(keyOf(rollout, state), { rollout, state });
  });
  const values = await valueStates(policy, benchmark, states, options);
  return rollouts.map((rollout, r) => {
    const path = paths[r] as RolloutState[];
    const end: StateValue = { rewards: [rollout.record.reward], success: rollout.outcome.correct ? 1 : 0 };
    const valueAt = (turn: number): StateValue => (turn < path.length ? (values.get(keyOf(rollout, path[turn] as RolloutState)) as StateValue) : end);
    const { group, rollout: id, steps } = rollout.record;
    const calls = steps.flatMap(({ tool }, step): ValuedCall[] => {
      if (!tool || tool.ok === false) return [];
      const [before, after] = [valueAt(step), valueAt(step + 1)];
      return [{ group, rollout: id, step, tool: tool.name, before, after, ...trueValue(before.rewards, after.rewards) }];
    });
    return { calls, last: valueAt(path.length - 1) };
  });
}

function stateBefore({ episode, transcript }: CollectedRollout, turn: number): RolloutState {
  const text = transcriptBefore(transcript, turn);
  if (!text) throw new RangeError(`stateBefore: expected a turn below ${episode.turns.length}, got ${turn}`);
  return { episode: episodeBefore(episode, turn), transcript: text };
}

type States = ReadonlyMap<string, { readonly rollout: CollectedRollout; readonly state: RolloutState }>;

async function valueStates(policy: Policy, benchmark: Benchmark, states: States, options: ValueOptions): Promise<Map<string, StateValue>> {
  const { continuations, seed, onProgress, ...collecting } = options;
  const values = new Map<string, StateValue>();
  const byLength = [...states].sort(([, a], [, b]) => a.state.transcript.tokens.length - b.state.transcript.tokens.length); // alike ones pad little
  const perBatch = Math.max(1, Math.floor(AT_ONCE / continuations));
  for (let first = 0; first < byLength.length; first += perBatch) {
    const some = byLength.slice(first, first + perBatch);
    const jobs = some.flatMap(([, { rollout, state }], s) =>
      Array.from({ length: continuations }, (_, k): RolloutJob => {
        const key = hash32(seed, k, ...state.transcript.tokens);
        return { task: state.episode.task, codec: rollout.codec, group: String(s), rollout: `${s}/${k}`, key, from: state };
      }),
    );
    const { rollouts } = await collectRewarded(policy, benchmark, jobs, collecting);
    some.forEach(([key], s) => {
      const ended = rollouts.slice(s * continuations, (s + 1) * continuations).filter(({ outcome }) => !outcome.dropped);
      if (ended.length === 0) throw new TruthError(`the world failed in all ${continuations} continuations of a state; nothing can be said of its value`);
      values.set(key, {
        rewards: ended.map(({ record }) => record.reward),
        success: ended.filter(({ outcome }) => outcome.correct).length / ended.length,
      });
    });
    onProgress?.(Math.min(byLength.length, first + perBatch) * continuations, byLength.length * continuations);
  }
  return values;
}
