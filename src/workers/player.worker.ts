// The player worker: plays single questions for "Try it", beside the trainer and with policies of its own.
import { expose } from 'comlink';
import { createPlayer, type NumberedPlay, type Player } from '../train/player/player.ts';
import { type Answer, answer } from './answer.ts';
import type { PlayerApi, ViewListener } from './player.protocol.ts';
import './trustedTypes.ts';
import { openWorkshop } from './workshop.ts';

let player: Player | null = null;
let stopping = new AbortController();
let last: Promise<unknown> = Promise.resolve();

/** Runs work after all that was asked before: there is one session, which stands in one place. */
function inTurn<T>(work: (player: Player, signal: AbortSignal) => T | Promise<T>): Promise<Answer<T>> {
  const { signal } = stopping;
  const result = last.then(() =>
    answer(() => {
      signal.throwIfAborted();
      if (!player) throw new Error('player: not prepared; call prepare first');
      return work(player, signal);
    }),
  );
  last = result;
  return result;
}

/** Least time between two views of a play that is under way, milliseconds: more could not be seen. */
const VIEW_INTERVAL = 40;

/** Passes a view on unless one was passed on just before. The last comes as the answer. */
function paced(listener: ViewListener): (numbered: NumberedPlay) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (numbered) => {
    const now = performance.now();
    if (now - last < VIEW_INTERVAL) return;
    last = now;
    void listener(numbered);
  };
}

const api: PlayerApi = {
  prepare: (setup, toolsPort) =>
    answer(async () => {
      const { backend, ...workshop } = await openWorkshop(setup, toolsPort);
      player = createPlayer(workshop);
      return { backend, presets: workshop.benchmark.presets, policies: player.policies(), words: player.words() };
    }),

  questions: (first, count) => inTurn((present) => present.questions(first, count)),
  loadPolicy: (bytes, name) =>
    inTurn((present) => {
      present.loadPolicy(bytes, name);
      return present.policies();
    }),
  start: (question, settings) => inTurn((present) => present.start(question, settings)),
  stepToken: (play) => inTurn((present, signal) => present.stepToken(play, { signal })),
  stepTurn: (play, onView) => inTurn((present, signal) => present.stepTurn(play, { signal, onView: paced(onView) })),
  finish: (play, onView) => inTurn((present, signal) => present.finish(play, { signal, onView: paced(onView) })),
  playTurn: (play, turn) => inTurn((present, signal) => present.playTurn(play, turn, { signal })),
  choose: (play, place, word) => inTurn((present, signal) => present.choose(play, place, word, { signal })),
  reroll: (play, turn, range, onProgress) =>
    inTurn((present, signal) => present.reroll(play, { ...range, ...(turn === null ? {} : { turn }), signal, onProgress })),
  hold: ({ policies, ...options }, onProgress) => inTurn((present, signal) => present.hold(policies, { ...options, signal, onProgress })),
  forget: (plays) => inTurn((present) => present.forget(plays)),
  stop: async () => {
    stopping.abort();
    stopping = new AbortController();
  },
};

expose(api);
