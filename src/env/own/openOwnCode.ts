// A run's own code, opened: tools that stand in for the benchmark's or beside them, and a reward; both answered by a sandbox.
import type { ToolCall } from '../../tapo/index.ts';
import type { Benchmark, Tool } from '../types.ts';
import { keptSandbox } from './keptSandbox.ts';
import type { OwnCode } from './ownCode.ts';
import { OwnCodeError, ownFailure } from './ownCodeError.ts';
import type { OwnRequest, OwnSandbox } from './ownEngine.ts';
import { ownTool } from './ownTool.ts';

/** Rewards of outcomes, one each, in order. Rejects with OwnCodeError. */
export type OwnReward = (outcomes: readonly object[]) => Promise<readonly number[]>;

export interface OpenedCode {
  /** The given tools; those of the run's own stand in the place of their namesakes, or at the end. */
  readonly tools: readonly Tool[];
  /** Null where the run has no reward of its own. */
  readonly reward: OwnReward | null;
  /** Ends the sandbox. */
  close(): void;
}

export interface OwnCodes {
  readonly reward: OwnCode | null;
  readonly tools: readonly OwnCode[];
}

export interface OwnCodeParts {
  readonly benchmark: Pick<Benchmark, 'vocabulary'>;
  /** Tools that the run's own join: the benchmark's. */
  readonly tools: readonly Tool[];
  /** Starts a sandbox; called again where one was lost. */
  readonly start: () => Promise<OwnSandbox>;
  /** Told of every call of a tool that failed: its rollout is dropped. */
  readonly onFault: (words: string) => void;
}

/** Items of one request: enough to cost little each, few enough that one that hangs is stopped soon. */
const AT_ONCE = 256;

/** Throws OwnCodeError where a source does not declare what it should. */
export async function openOwnCode({ reward, tools: codes }: OwnCodes, { benchmark, tools, start, onFault }: OwnCodeParts): Promise<OpenedCode> {
  const all = reward ? [...codes, reward] : codes;
  const sandbox = keptSandbox(all, start);
  try {
    const declared = await sandbox.declared();
    const valuesOf = async <T>(index: number, items: readonly T[], requestOf: (some: readonly T[]) => Omit<OwnRequest, 'index'>): Promise<number[]> => {
      const values: number[] = [];
      for (let from = 0; from < items.length; from += AT_ONCE) {
        const some = items.slice(from, from + AT_ONCE);
        const answer = await sandbox.ask({ index, ...requestOf(some) });
        if (answer.kind === 'fault') throw ownFailure(all[index] as OwnCode, answer, some[answer.at]);
        values.push(...(answer.values as number[]));
      }
      return values;
    };
    const own = codes.map((code, index) => {
      const about = declared[index]?.tool;
      if (!about) throw new OwnCodeError(`tools: expected tools, as train.tool({…}) gives them; ${code.name} is a reward`);
      return ownTool(code, about, benchmark, tools, {
        similarities: (pairs) => valuesOf(index, pairs, similarityRequest),
        async call(args, context) {
          const answer = await sandbox.ask({ index, work: 'call', items: [[args, context]], calls: [] });
          if (answer.kind === 'ok') return answer.values[0];
          const error = ownFailure(code, answer, args);
          onFault(error.message);
          throw error;
        },
        refuse(error) {
          const failed = new OwnCodeError(`${code.name}: ${error.message}`);
          onFault(failed.message);
          throw failed;
        },
      });
    });
    const twice = own.find(({ name }, i) => own.findIndex((other) => other.name === name) < i);
    if (twice) throw new OwnCodeError(`tools: expected each tool once, got ${twice.name} twice`);
    if (reward && declared[codes.length]?.tool) throw new OwnCodeError(`reward: expected what train.reward(f) gives; ${reward.name} is a tool`);
    const standing = tools.map((tool) => own.find(({ name }) => name === tool.name) ?? tool);
    return {
      tools: [...standing, ...own.filter((tool) => !standing.includes(tool))],
      reward: reward && ((outcomes) => valuesOf(codes.length, outcomes, (items) => ({ work: 'reward', items, calls: [] }))),
      close: sandbox.close,
    };
  } catch (error) {
    sandbox.close();
    throw error;
  }
}

/** Each call goes once, however many pairs it is in. */
function similarityRequest(pairs: readonly (readonly [ToolCall, ToolCall])[]): Omit<OwnRequest, 'index'> {
  const calls = [...new Set(pairs.flat())];
  const places = new Map(calls.map((call, place) => [call, place]));
  return { work: 'similarity', items: pairs.map((pair) => pair.map((call) => places.get(call))), calls };
}
