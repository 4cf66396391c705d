// What runs inside the sandbox of a run: the tools and rewards that it took along, and the calls of them. No cells, no runs.
import { type RandomStream, randomStream } from '../../../tapo/random.ts';
import { sourceHash } from '../../own/ownCode.ts';
import { type Fault, faultOf } from './fault.ts';
import { freezeDeep, harden, hiddenIntrinsics } from './harden.ts';
import { inspect } from './inspect.ts';
import { type OwnReward, type OwnTool, reward, rewardOf, tool, toolOf } from './own.ts';
import { plainJson } from './plainData.ts';

/** What is asked of declared code: rewards of outcomes, similarities of pairs of calls, or the answer to one call. */
export interface OwnRequest {
  /** Place among the run's sources. */
  readonly index: number;
  readonly work: 'reward' | 'similarity' | 'call';
  /** Of similarities: pairs of places in `calls`. */
  readonly items: readonly unknown[];
  readonly calls: readonly unknown[];
}

/** What a source declares; `tool` is null for a reward. */
export interface Declared {
  readonly tool: (Pick<OwnTool, 'name' | 'description' | 'parameters'> & { readonly calls: boolean; readonly compares: boolean }) | null;
}

/** `at` is the item that was under way. */
export type OwnReply =
  | { readonly kind: 'ok'; readonly values: readonly unknown[] }
  | { readonly kind: 'error'; readonly at: number; readonly fault: Fault }
  | { readonly kind: 'waiting'; readonly at: number };

/** Sets up the realm; methods take and give text. `library` makes the tapo library. */
export function startOwnRealm(library: () => object) {
  const declared = new Map<number, { readonly tool: OwnTool | undefined; readonly reward: OwnReward | undefined }>();
  let reply: OwnReply = { kind: 'waiting', at: 0 };
  let at = 0;
  let under: unknown = null; // what the code is called with, and draws by
  let random: RandomStream | null = null;

  harden(() => {
    random ??= randomStream(Number.parseInt(sourceHash(JSON.stringify(under)).slice(0, 8), 16));
    return random.next();
  });
  const absent = (name: string) => (): never => {
    throw new TypeError(`${name} is for cells: the code of a tool or a reward runs without the page`);
  };
  const names = {
    tapo: library(),
    train: Object.assign(absent('train()'), { tool, reward }),
    runs: new Proxy({}, { get: absent('runs') }),
    display: () => {},
  };
  for (const [name, value] of Object.entries(names)) Object.defineProperty(globalThis, name, { value });
  freezeDeep(globalThis, names.tapo, names.train, names.display, ...hiddenIntrinsics());

  const begin = (item: unknown, place: number): void => {
    [under, at, random] = [item, place, null];
  };
  const settle = (work: () => unknown): void => {
    reply = { kind: 'waiting', at };
    const done = (values: unknown): void => {
      reply = { kind: 'ok', values: values as readonly unknown[] };
    };
    const fail = (error: unknown): void => {
      reply = { kind: 'error', at, fault: faultOf(error) };
    };
    try {
      const values = work();
      if (values instanceof Promise) void values.then(done).catch(fail);
      else done(values);
    } catch (error) {
      fail(error);
    }
  };

  return {
    /** Evaluates a source: `code` gives the value of the name, `text` is its place. `reply` then has what was declared. */
    declare(code: () => Promise<unknown>, text: string): void {
      begin(null, 0);
      settle(async () => {
        const value = await code();
        const [made, rated] = [toolOf(value), rewardOf(value)];
        if (!made && !rated) throw new TypeError(`expected a tool or a reward, as train.tool({…}) and train.reward(f) give them, got ${inspect(value)}`);
        declared.set(JSON.parse(text) as number, { tool: made, reward: rated });
        const about: Declared = {
          tool: made
            ? { name: made.name, description: made.description, parameters: made.parameters, calls: made.call !== null, compares: made.similarity !== null }
            : null,
        };
        return [about];
      });
    },
    /** Does an OwnRequest; `reply` then has one value an item. */
    run(text: string): void {
      const { index, work: kind, items, calls } = JSON.parse(text) as OwnRequest;
      const { tool: made, reward: rated } = declared.get(index) as { readonly tool: OwnTool | undefined; readonly reward: OwnReward | undefined };
      const each = (compute: (item: unknown) => unknown): unknown[] =>
        items.map((item, place) => {
          begin(item, place);
          return compute(item);
        });
      const work: Readonly<Record<OwnRequest['work'], () => unknown>> = {
        reward: () => each((outcome) => numberIn(rated?.(outcome), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 'a finite number')),
        similarity: () =>
          each((pair) => {
            const [a, b] = (pair as readonly number[]).map((place) => calls[place]);
            return numberIn(made?.similarity?.(a, b), 0, 1, 'a number from 0 to 1');
          }),
        call: async () => {
          begin(items[0], 0);
          const [args, context] = items[0] as readonly [unknown, unknown];
          return [JSON.parse(plainJson((await made?.call?.(args, context)) ?? null, 'its answer'))];
        },
      };
      settle(work[kind]);
    },
    /** The OwnReply to what was asked last. */
    reply: (): string => JSON.stringify(reply),
    /** The item that was under way, where a call did not come back. */
    place: (): string => String(at),
  };
}

function numberIn(value: unknown, least: number, most: number, expected: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw new RangeError(`expected ${expected}, got ${inspect(value).slice(0, 80)}`);
}
