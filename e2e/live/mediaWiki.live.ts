// The shipped policy searches a MediaWiki that nobody here wrote, filled with the documents of the atlas; the sandbox's search is held against it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWiki, startMediaWiki } from '../../scripts/mediaWiki.ts';
import type { Atlas } from '../../src/env/atlas/atlas.ts';
import { startEpisode, takeAction } from '../../src/env/episode.ts';
import { checkTool, createLiveClient, openTools, parseToolConfig } from '../../src/env/live/index.ts';
import { pngOf } from '../../src/env/live/png.ts';
import type { Observation, Picture, Tool } from '../../src/env/types.ts';
import type { Box } from '../../src/tapo/index.ts';
import { buildCodec } from '../../src/train/codec.ts';
import { type Evaluation, evaluatePolicy } from '../../src/train/evaluate.ts';
import { pairedShares, shareInterval } from '../../src/train/player/shares.ts';
import { atlasDocuments, atlasFromDisk, basePolicy, wasmInNode } from '../../src/train/testing.ts';

let wiki: RunningWiki;
let atlas: Atlas;
let sandbox: Searched[];
beforeAll(async () => {
  await wasmInNode();
  atlas = await atlasFromDisk();
  sandbox = await Promise.all(BOXES.map((box) => searchAfterZoom(atlas.tools, box)));
  const files = sandbox.slice(0, -1).map(({ picture, titles }) => [`${bestTitle(titles)}.png`, pngOf(picture)]);
  wiki = await startMediaWiki(await atlasDocuments(), Object.fromEntries(files));
});
afterAll(() => wiki?.stop());

/** Boxes of flags in a picture: the wiki has the first three as files, not the last. */
const BOXES: readonly Box[] = [
  [0, 0, 333, 333],
  [333, 0, 667, 333],
  [667, 333, 1000, 667],
  [0, 667, 333, 1000],
];

/** What a zoom showed, and what an image search then gave. */
interface Searched {
  readonly picture: Picture;
  readonly titles: Observation;
}

async function searchAfterZoom(tools: readonly Tool[], box: Box): Promise<Searched> {
  const call = { kind: 'call', start: 0 } as const;
  const zoom = { ...call, tool: 'image_zoom_in_tool', toolKind: 'region', arguments: { bbox_2d: box, img_idx: 0 } } as const;
  const search = { ...call, tool: 'image_search_tool', toolKind: 'image', arguments: {} } as const;
  const zoomed = await takeAction(startEpisode(atlas.task('grid', 'validation', 0, 0)), [], zoom, tools);
  const [shown, titles] = (await takeAction(zoomed, [], search, tools)).turns.map(({ observation }) => observation);
  return { picture: (shown as Observation & { kind: 'image' }).picture, titles: titles as Observation };
}

const client = createLiveClient({ surroundings: () => ({ origin: null, online: true }) });

describe('a MediaWiki', () => {
  const check = (config: string) => checkTool(parseToolConfig(`text_search_tool=${config}`), { client, tools: atlas.tools });

  it('answers the check of a tool with documents', async () => {
    const found = await check(`mediawiki:${wiki.url}`);
    expect(found).toMatchObject({ ok: true, documents: [{ score: 1 }, { score: 0.5 }] });
    expect(JSON.stringify(found)).toContain('"text":"The capital of France is Paris."');
  });

  it('gives the beginnings of pages where that is asked for', async () => {
    const found = await check(`mediawiki:${wiki.url}#extracts`);
    expect(found).toMatchObject({ ok: true, documents: [{ score: 1 }, { score: 0.5 }] });
    expect(JSON.stringify(found)).toContain('"text":"The capital of France is Paris."');
  });

  it('is told from other kinds of endpoint, in words', async () => {
    for (const kind of ['searxng', 'search-r1'])
      expect(await check(`${kind}:${wiki.url}`)).toEqual({ ok: false, explanation: expect.stringMatching(/expected JSON, got HTML/) });
  });

  it('knows a picture that it has as a file, byte for byte, by its title, and no other', async () => {
    const config = parseToolConfig(`image_search_tool=mediawiki:${wiki.url}`);
    expect(await checkTool(config, { client, tools: atlas.tools })).toEqual({ ok: true, documents: [], tools: [] });
    const { tools } = await openTools(atlas.tools, [config], { client, overview: atlas.overview });
    const region = (box: Box) => ({ image: atlas.task('grid', 'validation', 0, 0).image, bbox: box });
    for (const [i, box] of BOXES.slice(0, -1).entries())
      expect((await searchAfterZoom(tools, box)).titles).toEqual({
        kind: 'titles',
        results: [{ title: bestTitle((sandbox[i] as Searched).titles), score: 1 }],
        region: region(box),
      });
    const unknown = BOXES.at(-1) as Box;
    expect((await searchAfterZoom(tools, unknown)).titles).toEqual({ kind: 'titles', results: [], region: region(unknown) });
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

const bestTitle = (titles: Observation): string => (titles as Observation & { kind: 'titles' }).results[0]?.title as string;
const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const share = (right: number, n: number): string => `${percent(right / n)} [${shareInterval(right, n).map(percent).join(', ')}]`;
