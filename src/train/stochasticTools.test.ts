// What a stochastic tool means for rollouts: attempts differ by luck alone, and everything that is played again is as it was.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import { episodeBefore } from '../env/episode.ts';
import { REWARDS } from '../env/rewards.ts';
import { stochasticTool } from '../env/stochasticTool.ts';
import type { Tool } from '../env/types.ts';
import { readPolicy } from '../policy/safetensors.ts';
import type { Policy, PolicyState } from '../policy/types.ts';
import { drawJobs } from './collectBatch.ts';
import { trainConfig } from './config.ts';
import { train } from './loop.ts';
import { createPlayer } from './player/player.ts';
import { type CollectedRollout, collectRollouts, type RolloutJob } from './rollout.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from './testing.ts';
import { transcriptBefore } from './transcript.ts';
import { valueRollouts } from './truth.ts';

let atlas: Atlas;
let policy: Policy;
let tools: readonly Tool[];
let jobs: readonly RolloutJob[];
let rollouts: readonly CollectedRollout[];
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  policy = await basePolicy(atlas);
  tools = atlas.tools.map((tool) => (tool.kind === 'image' ? stochasticTool(tool, 0.5, 1) : tool));
  jobs = drawJobs(trainConfig({ prompts: 4, groupSize: 6 }), atlas, 1, 0);
  rollouts = await greedily(jobs);
}, 60_000);

/** Without a draw of the policy's: what differs within a group is the tool's doing. */
const greedily = async (some: readonly RolloutJob[]) => (await collectRollouts(policy, atlas, some, { reward: REWARDS.exact, temperature: 0, tools })).rollouts;
const searches = ({ episode }: CollectedRollout) => episode.turns.filter(({ observation }) => observation?.kind === 'titles');
const told = (some: readonly CollectedRollout[]) => some.map(({ record, episode }) => [record.rollout, episode]);

describe('rollouts with a stochastic tool', () => {
  it('meet different answers within a group though they wrote the same words', () => {
    const answers = new Map<string, Set<string>>();
    for (const rollout of rollouts) {
      const first = searches(rollout)[0];
      if (!first) continue;
      const asked = `${rollout.record.group} ${rollout.episode.turns.slice(0, rollout.episode.turns.indexOf(first) + 1).map(({ words }) => words.join(' '))}`;
      answers.set(asked, (answers.get(asked) ?? new Set()).add(JSON.stringify(first.observation)));
    }
    expect(Math.max(...[...answers.values()].map(({ size }) => size))).toBeGreaterThan(1);
  });

  it('are the same whatever is played with them, and go on from every turn as they went', async () => {
    expect(told(await greedily(jobs.filter((_, j) => j % 5 === 3).toReversed())).toReversed()).toEqual(told(rollouts.filter((_, j) => j % 5 === 3)));
    const later = rollouts.flatMap((rollout, r) =>
      rollout.episode.turns.slice(1).map((_, turn) => {
        const transcript = transcriptBefore(rollout.transcript, turn + 1) as CollectedRollout['transcript'];
        return { rollout, job: { ...(jobs[r] as RolloutJob), from: { episode: episodeBefore(rollout.episode, turn + 1), transcript } } };
      }),
    );
    expect(told(await greedily(later.map(({ job }) => job)))).toEqual(told(later.map(({ rollout }) => rollout)));
  });

  it('are the plays under their keys', async () => {
    const base = readPolicy(await readFile(new URL('../../public/benchmarks/atlas/base.safetensors', import.meta.url)));
    const player = createPlayer({ benchmark: atlas, tools, base });
    const place = { preset: 'grid', split: 'train', seed: 1, index: 0 } as const; // the first prompt of the run
    for (const [j, { key }] of jobs.slice(0, 6).entries()) {
      const { view } = await player.finish((await player.start(place, { policy: 'base', key, temperature: 0 })).play);
      expect(view.turns.map(({ words }) => words)).toEqual(rollouts[j]?.episode.turns.map(({ words }) => words));
    }
    player.dispose();
  });

  it('lead continuations of one state to different ends, the same ones each time', async () => {
    const options = { continuations: 8, reward: 'exact', temperature: 0, seed: 5, tools } as const;
    const values = await valueRollouts(policy, atlas, rollouts, options);
    const ends = values.flatMap(({ calls }) => calls.map(({ before }) => new Set(before.rewards).size));
    expect(Math.max(...ends)).toBe(2);
    expect(await valueRollouts(policy, atlas, rollouts.slice(0, 6), options)).toEqual(values.slice(0, 6));
  });

  it('make the run that was never stopped, when it is resumed', async () => {
    const config = trainConfig({ prompts: 4, groupSize: 4, updates: 2, evaluateEvery: 0, probeEvery: 0, learningRate: 1e-3 });
    const run = async (from: number, state: PolicyState | null) => {
      const trained = await basePolicy(atlas);
      if (state) trained.load(state);
      const states: PolicyState[] = [];
      for await (const event of train(config, { benchmark: atlas, policy: trained, tools }, from))
        if (event.kind === 'updated') states.push(await trained.save());
      trained.dispose();
      return states;
    };
    const [first, second] = await run(1, null);
    expect(await run(2, first as PolicyState)).toEqual([second]);
  });
});
