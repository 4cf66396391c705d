// Runs that take tools and a reward of one's own along: what they learn from, and that credit can be computed anew from what they report.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Atlas } from '../env/atlas/atlas.ts';
import { openOwnCode } from '../env/own/openOwnCode.ts';
import { mine, startLocal } from '../env/own/testing/localSandbox.ts';
import { ownCodesOf, type TrainSpec, trainConfig } from '../train/config.ts';
import { type TrainEvent, train } from '../train/loop.ts';
import { reportOf } from '../train/report.ts';
import { commandOf, runKey } from '../train/runKey.ts';
import { atlasFromDisk, basePolicy, wasmInNode } from '../train/testing.ts';
import { creditUnder } from './whatIf.ts';

let atlas: Atlas;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
});

const SMALL: TrainSpec = { prompts: 4, groupSize: 4, updates: 1, epochs: 1, evaluateEvery: 0, probeEvery: 0, credit: { outcome: 'sign' } };
const REWARD = mine('train.reward(({ correct, tokens, calls }) => (correct ? 1 : 0) - tokens / 1000 - calls.length / 100)');
const byLength = `similarity: (a, b) => (a.arguments.query.length === b.arguments.query.length ? 1 : 0.25)`;
const SEARCH = mine(`train.tool({ name: 'text_search_tool', call: ({ query }) => [{ title: query, text: 'x' }], ${byLength} })`);

type Updated = TrainEvent & { readonly kind: 'updated' };

async function update(spec: TrainSpec): Promise<Updated> {
  const config = trainConfig({ ...SMALL, ...spec });
  const own = await openOwnCode(ownCodesOf(config), { benchmark: atlas, tools: atlas.tools, start: startLocal, onFault: () => {} });
  const policy = await basePolicy(atlas);
  try {
    for await (const event of train(config, { benchmark: atlas, policy, tools: own.tools, ownReward: own.reward })) if (event.kind === 'updated') return event;
  } finally {
    policy.dispose();
    own.close();
  }
  throw new Error('no update');
}

describe('train(config, parts) with code of one’s own', () => {
  it('gives its rewards, and answers by its tool', async () => {
    const { rollouts, metrics } = await update({ reward: REWARD, tools: [SEARCH] });
    for (const { record, outcome, logProbs } of rollouts) {
      const calls = record.steps.filter(({ tool }) => tool).length;
      expect(record.reward).toBeCloseTo((outcome.correct ? 1 : 0) - logProbs.length / 1000 - calls / 100, 12);
    }
    const answers = rollouts.flatMap(({ episode }) =>
      episode.turns.flatMap(({ observation }) => (observation?.kind === 'documents' ? observation.results : [])),
    );
    expect(answers.length).toBeGreaterThan(3);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['x']));
    expect(metrics['tool/infrastructure_errors']).toBe(0);
  });

  it('holds calls of the tool against each other by its own measure, in training and in what is reported', async () => {
    for (const scope of ['group', 'batch'] as const) {
      const event = await update({ reward: REWARD, tools: [SEARCH], credit: { outcome: 'sign', scope } });
      const searches = event.credit.groups.flatMap(({ rollouts }) => rollouts.flatMap(({ steps }) => steps)).filter(({ tool }) => tool === 'text_search_tool');
      const values = new Set(searches.flatMap(({ witnessSimilarity }) => witnessSimilarity ?? []));
      expect(values.has(0.25) || values.has(1)).toBe(true);
      for (const value of values) expect([0, 0.25, 1]).toContain(value);

      const report = reportOf(event);
      if (report.kind !== 'updated') throw new Error('expected an update');
      const config = trainConfig({ ...SMALL, credit: { outcome: 'sign', scope } });
      const mixed = report.groups.filter(({ rollouts }) => new Set(rollouts.map(({ reward }) => reward)).size > 1); // others have no witness
      expect(mixed.length).toBeGreaterThan(0);
      for (const group of mixed) {
        expect(group.similarities?.map(({ tool }) => tool)).toEqual(['text_search_tool']);
        if (scope === 'group')
          expect(creditUnder(group, config.credit)).toEqual(group); // the page computes what the trainer did
        else creditUnder(group, config.credit);
      }
    }
  });

  it('drops the rollouts whose call of the tool failed, and counts them', async () => {
    const throwing = mine(`train.tool({ name: 'text_search_tool', call: () => { throw new Error('no') } })`);
    const { rollouts, metrics } = await update({ tools: [throwing] });
    expect(metrics['tool/infrastructure_errors']).toBe(16 - rollouts.length);
    expect(rollouts.length).toBeLessThan(16);
    expect(rollouts.flatMap(({ record }) => record.steps).filter(({ tool }) => tool?.name === 'text_search_tool')).toEqual([]);
  });

  it('stops where the reward fails, and says at which outcome', async () => {
    await expect(update({ reward: mine('train.reward(({ tokens }) => tokens.x.y)') })).rejects.toThrow(
      /^mine, line 1 \(.*\): TypeError: .*; called with \{"answer"/,
    );
  });

  it('needs it opened', async () => {
    const config = trainConfig({ ...SMALL, reward: REWARD });
    const policy = await basePolicy(atlas);
    await expect(train(config, { benchmark: atlas, policy }).next()).rejects.toThrow('expected the reward mine opened (openOwnCode), got none');
    policy.dispose();
  });
});

describe('runKey(spec) and commandOf(spec) of such a run', () => {
  it('name the code by its hash, and the command takes it from the run’s config.json', () => {
    const key = runKey({ reward: REWARD, tools: [SEARCH] });
    expect(key).toMatch(/^--preset grid .*--reward mine#[0-9a-f]{16} --tools mine#[0-9a-f]{16}$/);
    expect(commandOf({ reward: REWARD, tools: [SEARCH] })).toBe(`npx tapo train --config config.json # of the run ${key}`);
    expect(runKey({ reward: { ...REWARD, source: `${REWARD.source} ` }, tools: [SEARCH] })).not.toBe(key);
  });
});
