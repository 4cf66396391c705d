// The shipped policy searches a MediaWiki that nobody here wrote, filled with the documents of the atlas; the sandbox's search is held against it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWiki, startMediaWiki } from '../../scripts/mediaWiki.ts';
import type { Atlas } from '../../src/env/atlas/atlas.ts';
import { checkTool, createLiveClient, openTools, parseToolConfig } from '../../src/env/live/index.ts';
import type { Tool } from '../../src/env/types.ts';
import { buildCodec } from '../../src/train/codec.ts';
import { type Evaluation, evaluatePolicy } from '../../src/train/evaluate.ts';
import { pairedShares, shareInterval } from '../../src/train/player/shares.ts';
import { atlasDocuments, atlasFromDisk, basePolicy, wasmInNode } from '../../src/train/testing.ts';

let wiki: RunningWiki;
let atlas: Atlas;
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  wiki = await startMediaWiki(await atlasDocuments());
});
afterAll(() => wiki?.stop());

const client = createLiveClient({ surroundings: () => ({ origin: null, online: true }) });

describe('a MediaWiki', () => {
  const check = (config: string) => checkTool(parseToolConfig(`text_search_tool=${config}`), { client, tools: atlas.tools });

  it('answers the check of a tool with documents', async () => {
    const found = await check(`mediawiki:${wiki.url}`);
    expect(found).toMatchObject({ ok: true, documents: [{ score: 1 }, { score: 0.5 }] });
    expect(JSON.stringify(found)).toContain('"text":"The capital of France is Paris."');
  });

  it('is told from other kinds of endpoint, in words', async () => {
    for (const kind of ['searxng', 'search-r1'])
      expect(await check(`${kind}:${wiki.url}`)).toEqual({ ok: false, explanation: expect.stringMatching(/expected JSON, got HTML/) });
  });

  it('serves the shipped policy about as well as the sandbox does', async () => {
    const policy = await basePolicy(atlas);
    const { tools } = await openTools(atlas.tools, [parseToolConfig(`text_search_tool=mediawiki:${wiki.url}`)], { client });
    const questions = { preset: 'grid', split: 'validation', tasks: 192 } as const;
    const score = (used: readonly Tool[], temperature: number): Promise<Evaluation> =>
      evaluatePolicy(policy, atlas, buildCodec(atlas.vocabulary)(), { ...questions, temperature, tools: used });
    for (const temperature of [1, 0]) {
      const [sandbox, live] = [await score(atlas.tools, temperature), await score(tools, temperature)];
      expect(live.dropped).toBe(0);
      const [a, b] = [live, sandbox].map(({ rollouts }) => rollouts.map(({ outcome }) => outcome.correct)) as [boolean[], boolean[]];
      const { right, difference, interval } = pairedShares(a, b);
      const name = temperature === 0 ? 'greedy' : 'sampled';
      console.log(
        `${name}: MediaWiki ${share(right[0], a.length)}, sandbox ${share(right[1], a.length)}, difference ${percent(difference)} [${interval.map(percent).join(', ')}]`,
      );
      expect(difference).toBeGreaterThan(-0.1);
      const found = live.rollouts.filter(
        ({ outcome, episode }) => outcome.correct && outcome.observed && /^(capital|continent|currency|language|calling)/.test(episode.task.type),
      );
      expect(found.length).toBeGreaterThan(10); // facts that stood in what the wiki answered
    }
    policy.dispose();
  });
});

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const share = (right: number, n: number): string => `${percent(right / n)} [${shareInterval(right, n).map(percent).join(', ')}]`;
