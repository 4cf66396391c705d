import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BenchmarkName, TrainSpec } from '../train/config.ts';
import { runKey } from '../train/runKey.ts';
import { RUN_RECIPES } from '../train/runRecipes.ts';
import { recordedFolder, recordedRuns } from './recordedRuns.ts';
import { runActions } from './runActions.ts';
import { INITIAL_STATE, type NotebookState } from './state.ts';

const BASE = 'http://page.example/benchmarks/';
const fetched: string[] = [];
let offline = false;
beforeEach(() => {
  fetched.length = 0;
  offline = false;
  vi.stubGlobal('fetch', async (url: string) => {
    if (offline) throw new TypeError('Failed to fetch');
    fetched.push(url.slice(BASE.length));
    return new Response(await readFile(`public/benchmarks/${url.slice(BASE.length)}`));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The actions on runs, and the state that they change. */
function notebook() {
  let state: NotebookState = INITIAL_STATE;
  const actions = runActions(
    BASE,
    (change) => {
      state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
    },
    () => state,
  );
  return { actions, get: () => state };
}

const ALMANAC_RUN: TrainSpec = { ...RUN_RECIPES['tool-augmented'], seed: 1, updates: 10, evaluateEvery: 5, probeEvery: 0 };

describe('recordedRuns(folder)', () => {
  const open = (benchmark: BenchmarkName) => recordedRuns(recordedFolder(BASE, benchmark));
  it('finds a run by its key, and fetches index and recording once', async () => {
    const recorded = open('almanac');
    const line = await recorded.find(runKey(ALMANAC_RUN));
    expect(line).toMatchObject({ file: 'tool-augmented-s1.json', title: 'Tool-Augmented PO on almanac/hard, 10 updates, seed 1' });
    expect(await recorded.find(runKey({ seed: 1 }))).toBeUndefined();
    const [once, twice] = [await recorded.load(line as NonNullable<typeof line>), await recorded.load(line as NonNullable<typeof line>)];
    expect(twice).toBe(once);
    expect(fetched).toEqual(['almanac/recorded/index.json', 'almanac/recorded/tool-augmented-s1.json']);
  });
  it('asks anew for an index that did not come', async () => {
    const recorded = open('atlas');
    offline = true;
    await expect(recorded.truths()).rejects.toThrow('Failed to fetch');
    offline = false;
    expect((await recorded.truths()).map(({ title }) => title)).toEqual(['base policy', 'after 30 updates of grpo, credit tapo']);
  });
});

describe('show(run) and fetchTruths(benchmark)', () => {
  it('look in the folder of the run’s own benchmark', async () => {
    const { actions, get } = notebook();
    const reference = { key: runKey(ALMANAC_RUN), spec: ALMANAC_RUN };
    await actions.show(reference);
    expect(get().runs[reference.key]).toMatchObject({ source: 'recorded', name: 'Tool-Augmented PO on almanac/hard, 10 updates, seed 1' });
    await actions.fetchTruths('almanac');
    expect(fetched.filter((file) => !file.startsWith('almanac/'))).toEqual([]);
    expect(get().truths).toEqual([]);
    await Promise.all([actions.fetchTruths('atlas'), actions.fetchTruths('atlas')]);
    expect(get().truths.map(({ benchmark, title }) => [benchmark, title])).toEqual([
      ['atlas', 'base policy'],
      ['atlas', 'after 30 updates of grpo, credit tapo'],
    ]);
  });
  it('fetchTruths(benchmark) may be asked again after it failed', async () => {
    const { actions, get } = notebook();
    offline = true;
    await expect(actions.fetchTruths('atlas')).rejects.toThrow('Failed to fetch');
    offline = false;
    await actions.fetchTruths('atlas');
    expect(get().truths).toHaveLength(2);
  });
});
