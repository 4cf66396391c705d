// The sandbox of a run's own code: an engine, the realm in it, and what an answer or a fault of theirs means. The same in a worker and in Node.
import { type EngineAnswer, EngineBroken, startEngine } from '../sandbox/engine.ts';
import { type CellFault, faultWords } from '../sandbox/faultWords.ts';
import type { Declared, OwnReply, OwnRequest } from '../sandbox/realm/ownRealm.ts';
import type { OwnCode } from './ownCode.ts';

export type { OwnRequest } from '../sandbox/realm/ownRealm.ts';

/** One value an item, or what went wrong: at which item, on which line of the source; lost: the sandbox cannot go on. */
export type OwnAnswer =
  | { readonly kind: 'ok'; readonly values: readonly unknown[] }
  | ({ readonly kind: 'fault'; readonly at: number; readonly lost: boolean } & CellFault);

/** A sandbox that holds the code of a run. */
export interface OwnSandbox {
  /** Evaluates a source and keeps what it declares under its name; the one value is a Declared. */
  declare(index: number, code: OwnCode): Promise<OwnAnswer>;
  run(request: OwnRequest): Promise<OwnAnswer>;
  /** Ends it. */
  close(): void;
}

/** Texts of the two programs: scripts/iifeSources.ts makes them. */
export interface OwnPrograms {
  readonly realm: string;
  readonly library: string;
}

/** Milliseconds for one call, and for every further one of a batch. */
const DEADLINE = 1000;
const FURTHER = 10;

/** For calls of our own code alone, milliseconds. */
const OWN = 10_000;

/** What a request may take before it is stopped, milliseconds. */
export function deadlineOf(items: number): number {
  return DEADLINE + FURTHER * Math.max(0, items - 1);
}

/** `wasm` is the address of the engine's binary; Node finds its own. */
export async function startOwnEngine({ realm, library }: OwnPrograms, wasm?: string): Promise<OwnSandbox> {
  const engine = await startEngine(`() => (${realm}).startOwnRealm(() => (${library}))`, {}, {}, wasm);

  const own = (method: string): string => {
    const answer = engine.call(method, '', OWN);
    if (answer.kind !== 'ok') throw new EngineBroken(`own code: ${method} came to ${JSON.stringify(answer)}`);
    return answer.text;
  };
  const answered = (index: number, deadline: number, ask: () => EngineAnswer): OwnAnswer => {
    const fault = (at: number, words: CellFault, lost = false): OwnAnswer => ({ kind: 'fault', at, lost, ...words });
    try {
      const answer = ask();
      const script = scriptName(index);
      if (answer.kind === 'deadline')
        return fault(
          answer.spent ? 0 : Number(own('place')),
          { message: lateWords(deadline), line: faultWords({ name: '', message: '', stack: answer.stack }, script).line },
          answer.spent,
        );
      if (answer.kind === 'memory') return fault(0, { message: 'it needs more than 32 MB; keep less', line: null }, answer.spent);
      if (answer.kind === 'thrown') return fault(0, faultWords(answer, script), answer.spent);
      const reply = JSON.parse(own('reply')) as OwnReply;
      if (reply.kind === 'ok') return reply;
      if (reply.kind === 'waiting') return fault(reply.at, { message: 'it waits for a promise that nothing keeps', line: null });
      return fault(reply.at, faultWords(reply.fault, script));
    } catch (broken) {
      if (!(broken instanceof EngineBroken)) throw broken;
      return fault(0, { message: 'it nests calls or data too deeply for the sandbox', line: null }, true);
    }
  };

  return {
    declare: async (index, { name, source }) =>
      answered(index, DEADLINE, () =>
        engine.call('declare', String(index), DEADLINE, { source: `(async () => {\n${source}\n;return ${name};\n})`, name: scriptName(index) }),
      ),
    run: async (request) => {
      const deadline = deadlineOf(request.items.length);
      return answered(request.index, deadline, () => engine.call('run', JSON.stringify(request), deadline));
    },
    close: () => {},
  };
}

export type { Declared };

function lateWords(deadline: number): string {
  return `it ran for more than ${deadline / 1000} s and was stopped; is there a loop without end?`;
}

const scriptName = (index: number): string => `own-${index}`;
