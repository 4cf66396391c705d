// What runs inside the sandbox beside the cells' own code: the names that they see, the values that they gave, and what leaves of them.
import { type RandomStream, randomStream } from '../../../tapo/random.ts';
import { describeValue } from './describeValue.ts';
import { type Fault, faultOf } from './fault.ts';
import { freezeDeep, harden, hiddenIntrinsics } from './harden.ts';
import type { RealmHost, RunChange, RunRead } from './host.ts';
import { MOST_VALUES } from './names.ts';
import { nameOwn } from './own.ts';
import { createRunData } from './runData.ts';
import { runFunctions } from './runObjects.ts';

/** A cell to be evaluated: what its code is called with, and what it gives. */
export interface CellRequest {
  readonly id: number;
  /** Names of other cells' values, in the order of the code's parameters, and the cells that have them. */
  readonly inputs: readonly { readonly name: string; readonly from: number }[];
  /** Names that it declares. */
  readonly defines: readonly string[];
  /** Its source after those of all cells that it needs: what makes the same values elsewhere. */
  readonly program: string;
}

/** What came of it. `values` are JSON texts, `rewards` names of rewards that it declares. */
export type CellReply = Settled & { readonly reads: readonly RunRead[] };

type Settled =
  | { readonly kind: 'ok'; readonly values: readonly string[]; readonly shows: readonly string[]; readonly rewards: readonly string[] }
  | { readonly kind: 'error'; readonly fault: Fault }
  /** A promise was never kept. */
  | { readonly kind: 'waiting' };

/** Code of a cell: hands the value of its last expression to `keep`, and gives what it declares. */
type CellCode = (keep: (value: unknown) => void, ...inputs: readonly unknown[]) => unknown;

/** Sets up the realm; all methods take and give text. `library` makes the tapo library. */
export function startRealm(host: RealmHost, library: () => object) {
  let random: RandomStream = randomStream(0);
  const cells = new Map<number, Readonly<Record<string, unknown>>>();
  let shown: string[] = [];
  let shows: string[] = [];
  let reply: Settled = { kind: 'waiting' };
  /** Evaluations so far: what a promise of an earlier one still brings comes too late. */
  let turn = 0;

  const data = createRunData(host);
  const show = (value: unknown): void => {
    if (shown.length === MOST_VALUES) throw new RangeError(`display: a cell shows at most ${MOST_VALUES} values; put them into an array, and show that`);
    const { json, shows: keys } = describeValue(value);
    shown.push(json);
    shows.push(...keys);
  };
  const display = (value: unknown): void => show(value);

  harden(() => random.next());
  const names = { tapo: library(), ...runFunctions(host, data), display };
  for (const [name, value] of Object.entries(names)) Object.defineProperty(globalThis, name, { value });
  freezeDeep(globalThis, ...Object.values(names), ...hiddenIntrinsics());

  const finish = ({ id, defines, program }: CellRequest, kept: unknown, given: Readonly<Record<string, unknown>>): void => {
    const [only] = defines;
    const rewards = nameOwn(given, program);
    if (kept !== undefined) show(kept);
    else if (shown.length === 0 && defines.length === 1 && only !== undefined && given[only] !== undefined) show(given[only]);
    cells.set(id, given);
    reply = { kind: 'ok', values: shown, shows, rewards };
  };
  const fail = (error: unknown): void => {
    reply = { kind: 'error', fault: faultOf(error) };
  };

  return {
    /** Evaluates the code of a cell; `reply` then tells what came of it, once all promises are kept. */
    evaluate(code: CellCode, text: string): void {
      const request = JSON.parse(text) as CellRequest;
      random = randomStream(request.id);
      [shown, shows, reply] = [[], [], { kind: 'waiting' }];
      data.takeReads();
      cells.delete(request.id);
      const mine = ++turn;
      let kept: unknown;
      const keep = (value: unknown): void => {
        kept = value;
      };
      const settle = async (given: unknown): Promise<void> => {
        const declared = (await given) as Readonly<Record<string, unknown>>;
        const values: [string, unknown][] = [];
        for (const [name, value] of Object.entries(declared)) values.push([name, await value]);
        const last = await kept;
        if (mine === turn) finish(request, last, Object.fromEntries(values));
      };
      try {
        const inputs = request.inputs.map(({ name, from }) => cells.get(from)?.[name]);
        const given = code(keep, ...inputs);
        const late = [given, kept, ...Object.values(given as object)].some((value) => value instanceof Promise);
        if (late) void settle(given).catch((error: unknown) => mine === turn && fail(error));
        else finish(request, kept, given as Readonly<Record<string, unknown>>);
      } catch (error) {
        fail(error);
      }
    },
    /** The CellReply of the cell that was evaluated last. */
    reply: (): string => JSON.stringify({ ...reply, reads: data.takeReads() }),
    /** Drops the values of cells that are no more. */
    forget(ids: string): void {
      for (const id of JSON.parse(ids) as number[]) cells.delete(id);
    },
    /** Drops what was parsed of runs that changed. */
    refresh: (changed: string): void => data.forget(JSON.parse(changed) as RunChange[]),
  };
}
