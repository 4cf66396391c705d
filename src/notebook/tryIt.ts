// The state of "Try it", outside of React: the question, the attempts at it, and what the buttons do. Numbers come from the player worker.
import { createStore } from 'zustand/vanilla';
import type { Split } from '../env/types.ts';
import type { OwnTurn } from '../train/player/ownTurn.ts';
import { BASE, type TokenPlace } from '../train/player/play.ts';
import type { NumberedPlay } from '../train/player/player.ts';
import type { Question, QuestionPlace } from '../train/player/playView.ts';
import type { PairedShares } from '../train/player/shares.ts';
import type { ShelfEntry } from '../train/player/shelf.ts';
import type { PlayerClient } from '../workers/player.client.ts';
import type { Comparison } from '../workers/player.protocol.ts';
import { type Attempt, type BranchPoint, endOf, isUntouched, type RerollMark, withBranch, withContinuations, withView } from './attempts.ts';
import type { OwnMove, TryItWorld } from './tryItWorlds.ts';

/** A policy that the page can bring when it is asked for. */
export interface OfferedPolicy {
  readonly name: string;
  /** Bytes of its safetensors file. Rejects with what to do if there is none yet. */
  readonly bytes: () => Promise<Uint8Array>;
  /** It changes as time goes by, and is fetched anew whenever it is chosen. */
  readonly live?: boolean;
}

/** What is under way; `total` 0: not known. */
export interface Doing {
  readonly kind: 'open' | 'question' | 'start' | 'token' | 'turn' | 'finish' | 'watch' | 'own' | 'choose' | 'reroll' | 'hold' | 'load';
  readonly done: number;
  readonly total: number;
}

export interface TryItState {
  /** What the worker said of itself; null before it was started. */
  readonly client: PlayerClient['report'] | null;
  readonly doing: Doing | null;
  /** What went wrong last; null: nothing. */
  readonly problem: string | null;
  readonly place: QuestionPlace;
  /** The question that the reader wrote; null: the one at the place is asked. */
  readonly written: string | null;
  /** The questions to choose from: a page of them around the place. */
  readonly questions: readonly Question[];
  readonly policies: readonly ShelfEntry[];
  readonly offered: readonly OfferedPolicy[];
  /** Settings of the next attempt. */
  readonly policy: string;
  readonly temperature: 0 | 1;
  readonly attempts: readonly Attempt[];
  /** Number of the attempt that is looked at. */
  readonly shown: number | null;
  /** The token whose alternatives are looked at; null: the one that comes next. */
  readonly picked: TokenPlace | null;
  readonly marks: readonly RerollMark[];
  /** The turn that the reader is about to play; null: the form is closed. */
  readonly own: OwnTurn | null;
  readonly held: { readonly comparison: Comparison; readonly result: PairedShares } | null;
}

export interface TryItOptions {
  readonly world: TryItWorld;
  /** Starts the player worker. */
  readonly start: () => Promise<PlayerClient>;
  readonly offered?: readonly OfferedPolicy[];
  /** Resolves after so many milliseconds. Default: a timer. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export type TryItStore = ReturnType<typeof createTryIt>;

/** Questions on one page of the list. */
export const PAGE = 12;
/** Time a token is shown while one watches, milliseconds. */
const PACE = 220;

export function createTryIt({ world, start, offered = [], wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }: TryItOptions) {
  const [firstMove] = world.moves as readonly [OwnMove, ...OwnMove[]];
  let client: PlayerClient | null = null;
  let watching = false;

  const store = createStore<TryItState>(() => ({
    client: null,
    doing: null,
    problem: null,
    place: world.first,
    written: null,
    questions: [],
    policies: [],
    offered,
    policy: BASE,
    temperature: 1,
    attempts: [],
    shown: null,
    picked: null,
    marks: [],
    own: null,
    held: null,
  }));
  const { setState: set, getState: get } = store;

  const shownAttempt = (): Attempt | null => get().attempts.find(({ play }) => play === get().shown) ?? null;
  const progress = (done: number, total: number): void => set(({ doing }) => ({ doing: doing && { ...doing, done, total } }));

  /** Does one thing at a time: what is asked for meanwhile is left. A stop is no problem. */
  const run = async (kind: Doing['kind'], work: (present: PlayerClient) => Promise<void>): Promise<void> => {
    if (get().doing || !client) return;
    set({ doing: { kind, done: 0, total: 0 }, problem: null });
    try {
      await work(client);
    } catch (error) {
      if ((error as Error).name !== 'AbortError') set({ problem: error instanceof Error ? error.message : String(error) });
    }
    set({ doing: null });
  };

  /** The same for the attempt that is shown; with `open`, only while its question is open. */
  const move = (kind: Doing['kind'], work: (present: PlayerClient, attempt: Attempt) => Promise<void>, open = true): Promise<void> => {
    const attempt = shownAttempt();
    return attempt && !(open && attempt.view.end) ? run(kind, (present) => work(present, attempt)) : Promise.resolve();
  };

  const take = (numbered: NumberedPlay): void => set(({ attempts }) => ({ attempts: withView(attempts, numbered), picked: null }));

  /** Takes views while a call is under way; one that comes after its answer is late, and dropped. */
  const taking = async (call: (onView: (numbered: NumberedPlay) => void) => Promise<NumberedPlay>): Promise<void> => {
    let over = false;
    try {
      take(await call((numbered) => !over && take(numbered)));
    } finally {
      over = true;
    }
  };

  /** Shows a play that may have left another one. */
  const branch = (numbered: NumberedPlay, from: BranchPoint): void => {
    const isNew = numbered.play !== from.play;
    set(({ attempts, marks }) => ({
      attempts: withView(attempts, numbered, isNew ? from : null),
      marks: isNew ? withBranch(marks, numbered.play, from) : marks,
      shown: numbered.play,
      picked: null,
    }));
  };

  /** A new attempt at the question; one in which nothing was written makes way. */
  const begin = async (present: PlayerClient, key: number): Promise<void> => {
    const { place, written, policy, temperature } = get();
    const idle = shownAttempt();
    const numbered = await present.start(written === null ? place : { written }, { policy, key, temperature });
    const dropped = idle && isUntouched(idle) ? [idle.play] : [];
    await present.forget(dropped);
    set(({ attempts }) => ({
      attempts: withView(
        attempts.filter(({ play }) => !dropped.includes(play)),
        numbered,
      ),
      shown: numbered.play,
      picked: null,
    }));
  };

  /** Leaves the question for another one: the attempts at it are forgotten. */
  const leave = async (present: PlayerClient, change: Pick<TryItState, 'written'> & Partial<TryItState>): Promise<void> => {
    await present.forget(get().attempts.map(({ play }) => play));
    set({ attempts: [], shown: null, picked: null, marks: [], own: null, ...change });
  };

  const ask = async (present: PlayerClient, change: Partial<QuestionPlace>): Promise<void> => {
    const place = { ...get().place, ...change };
    const page = place.index - (place.index % PAGE);
    const questions = await present.questions({ ...place, index: page }, PAGE);
    await leave(present, { place, questions, written: null });
    await begin(present, 1);
  };

  const actions = {
    /** Starts the worker and asks the first question; nothing if it is there already. */
    async open(): Promise<void> {
      if (client || get().doing) return;
      set({ doing: { kind: 'open', done: 0, total: 0 }, problem: null });
      try {
        client = await start();
        set({ client: client.report, policies: client.report.policies, doing: null });
      } catch (error) {
        set({ doing: null, problem: error instanceof Error ? error.message : String(error) });
        return;
      }
      await run('question', (present) => ask(present, {}));
    },
    choosePreset: (preset: string) => run('question', (present) => ask(present, { preset, index: 0 })),
    chooseSplit: (split: Split) => run('question', (present) => ask(present, { split, index: 0 })),
    chooseQuestion: (index: number) => run('question', (present) => ask(present, { index })),
    nextQuestion: () => run('question', (present) => ask(present, { index: get().place.index + 1 })),
    /** Asks what the reader wrote; the old question stays where that is none of the world's. */
    writeQuestion: (written: string) =>
      run('question', async (present) => {
        const { policy, temperature } = get();
        const numbered = await present.start({ written }, { policy, key: 1, temperature });
        await leave(present, { written, attempts: withView([], numbered), shown: numbered.play });
      }),

    /** A new attempt at the same question by that policy; one that is offered is fetched first. */
    choosePolicy: (name: string) =>
      run('load', async (present) => {
        const offer = get().offered.find((each) => each.name === name);
        if (offer && (offer.live || !get().policies.some((each) => each.name === name))) set({ policies: await present.loadPolicy(await offer.bytes(), name) });
        set({ policy: name });
        await begin(present, shownAttempt()?.view.key ?? 1);
      }),
    /** A policy from a file of the reader's. */
    loadFile: (name: string, file: Pick<Blob, 'arrayBuffer'>) =>
      run('load', async (present) => {
        set({ policies: await present.loadPolicy(new Uint8Array(await file.arrayBuffer()), name), policy: name });
        await begin(present, shownAttempt()?.view.key ?? 1);
      }),
    chooseTemperature: (temperature: 0 | 1) =>
      run('start', async (present) => {
        set({ temperature });
        await begin(present, shownAttempt()?.view.key ?? 1);
      }),
    /** A new attempt under the next seed. */
    again: () => run('start', (present) => begin(present, Math.max(0, ...get().attempts.map(({ view }) => view.key)) + 1)),

    token: () => move('token', async (present, { play }) => take(await present.stepToken(play))),
    turn: () => move('turn', (present, { play }) => taking((onView) => present.stepTurn(play, onView))),
    finish: () => move('finish', (present, { play }) => taking((onView) => present.finish(play, onView))),
    /** Token by token, at a pace that can be read, until it is over or paused. */
    watch: () =>
      move('watch', async (present, { play }) => {
        watching = true;
        while (watching && !shownAttempt()?.view.end) {
          take(await present.stepToken(play));
          await wait(PACE);
        }
      }),
    /** Ends whatever is under way; what was written is kept. */
    async stop(): Promise<void> {
      watching = false;
      if (get().doing?.kind !== 'watch') await client?.stop();
    },

    pick(picked: TokenPlace | null): void {
      set({ picked });
    },
    show(play: number): void {
      set({ shown: play, picked: null });
    },
    /** Goes on from a place with another word there; the attempt that had another one stays. */
    choose: (place: TokenPlace, word: string) =>
      move('choose', async (present, { play }) => branch(await present.choose(play, place, word), { play, place, word }), false),
    /** So many continuations more from before a turn, or, with null, from where the attempt stands. */
    reroll: (turn: number | null, count: number) =>
      move(
        'reroll',
        async (present, { play, view }) => {
          const place = turn === null ? endOf(view) : { turn, token: 0 };
          const first = get().marks.find((mark) => mark.play === play && mark.place.turn === place.turn && mark.place.token === place.token)?.result.total ?? 0;
          const more = await present.reroll(play, turn, { first, count }, progress);
          set(({ marks }) => ({ marks: withContinuations(marks, play, place, more) }));
        },
        turn === null,
      ),

    /** Opens, changes or closes the form of the reader's own turn. */
    plan(change: Partial<OwnTurn> | null): void {
      set(({ own }) => ({ own: change && { ...(own ?? { thought: '', action: firstMove.blank }), ...change } }));
    },
    playOwn: () =>
      move('own', async (present, { play, view }) => {
        const { own } = get();
        if (!own) return;
        branch(await present.playTurn(play, own), { play, place: { turn: view.turns.length, token: 0 }, word: null });
        set({ own: null });
      }),
    /** What the reader expects of the attempt's end. */
    guess(right: boolean): void {
      set(({ attempts, shown }) => ({ attempts: attempts.map((each) => (each.play === shown ? { ...each, guess: right } : each)) }));
    },

    /** Holds the chosen policy against another on the same questions. */
    hold: (against: string, tasks: number) =>
      run('hold', async (present) => {
        const { place, policy, temperature } = get();
        const comparison: Comparison = { policies: [policy, against], preset: place.preset, split: place.split, tasks, temperature };
        set({ held: null });
        set({ held: { comparison, result: await present.hold(comparison, progress) } });
      }),

    close(): void {
      client?.close();
      client = null;
      set({ client: null, doing: null });
    },
  };

  return { ...store, actions, world };
}
