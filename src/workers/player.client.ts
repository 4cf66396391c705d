// The page's end of the player worker: plain functions that give values or throw.
import { proxy, transfer, wrap } from 'comlink';
import type { Continuations } from '../train/player/continuations.ts';
import type { OwnTurn } from '../train/player/ownTurn.ts';
import type { PlaySettings, TokenPlace } from '../train/player/play.ts';
import type { NumberedPlay } from '../train/player/player.ts';
import type { Question, QuestionPlace, WrittenQuestion } from '../train/player/playView.ts';
import type { PairedShares } from '../train/player/shares.ts';
import type { ShelfEntry } from '../train/player/shelf.ts';
import { unwrap } from './answer.ts';
import type { ToolsClient } from './clients.ts';
import { failureOf } from './failureOf.ts';
import type { Comparison, PlayerApi, PlayerReport } from './player.protocol.ts';
import type { WorkshopSetup } from './workshop.ts';

/** As PlayerApi, without the wall: a test can stand in for it. Every function rejects with the error's name and message from the other side. */
export interface PlayerClient {
  readonly report: PlayerReport;
  questions(first: QuestionPlace, count: number): Promise<readonly Question[]>;
  loadPolicy(bytes: Uint8Array, name: string): Promise<readonly ShelfEntry[]>;
  start(question: QuestionPlace | WrittenQuestion, settings: PlaySettings): Promise<NumberedPlay>;
  stepToken(play: number): Promise<NumberedPlay>;
  stepTurn(play: number, onView: (numbered: NumberedPlay) => void): Promise<NumberedPlay>;
  finish(play: number, onView: (numbered: NumberedPlay) => void): Promise<NumberedPlay>;
  playTurn(play: number, turn: OwnTurn): Promise<NumberedPlay>;
  choose(play: number, place: TokenPlace, word: string): Promise<NumberedPlay>;
  reroll(
    play: number,
    turn: number | null,
    range: { readonly first: number; readonly count: number },
    onProgress: (done: number, total: number) => void,
  ): Promise<Continuations>;
  hold(comparison: Comparison, onProgress: (done: number, total: number) => void): Promise<PairedShares>;
  forget(plays: readonly number[]): Promise<void>;
  stop(): Promise<void>;
  /** Ends the worker at once, whatever it does. */
  close(): void;
}

/** Starts a player worker of a benchmark that calls the given tools. Throws if the benchmark or the backend cannot be had. */
export async function startPlayer(setup: WorkshopSetup, tools: ToolsClient): Promise<PlayerClient> {
  const worker = new Worker(new URL('./player.worker.ts', import.meta.url), { type: 'module', name: 'player' });
  const api = wrap<PlayerApi>(worker);
  try {
    const { port1, port2 } = new MessageChannel();
    await tools.api.connect(transfer(port1, [port1]));
    const report = unwrap(await Promise.race([api.prepare(setup, transfer(port2, [port2])), failureOf(worker)]));
    return {
      report,
      questions: async (first, count) => unwrap(await api.questions(first, count)),
      loadPolicy: async (bytes, name) => unwrap(await api.loadPolicy(bytes, name)),
      start: async (question, settings) => unwrap(await api.start(question, settings)),
      stepToken: async (play) => unwrap(await api.stepToken(play)),
      stepTurn: async (play, onView) => unwrap(await api.stepTurn(play, proxy(onView))),
      finish: async (play, onView) => unwrap(await api.finish(play, proxy(onView))),
      playTurn: async (play, turn) => unwrap(await api.playTurn(play, turn)),
      choose: async (play, place, word) => unwrap(await api.choose(play, place, word)),
      reroll: async (play, turn, range, onProgress) => unwrap(await api.reroll(play, turn, range, proxy(onProgress))),
      hold: async (comparison, onProgress) => unwrap(await api.hold(comparison, proxy(onProgress))),
      forget: async (plays) => unwrap(await api.forget(plays)),
      stop: () => api.stop(),
      close: () => worker.terminate(),
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
