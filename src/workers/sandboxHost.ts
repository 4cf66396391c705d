// The sandbox with what it may ask of its host: what run a spec is, and the data of runs. The same in the worker and, for tests, in Node.

import realm from 'virtual:realm-source';
import library from 'virtual:tapo-source';
import { type Engine, EngineBroken, startEngine } from '../env/sandbox/engine.ts';
import { type CellFault, faultWords, stoppedWords } from '../env/sandbox/faultWords.ts';
import type { RunRead } from '../env/sandbox/realm/host.ts';
import type { CellReply } from '../env/sandbox/realm/realm.ts';
import { trainConfig } from '../train/config.ts';
import { COMPARED_RULES } from '../train/creditComparison.ts';
import { commandOf, runKey } from '../train/runKey.ts';
import { type RunShelf, runShelf } from './runShelf.ts';
import type { CellOutcome, PreparedCell, RunChanges } from './sandbox.protocol.ts';

export interface SandboxHost {
  setRuns(changes: RunChanges): void;
  evaluate(cell: PreparedCell, deadline: number): CellOutcome;
  forget(ids: readonly number[]): void;
}

/** For calls of our own code alone, milliseconds. */
const OWN = 10_000;

/** `wasm` is the address of the engine's binary; Node finds its own. */
export async function createSandboxHost(wasm?: string): Promise<SandboxHost> {
  const shelf = runShelf();
  const engine = await startEngine(`(host) => (${realm}).startRealm(host, () => (${library}))`, hostFunctions(shelf), {}, wasm);
  const own = (method: string, text: string): string => {
    const answer = engine.call(method, text, OWN);
    if (answer.kind !== 'ok') throw new EngineBroken(`sandbox: ${method} came to ${JSON.stringify(answer)}`);
    return answer.text;
  };
  return {
    setRuns(changes) {
      const changed = shelf.change(changes);
      if (changed.length > 0) own('refresh', JSON.stringify(changed));
    },
    evaluate: (cell, deadline) => evaluated(engine, cell, deadline, () => JSON.parse(own('reply', '')) as CellReply),
    forget: (ids) => void own('forget', JSON.stringify(ids)),
  };
}

function evaluated(engine: Engine, { code, ...request }: PreparedCell, deadline: number, replyOf: () => CellReply): CellOutcome {
  const name = `cell-${request.id}`;
  const error = (fault: CellFault, reads: readonly RunRead[], lost = false): CellOutcome => ({ kind: 'error', ...fault, reads, lost });
  try {
    const answer = engine.call('evaluate', JSON.stringify(request), deadline, { source: code, name });
    if (answer.kind !== 'ok' && answer.spent) return error(stoppedWords(answer, name, deadline), [], true);
    const reply = replyOf();
    if (answer.kind !== 'ok') return error(stoppedWords(answer, name, deadline), reply.reads);
    if (reply.kind === 'ok') return reply;
    if (reply.kind === 'waiting') return error({ message: 'it waits for a promise that nothing keeps', line: null }, reply.reads);
    return error(faultWords(reply.fault, name), reply.reads);
  } catch (broken) {
    if (!(broken instanceof EngineBroken)) throw broken;
    return error({ message: 'it nests calls or data too deeply for the sandbox, which was started afresh', line: null }, [], true);
  }
}

function hostFunctions(shelf: RunShelf) {
  return {
    describe(json: string): string {
      try {
        const spec = JSON.parse(json) as object;
        const config = trainConfig(spec);
        return JSON.stringify({ key: runKey(config), spec, config, command: commandOf(config) });
      } catch (error) {
        return JSON.stringify({ refusal: error instanceof Error ? error.message : String(error) });
      }
    },
    list: () => JSON.stringify(shelf.list()),
    part: (which: string) => shelf.part(JSON.parse(which)),
    rules: () => JSON.stringify([...Object.keys(COMPARED_RULES), 'truth']),
  };
}
