import { describe, expect, it, vi } from 'vitest';
import type { NumberedPlay } from '../train/player/player.ts';
import type { PlayView, TokenView, TurnView } from '../train/player/playView.ts';
import type { PlayerClient } from '../workers/player.client.ts';
import { createTryIt, type OfferedPolicy, PAGE } from './tryIt.ts';
import { TRY_IT_WORLDS } from './tryItWorlds.ts';

const token = (word: string): TokenView => ({ word, logProb: -1, entropy: 1, by: 'policy', alternatives: [{ word, logProb: -1 }] });
const turn = (...words: string[]): TurnView => ({ words, tokens: words.map(token), action: { kind: 'malformed', reason: '' }, observation: null });
const WORLD = TRY_IT_WORLDS.almanac;
const END: PlayView['end'] = { status: 'answered', answer: 'Paris', correct: true, observed: true };

/** A world in which every play is over after two tokens. */
function fakeClient(change: Partial<PlayerClient> = {}): { readonly client: PlayerClient; readonly plays: Map<number, PlayView> } {
  const plays = new Map<number, PlayView>();
  const put = (play: number, view: PlayView): NumberedPlay => {
    plays.set(play, view);
    return { play, view };
  };
  const step = (play: number): NumberedPlay => {
    const view = plays.get(play) as PlayView;
    return view.draft.length === 0
      ? put(play, { ...view, draft: [token('a')] })
      : put(play, { ...view, draft: [], turns: [...view.turns, turn('a', 'b')], end: END, upcoming: null });
  };
  const report = { backend: { backend: 'wasm', adapter: null, software: false, reason: '' }, presets: ['hard'], policies: [], words: [] } as const;
  const client: PlayerClient = {
    report: { ...report, policies: [{ name: 'base', metadata: {} }] },
    questions: async ({ preset, split, index }, count) =>
      Array.from({ length: count }, (_, i) => ({
        id: `${preset}-${split}-${index + i}`,
        preset,
        split,
        type: 'capital',
        question: '?',
        answer: 'Paris',
        scene: null,
      })),
    loadPolicy: async (_, name) => [
      { name: 'base', metadata: {} },
      { name, metadata: {} },
    ],
    start: async (_, settings) =>
      put(plays.size === 0 ? 0 : Math.max(...plays.keys()) + 1, {
        ...settings,
        question: {} as PlayView['question'],
        images: [],
        turns: [],
        draft: [],
        upcoming: { alternatives: [], entropy: 0 },
        end: null,
      }),
    stepToken: async (play) => step(play),
    stepTurn: async (play, onView) => {
      onView(step(play));
      return step(play);
    },
    finish: async (play, onView) => {
      onView(step(play));
      return step(play);
    },
    playTurn: async (play) => put(play, { ...(plays.get(play) as PlayView), turns: [turn('own')], draft: [] }),
    choose: async (play, _, word) => put(Math.max(...plays.keys()) + 1, { ...(plays.get(play) as PlayView), turns: [], draft: [token(word)], end: null }),
    reroll: async (_play, _turn, { count }, onProgress) => {
      onProgress(count, count);
      return { total: count, right: 1, answers: [] };
    },
    hold: async ({ tasks }) => ({ questions: tasks, right: [3, 1], alone: [2, 0], difference: 0.5, interval: [0.1, 0.9] }),
    forget: async (some) => some.forEach((play) => void plays.delete(play)),
    stop: async () => {},
    close: () => {},
    ...change,
  };
  return { client, plays };
}

async function opened(change: Partial<PlayerClient> = {}, offered: readonly OfferedPolicy[] = []) {
  const { client, plays } = fakeClient(change);
  const tryIt = createTryIt({ world: WORLD, start: async () => client, offered, wait: async () => {} });
  await tryIt.actions.open();
  return { tryIt, plays, get: tryIt.getState, ...tryIt.actions };
}

describe('open()', () => {
  it('starts the worker once and begins an attempt at the first question', async () => {
    const start = vi.fn(async () => fakeClient().client);
    const { actions, getState } = createTryIt({ world: WORLD, start });
    expect(getState().attempts).toEqual([]);
    await Promise.all([actions.open(), actions.open()]);
    expect(start).toHaveBeenCalledTimes(1);
    expect(getState()).toMatchObject({ doing: null, problem: null, shown: 0, policy: 'base' });
    expect(getState().questions).toHaveLength(PAGE);
    expect(getState().attempts[0]).toMatchObject({ play: 0, from: null, guess: null, view: { key: 1, temperature: 1 } });
  });
  it('says why it cannot start, and may be tried again', async () => {
    let broken = true;
    const start = async (): Promise<PlayerClient> => (broken ? Promise.reject(new Error('no file')) : fakeClient().client);
    const { actions, getState } = createTryIt({ world: WORLD, start });
    await actions.open();
    expect(getState()).toMatchObject({ problem: 'no file', client: null, doing: null });
    broken = false;
    await actions.open();
    expect(getState()).toMatchObject({ problem: null, shown: 0 });
  });
});

describe('moves', () => {
  it('change the attempt that is shown, until its question is over', async () => {
    const { token: step, turn: stepTurn, get, finish } = await opened();
    await step();
    expect(get().attempts[0]?.view.draft).toHaveLength(1);
    await finish();
    expect(get().attempts[0]?.view.end).toEqual(END);
    const before = get().attempts;
    await Promise.all([step(), stepTurn(), finish()]);
    expect(get().attempts).toBe(before);
  });
  it('watch goes token by token to the end', async () => {
    const seen: number[] = [];
    const { watch, tryIt, get } = await opened();
    tryIt.subscribe(({ attempts }) => seen.push(attempts[0]?.view.draft.length ?? -1));
    await watch();
    expect(get().attempts[0]?.view.end).toEqual(END);
    expect(seen).toContain(1);
  });
  it('stop ends watching after the token under way, and other work through the worker', async () => {
    const stop = vi.fn(async () => {});
    const { client } = fakeClient({ stop });
    const tryIt = createTryIt({ world: WORLD, start: async () => client, wait: () => tryIt.actions.stop() });
    await tryIt.actions.open();
    await tryIt.actions.watch();
    expect(tryIt.getState().attempts[0]?.view.draft).toHaveLength(1);
    expect(tryIt.getState().doing).toBeNull();
    expect(stop).not.toHaveBeenCalled();
    await tryIt.actions.stop();
    expect(stop).toHaveBeenCalledTimes(1);
  });
  it('one at a time: what is asked for meanwhile is left', async () => {
    const { token: step, again, get } = await opened();
    await Promise.all([step(), again(), step()]);
    expect(get().attempts).toHaveLength(1);
    expect(get().attempts[0]?.view.draft).toHaveLength(1);
  });
  it('a view that comes after its answer is dropped', async () => {
    let late: () => void = () => {};
    const { turn: stepTurn, get } = await opened({
      stepTurn: async (play, onView) => {
        late = () => onView({ play, view: { draft: [token('late')], turns: [] } as unknown as PlayView });
        return { play, view: { draft: [], turns: [turn('a')], end: null } as unknown as PlayView };
      },
    });
    await stepTurn();
    late();
    expect(get().attempts[0]?.view.turns).toHaveLength(1);
  });
  it('a failure is told, a stop is not', async () => {
    const errors = [Object.assign(new Error('stopped'), { name: 'AbortError' }), new Error('the world is gone')];
    const { finish, get } = await opened({ finish: () => Promise.reject(errors.shift()) });
    await finish();
    expect(get()).toMatchObject({ problem: null, doing: null });
    await finish();
    expect(get()).toMatchObject({ problem: 'the world is gone', doing: null });
  });
});

describe('attempts', () => {
  it('again begins one under the next seed; an untouched one makes way', async () => {
    const { again, token: step, get, plays } = await opened();
    await again();
    expect(get().attempts.map(({ view }) => view.key)).toEqual([2]);
    await step();
    await again();
    expect(get().attempts.map(({ view }) => view.key)).toEqual([2, 3]);
    expect(get().shown).toBe(get().attempts[1]?.play);
    expect(plays.size).toBe(2);
  });
  it('another word makes a new one, and the old one can be shown again', async () => {
    const { finish, choose, reroll, show, get } = await opened();
    await finish();
    await reroll(0, 4);
    await choose({ turn: 0, token: 1 }, 'red');
    expect(get().attempts.map(({ from }) => from)).toEqual([null, { play: 0, place: { turn: 0, token: 1 }, word: 'red' }]);
    expect(get().shown).toBe(1);
    expect(get().marks.map(({ play, place }) => [play, place.turn])).toEqual([
      [0, 0],
      [1, 0],
    ]); // up to the branching point both are the same
    show(0);
    expect(get()).toMatchObject({ shown: 0, picked: null });
  });
  it('re-rolling from a place adds up', async () => {
    const firsts: number[] = [];
    const { reroll, get } = await opened({
      reroll: async (_play, _turn, { first, count }) => {
        firsts.push(first);
        return { total: count, right: 2, answers: [] };
      },
    });
    await reroll(null, 16);
    await reroll(null, 8);
    expect(firsts).toEqual([0, 16]);
    expect(get().marks).toEqual([{ play: 0, place: { turn: 0, token: 0 }, result: { total: 24, right: 4, answers: [] } }]);
  });
  it('a turn of the reader’s own is planned, played and put away', async () => {
    const { plan, playOwn, get } = await opened();
    await playOwn(); // nothing is planned
    expect(get().attempts[0]?.view.turns).toHaveLength(0);
    plan({});
    plan({ action: { kind: 'answer', text: 'Paris' } });
    expect(get().own).toEqual({ thought: '', action: { kind: 'answer', text: 'Paris' } });
    await playOwn();
    expect(get().attempts[0]?.view.turns).toHaveLength(1);
    expect(get().own).toBeNull();
    plan({});
    expect(get().own?.action).toEqual(WORLD.moves[0]?.blank);
    plan(null);
    expect(get().own).toBeNull();
  });
  it('a turn that cannot be played stays in the form', async () => {
    const { plan, playOwn, get } = await opened({ playTurn: () => Promise.reject(new Error('no word “Atlantis”')) });
    plan({ thought: 'red' });
    await playOwn();
    expect(get()).toMatchObject({ problem: 'no word “Atlantis”', own: { thought: 'red' } });
  });
  it('remembers what the reader expects of the one that is shown', async () => {
    const { guess, token: step, again, get } = await opened();
    await step();
    guess(false);
    await again();
    expect(get().attempts.map((each) => each.guess)).toEqual([false, null]);
  });
});

describe('questions', () => {
  it('another question forgets the attempts at the old one', async () => {
    const { token: step, nextQuestion, chooseQuestion, chooseSplit, get, plays } = await opened();
    await step();
    await nextQuestion();
    expect(get().place.index).toBe(1);
    expect(get().attempts).toHaveLength(1);
    expect(plays.size).toBe(1);
    await chooseQuestion(PAGE - 1);
    await nextQuestion();
    expect(get().questions[0]?.id).toBe(`hard-validation-${PAGE}`); // the next page
    await chooseSplit('test');
    expect(get().place).toMatchObject({ split: 'test', index: 0 });
    expect(get().questions[0]?.id).toBe('hard-test-0');
  });
});

describe('writeQuestion(text)', () => {
  it('asks what the reader wrote, also of other policies, until another one is chosen', async () => {
    const started: unknown[] = [];
    const { client } = fakeClient();
    const {
      writeQuestion,
      token: step,
      again,
      nextQuestion,
      get,
    } = await opened({
      start: (question, settings) => {
        started.push(question);
        return client.start(question, settings);
      },
    });
    await step();
    await writeQuestion('What is the mass of Iron?');
    expect(get()).toMatchObject({ written: 'What is the mass of Iron?', problem: null });
    expect(get().attempts).toHaveLength(1);
    await again();
    expect(started.slice(1)).toEqual([{ written: 'What is the mass of Iron?' }, { written: 'What is the mass of Iron?' }]);
    await nextQuestion();
    expect(get()).toMatchObject({ written: null, place: { index: 1 } });
    expect(started.at(-1)).toMatchObject({ preset: 'hard', index: 1 });
  });
  it('leaves everything as it was where that is no question of the world', async () => {
    const { client } = fakeClient();
    const {
      writeQuestion,
      token: step,
      get,
    } = await opened({
      start: (question, settings) =>
        'written' in question ? Promise.reject(new RangeError('ask: expected a question such as')) : client.start(question, settings),
      stepToken: client.stepToken,
    });
    await step();
    const { attempts } = get();
    await writeQuestion('Who?');
    expect(get()).toMatchObject({ written: null, problem: 'ask: expected a question such as', attempts });
  });
});

describe('policies', () => {
  it('one that is offered is fetched when it is first chosen, a live one every time', async () => {
    const [recorded, live] = [vi.fn(async () => new Uint8Array(1)), vi.fn(async () => new Uint8Array(2))];
    const loaded: string[] = [];
    const entries = [{ name: 'base', metadata: {} }];
    const { choosePolicy, get } = await opened(
      {
        loadPolicy: async (bytes, name) => {
          loaded.push(`${name} ${bytes.length}`);
          if (!entries.some((each) => each.name === name)) entries.push({ name, metadata: {} });
          return [...entries];
        },
      },
      [
        { name: 'trained', bytes: recorded },
        { name: 'this page', bytes: live, live: true },
      ],
    );
    for (const name of ['trained', 'base', 'trained', 'this page', 'this page']) await choosePolicy(name);
    expect(loaded).toEqual(['trained 1', 'this page 2', 'this page 2']);
    expect(get().policy).toBe('this page');
    expect(get().attempts.at(-1)?.view.policy).toBe('this page');
  });
  it('one that cannot be had leaves everything as it was', async () => {
    const { choosePolicy, get } = await opened({}, [{ name: 'this page', live: true, bytes: () => Promise.reject(new Error('no live run yet')) }]);
    await choosePolicy('this page');
    expect(get()).toMatchObject({ policy: 'base', problem: 'no live run yet' });
  });
  it('a file becomes the chosen policy, under the seed of the attempt that is shown', async () => {
    const { loadFile, token: step, again, get } = await opened();
    await step();
    await again();
    await loadFile('mine', new Blob(['abc']));
    expect(get().policies.map(({ name }) => name)).toEqual(['base', 'mine']);
    expect(get().attempts.at(-1)?.view).toMatchObject({ policy: 'mine', key: 2 });
  });
  it('two are held against each other on the same questions', async () => {
    const { hold, loadFile, get } = await opened();
    await loadFile('mine', new Blob(['abc']));
    await hold('base', 24);
    expect(get().held).toMatchObject({ comparison: { policies: ['mine', 'base'], preset: 'hard', split: 'validation', tasks: 24 }, result: { questions: 24 } });
  });
});
