// A run's own tools in the worker that plays it: opened as its configuration has them, with keys and a cassette that came apart from it.
import {
  type CassetteMismatch,
  createKeyring,
  createLiveClient,
  type LiveClient,
  type OpenedTools,
  openTools,
  parseToolConfig,
  proxied,
  recordCassette,
  replayCassette,
  tellFaults,
} from '../env/live/index.ts';
import type { Benchmark, Tool } from '../env/types.ts';

/** What live tools need beside their configuration. It is held in memory alone: no file, link or log has it. */
export interface LiveSetup {
  /** An address of each host, and its key. */
  readonly keys: readonly (readonly [address: string, key: string])[];
  /** Address of the proxy that calls go through; null: directly. */
  readonly proxy: string | null;
  readonly cassette: { readonly kind: 'off' | 'record' } | { readonly kind: 'play'; readonly text: string };
}

export interface LiveTools extends OpenedTools {
  /** The cassette that was recorded so far, one line a call; empty where none is. */
  recorded(): string;
}

export interface LiveToolsOptions {
  /** The benchmark's tools. */
  readonly tools: readonly Tool[];
  /** The benchmark's. */
  readonly overview: Benchmark['overview'];
  /** Of stochastic tools. */
  readonly seed: number;
  /** Hears of every call that failed: its rollout is dropped. */
  readonly onFault: (message: string) => void;
  /** Hears of a call that the played cassette lacks: the run cannot go on. */
  readonly onMismatch: (mismatch: CassetteMismatch) => void;
  /** Ends the opening. */
  readonly signal?: AbortSignal;
}

/** The client that a setup asks for. `timeLimit` in milliseconds for a try; default that of live tools. */
export function liveClientOf({ keys, proxy }: Pick<LiveSetup, 'keys' | 'proxy'>, limits: { readonly timeLimit?: number } = {}): LiveClient {
  const keyring = createKeyring();
  for (const [address, key] of keys) keyring.set(address, key);
  return createLiveClient({ keys: keyring, ...limits, ...(proxy === null ? {} : { fetch: proxied(proxy) }) });
}

/** Throws what `openTools` and `parseToolConfig` throw, and CassetteError. */
export async function openLiveTools(
  texts: readonly string[],
  { cassette, ...hosts }: LiveSetup,
  { tools, overview, seed, onFault, onMismatch, signal }: LiveToolsOptions,
): Promise<LiveTools> {
  const client = liveClientOf(hosts);
  const tape: string[] = [];
  const player =
    cassette.kind === 'play' ? replayCassette(cassette.text, { onMismatch }) : cassette.kind === 'record' ? recordCassette((line) => tape.push(line)) : null;
  const opened = await openTools(tools, texts.map(parseToolConfig), { client, overview, seed, signal, ...(player ? { cassette: player } : {}) });
  return { ...opened, tools: opened.tools.map((tool) => tellFaults(tool, onFault)), recorded: () => tape.join('') };
}
