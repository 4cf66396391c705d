import { expect, it } from 'vitest';
import { callSimilarity, type PreparedCall, prepareCall, type ToolCall } from '../../tapo/index.ts';
import { startEpisode, takeAction } from '../episode.ts';
import { rolloutSteps } from '../outcome.ts';
import { filled } from '../picture.ts';
import type { Observation, Picture, Task, Tool } from '../types.ts';
import { recordCassette, replayCassette } from './cassette.ts';
import { liveImageTool } from './imageSearch.ts';
import { createKeyring } from './keyring.ts';
import { rememberCalls } from './rememberCalls.ts';
import { TEXT_TOOL } from './testing/fakeFetch.ts';

const TASK: Task = { id: 't', preset: '', split: 'train', type: '', question: '', answer: '', image: 'scene', scene: null };
const TWIN: Tool = { ...TEXT_TOOL, name: 'image_search_tool', kind: 'image' };
const OVERVIEW = filled(2, 2, [1, 2, 3]);
/** Shows red on the left of the scene, and blue elsewhere. */
const ZOOM: Tool = {
  ...TEXT_TOOL,
  name: 'image_zoom_in_tool',
  kind: 'region',
  call: async ({ x }, { images }) => ({
    kind: 'image',
    index: images.length,
    region: { image: 'scene', bbox: [Number(x), 0, Number(x) + 100, 100] },
    picture: filled(2, 2, x === 0 ? [255, 0, 0] : [0, 0, 255]),
  }),
};
const zoom = (x: number) => ({ kind: 'call', tool: ZOOM.name, toolKind: 'region', arguments: { x }, start: 0 }) as const;
const search = { kind: 'call', tool: TWIN.name, toolKind: 'image', arguments: {}, start: 0 } as const;

/** An image search that tells how often it was asked, with and without a picture of the question. */
function imageTool({ keep = rememberCalls, overview = OVERVIEW as Picture | null } = {}) {
  const asked: Uint8Array[] = [];
  const keys = createKeyring();
  keys.set('http://a.org', 'canary');
  const answer = async (png: Uint8Array) => [{ title: `<b>answer ${asked.push(png)}</b> canary`, score: 1 }];
  return { asked, tool: liveImageTool(TWIN, { search: answer, keys, overview: () => overview, keep }) };
}

async function play(tool: Tool, actions: readonly (ReturnType<typeof zoom> | typeof search)[]): Promise<(Observation | null)[]> {
  let episode = startEpisode(TASK);
  for (const action of actions) episode = await takeAction(episode, [], action, [ZOOM, tool]);
  return episode.turns.map(({ observation }) => observation);
}
const found = (n: number, bbox: readonly number[]) => ({
  kind: 'titles',
  results: [{ title: `b answer ${n} /b •••`, score: 1 }],
  region: { image: 'scene', bbox },
});

it('liveImageTool(twin, parts) searches with the picture seen last, says where in the scene it is, and asks once for equal pictures', async () => {
  const { tool, asked } = imageTool();
  const observations = await play(tool, [search, zoom(0), search, zoom(500), search, zoom(600)]);
  expect(observations.filter((each) => each?.kind === 'titles')).toEqual([
    found(1, [0, 0, 1000, 1000]),
    found(2, [0, 0, 100, 100]),
    found(3, [500, 0, 600, 100]),
  ]);
  expect((await play(tool, [zoom(600), search])).at(-1)).toEqual(found(3, [600, 0, 700, 100])); // blue, as at 500
  expect(asked).toHaveLength(3);
});

it('liveImageTool(twin, parts) tells pictures from elsewhere apart by what they show', async () => {
  const shown = [1, 2, 1].map((value) => ({ kind: 'picture', picture: filled(2, 2, [value, 0, 0]), text: '' }) as const);
  const paint: Tool = { ...TEXT_TOOL, name: 'paint', kind: 'other', call: async ({ n }) => shown[Number(n)] as Observation };
  const { tool } = imageTool();
  const calls: PreparedCall[] = [];
  for (const n of [0, 1, 2]) {
    const painted = await takeAction(startEpisode(TASK), [], { kind: 'call', tool: 'paint', toolKind: 'other', arguments: { n }, start: 0 }, [paint, tool]);
    const { turns } = await takeAction(painted, [], search, [paint, tool]);
    calls.push(prepareCall(rolloutSteps(turns)[1]?.tool as ToolCall, 'g'));
  }
  const [one, other, again] = calls as [PreparedCall, PreparedCall, PreparedCall];
  expect(one.call.region).toEqual({ image: expect.stringMatching(/^sha1:[0-9a-f]{40}$/), bbox: [0, 0, 1000, 1000] });
  expect([callSimilarity(one, other), callSimilarity(one, again)]).toEqual([0, 1]);
});

it('liveImageTool(twin, parts) is kept on a cassette by the SHA-1 of the picture', async () => {
  const lines: string[] = [];
  const actions = [zoom(0), search, zoom(500), search];
  const recorded = await play(imageTool({ keep: recordCassette((line) => lines.push(line)).wrap }).tool, actions);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { tool: 'image_search_tool', arguments: { picture: expect.stringMatching(/^[0-9a-f]{40}$/) }, observation: { kind: 'titles' } },
    {},
  ]);
  expect(lines.join('')).not.toContain('canary');
  const { tool, asked } = imageTool({ keep: replayCassette(lines.join('')).wrap });
  expect(await play(tool, [zoom(500), search, zoom(0), search])).toEqual([recorded[2], recorded[3], recorded[0], recorded[1]].map(withIndex));
  expect(asked).toEqual([]);
});
const withIndex = (observation: Observation | null | undefined, i: number) =>
  observation?.kind === 'image' ? { ...observation, index: i / 2 + 1 } : observation;

it('liveImageTool(twin, parts) has nothing to search for where no picture was seen', async () => {
  const { tool, asked } = imageTool({ overview: null });
  expect(await play(tool, [search])).toMatchObject([{ kind: 'error', cause: 'model', message: 'unknown image' }]);
  expect(asked).toEqual([]);
});
