// The page's end of the chat worker: plain functions that give values or throw.
import { proxy, wrap } from 'comlink';
import type { ChatCheck } from '../env/live/index.ts';
import { unwrap } from './answer.ts';
import type { ChatApi, ChatProgress, ChatSetup, PlayedChat } from './chat.protocol.ts';
import { failureOf } from './failureOf.ts';
import type { LiveSetup } from './liveTools.ts';

/** As ChatApi, without the wall: a test can stand in for it. Every function rejects with the error's name and message from the other side. */
export interface ChatClient {
  test(setup: ChatSetup, live: LiveSetup): Promise<ChatCheck>;
  play(setup: ChatSetup, live: LiveSetup, onProgress: (progress: ChatProgress) => void): Promise<PlayedChat>;
  stop(): Promise<void>;
  /** Ends the worker at once, whatever it does. */
  close(): void;
}

/** Starts a chat worker. `base` is the folder that holds the benchmarks. */
export function startChat(base: string): ChatClient {
  const worker = new Worker(new URL('./chat.worker.ts', import.meta.url), { type: 'module', name: 'chat' });
  const api = wrap<ChatApi>(worker);
  const failure = failureOf(worker);
  failure.catch(() => {}); // told by what is asked for
  return {
    test: async (setup, live) => unwrap(await Promise.race([api.test(base, setup, live), failure])),
    play: async (setup, live, onProgress) => unwrap(await Promise.race([api.play(base, setup, live, proxy(onProgress)), failure])),
    stop: () => api.stop(),
    close: () => worker.terminate(),
  };
}
