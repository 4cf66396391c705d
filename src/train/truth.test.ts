import { beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import { episodeBefore } from '../env/episode.ts';
import { REWARDS } from '../env/rewards.ts';
import type { Policy } from '../policy/types.ts';
import { measureBeliefs } from './beliefs.ts';
import { drawJobs } from './collectBatch.ts';
import { trainConfig } from './config.ts';
import { compareCredit } from './creditComparison.ts';
import { estimateTruth } from './estimateTruth.ts';
import { type CollectedRollout, collectRollouts, type RolloutJob } from './rollout.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';
import { transcriptBefore } from './transcript.ts';
import { valueRollouts } from './truth.ts';

const config = trainConfig({ prompts: 3, groupSize: 4 });
const options = { continuations: 6, reward: 'exact', temperature: 1, seed: 5 } as const;
let atlas: Atlas;
let policy: Policy;
let jobs: RolloutJob[];
let rollouts: readonly CollectedRollout[];
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  policy = await basePolicy(atlas);
  jobs = drawJobs(config, atlas, 1, 0);
  ({ rollouts } = await collectRollouts(policy, atlas, jobs, { reward: REWARDS.exact }));
}, 60_000);

describe('collectRollouts from a state', () => {
  it('goes on exactly as the rollout went, under the same key', async () => {
    const later = rollouts.flatMap((rollout, r) => rollout.episode.turns.slice(1).map((_, turn) => ({ rollout, r, turn: turn + 1 })));
    expect(later.length).toBeGreaterThan(8);
    const again = await collectRollouts(
      policy,
      atlas,
      later.map(({ rollout, r, turn }) => ({
        ...(jobs[r] as RolloutJob),
        from: { episode: episodeBefore(rollout.episode, turn), transcript: transcriptBefore(rollout.transcript, turn) as CollectedRollout['transcript'] },
      })),
      { reward: REWARDS.exact },
    );
    again.rollouts.forEach(({ episode, transcript, outcome }, i) => {
      const { rollout } = later[i] as (typeof later)[number];
      expect(episode.turns.map((turn) => turn.words)).toEqual(rollout.episode.turns.map((turn) => turn.words));
      expect(transcript.tokens).toEqual(rollout.transcript.tokens);
      expect(outcome).toEqual(rollout.outcome);
    });
  });
  it('leaves the state as it was, however many go on from it', async () => {
    const rollout = rollouts.find(({ episode }) => episode.turns.length > 1) as CollectedRollout;
    const from = { episode: episodeBefore(rollout.episode, 1), transcript: transcriptBefore(rollout.transcript, 1) as CollectedRollout['transcript'] };
    const length = from.transcript.tokens.length;
    const job = jobs[rollouts.indexOf(rollout)] as RolloutJob;
    const { rollouts: both } = await collectRollouts(
      policy,
      atlas,
      [1, 2].map((key) => ({ ...job, key, from })),
      { reward: REWARDS.exact },
    );
    expect(from.transcript.tokens).toHaveLength(length);
    for (const { transcript } of both) expect(transcript.tokens.slice(0, length)).toEqual(from.transcript.tokens);
  });
});

describe('valueRollouts(policy, benchmark, rollouts)', () => {
  it('values every executed call, from the state before it to the state after it', async () => {
    const values = await valueRollouts(policy, atlas, rollouts, options);
    values.forEach(({ calls }, r) => {
      const executed = (rollouts[r] as CollectedRollout).record.steps.flatMap(({ tool }, s) => (tool && tool.ok !== false ? [s] : []));
      expect(calls.map((call) => call.step)).toEqual(executed);
      calls.forEach((call, i) => {
        expect(call.before.rewards).toHaveLength(6);
        if (calls[i + 1]?.step === call.step + 1) expect(calls[i + 1]?.before).toBe(call.after); // one state, one value
      });
    });
    const first = values.flatMap(({ calls }) => calls.filter((call) => call.step === 0 && call.group === rollouts[0]?.record.group));
    for (const call of first) expect(call.before).toBe(first[0]?.before); // the question is the same for the whole group
  });
  it('gives the same values again, whatever else is valued with them', async () => {
    const [all, some] = [await valueRollouts(policy, atlas, rollouts, options), await valueRollouts(policy, atlas, rollouts.slice(0, 4), options)];
    expect(some).toEqual(all.slice(0, 4));
  });
});

describe('measureBeliefs(policy, rollouts)', () => {
  it('gives a log-probability before the first turn and after each', async () => {
    const beliefs = await measureBeliefs(policy, rollouts);
    beliefs.forEach((path, r) => {
      expect(path).toHaveLength((rollouts[r] as CollectedRollout).episode.turns.length + 1);
      for (const b of path) expect(b).toBeLessThan(0);
      expect(path[0]).toBeCloseTo((beliefs[r - (r % 4)] as number[])[0] as number, 5); // the group starts alike
    });
  });
});

describe('compareCredit(rollouts, values, …)', () => {
  it('judges a rule by the calls that it corrected', async () => {
    const values = await valueRollouts(policy, atlas, rollouts, options);
    const beliefs = await measureBeliefs(policy, rollouts);
    const report = compareCredit(rollouts, values, beliefs, config, 6);
    const rule = (name: string) => report.rules.find((r) => r.rule === name);
    expect(report.calls).toHaveLength(values.flatMap(({ calls }) => calls).length);
    expect(rule('none')?.corrected).toEqual({ helpful: 0, harmful: 0, unresolved: 0 });
    expect(rule('none')?.judgement.precision.value).toBeNull();
    const raised = report.calls.filter((call) => call.failing && call.assigned.tapo > call.assigned.none);
    const corrected: Readonly<Record<string, number>> = rule('tapo')?.corrected ?? {};
    expect(Object.values(corrected).reduce((sum, n) => sum + n, 0)).toBe(raised.length);
    for (const call of report.calls) if (call.failing) expect(call.assigned.tapo).toBeLessThanOrEqual(0);
    const { earned, routine, lucky, noCall } = report.successes;
    expect(earned + routine + lucky + noCall).toBe(rollouts.filter((r) => r.outcome.correct).length);
  });
});

describe('estimateTruth(config, parts)', () => {
  it('takes whole prompts with mixed outcomes until they hold enough calls, and tells how far it is', async () => {
    const seen: string[] = [];
    const report = await estimateTruth(config, { benchmark: atlas, policy }, { calls: 10, continuations: 2, onProgress: (phase) => seen.push(phase) });
    expect(report.calls.length).toBeGreaterThanOrEqual(10);
    expect(report.calls.some((call) => call.failing)).toBe(true);
    expect(new Set(report.calls.map((call) => call.group)).size).toBeLessThanOrEqual(report.groups);
    expect(seen).toContain('continuations');
  }, 60_000);
});
