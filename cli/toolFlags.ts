// A session's tools on the command line: live ones by --tool, --cassette, --record-cassette and keys from the environment (docs/live-tools.md);
// those of the run's own, with its reward.
import { setMaxListeners } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  checkTool,
  createKeyring,
  createLiveClient,
  type Keyring,
  keyVariable,
  openTools,
  parseToolConfig,
  recordCassette,
  replayCassette,
  type ToolConfig,
  tellFaults,
} from '../src/env/live/index.ts';
import { type OpenedCode, type OwnCodes, type OwnReward, openOwnCode } from '../src/env/own/openOwnCode.ts';
import { kindOfFault } from '../src/env/own/ownCodeError.ts';
import type { Benchmark, Tool } from '../src/env/types.ts';
import { startOwnCode } from './ownCodeThread.ts';
import { UserError } from './userError.ts';

export interface ToolFlags {
  readonly tool?: readonly ToolConfig[];
  readonly cassette?: string;
  readonly recordCassette?: string;
}

export function addToolFlags(command: Command): Command {
  return command
    .optionsGroup('Live tools:')
    .addOption(
      new Option(
        '--tool <config>',
        'another transport for a tool, e.g. text_search_tool=mediawiki:https://en.wikipedia.org (repeatable; docs/live-tools.md)',
      ).argParser(collectConfig),
    )
    .option('--cassette <file>', 'answer live calls from a recorded cassette, without the network')
    .option('--record-cassette <file>', 'also write every live call to a cassette');
}

/** Keeps what was given before, as a repeatable option needs. */
function collectConfig(text: string, before: readonly ToolConfig[] = []): readonly ToolConfig[] {
  try {
    return [...before, parseToolConfig(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

export interface CommandTools {
  readonly tools: readonly Tool[];
  /** The run's own; null where it has none. */
  readonly ownReward: OwnReward | null;
  /** Aborted when the session cannot go on: a cassette lacks a call. */
  readonly signal: AbortSignal;
  /** Ends sessions, files and the sandbox of the run's own code. Gives what failed, a line a kind of failure, the most frequent first. Throws UserError if the session could not go on. */
  finish(): Promise<readonly string[]>;
  /** Finishes after an error, and throws it, or why the session could not go on. */
  fail(error: unknown): Promise<never>;
}

export interface SessionOptions {
  /** Of stochastic tools. */
  readonly seed: number;
  /** The run's own code. Default none. */
  readonly codes?: OwnCodes;
}

/**
 * The benchmark's tools as flags and code of one's own want them; each live one is asked once first, unless a cassette answers. Throws
 * UserError that explains what fails, and OwnCodeError.
 */
export async function openCommandTools(
  benchmark: Pick<Benchmark, 'tools' | 'vocabulary' | 'overview'>,
  { tool: configs = [], cassette, recordCassette: record }: ToolFlags,
  { seed, codes = { reward: null, tools: [] } }: SessionOptions,
): Promise<CommandTools> {
  const live = configs.some(({ kind }) => kind !== 'stochastic');
  if ((cassette ?? record) && !live) throw new UserError('--cassette and --record-cassette need a live --tool');
  if (cassette && record) throw new UserError('--cassette and --record-cassette cannot be given together: what is played was recorded already');
  const client = createLiveClient({ keys: keysFromEnvironment(configs) });
  if (!cassette)
    for (const config of configs) {
      const check = await checkTool(config, { client, tools: benchmark.tools });
      if (!check.ok) throw new UserError(`--tool ${check.explanation}`);
    }
  const ended = new AbortController();
  setMaxListeners(0, ended.signal); // every call under way listens
  const tape = record ? openSync(record, 'w') : null;
  const player = cassette
    ? replayCassette(await readFile(cassette, 'utf8'), { onMismatch: (mismatch) => ended.abort(mismatch) })
    : tape !== null
      ? recordCassette((line) => writeSync(tape, line))
      : null;
  const opened = await openTools(benchmark.tools, configs, { client, overview: benchmark.overview, seed, ...(player ? { cassette: player } : {}) });
  const failures = new Map<string, number>();
  const count = (message: string): void => void failures.set(message, (failures.get(message) ?? 0) + 1);
  let own: OpenedCode | null = null;
  const finish = async (): Promise<readonly string[]> => {
    own?.close();
    await opened.close();
    if (tape !== null) closeSync(tape);
    if (ended.signal.aborted) throw new UserError((ended.signal.reason as Error).message);
    return [...failures].sort(([, a], [, b]) => b - a).map(([message, count]) => `${count} calls failed: ${message}`);
  };
  const fail = async (error: unknown): Promise<never> => {
    await finish();
    throw error;
  };
  const tools = opened.tools.map((tool) => tellFaults(tool, count));
  if (codes.reward || codes.tools.length > 0)
    own = await openOwnCode(codes, { benchmark, tools, start: startOwnCode, onFault: (message) => count(kindOfFault(message)) }).catch(fail);
  return { tools: own?.tools ?? tools, ownReward: own?.reward ?? null, signal: ended.signal, finish, fail };
}

/** A key is never an argument, where other users of the machine could read it. */
function keysFromEnvironment(configs: readonly ToolConfig[]): Keyring {
  const keys = createKeyring();
  for (const config of configs) if ('url' in config) keys.set(config.url, process.env[keyVariable(config.url)] ?? '');
  return keys;
}
