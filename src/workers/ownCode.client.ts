// The trainer's end of the worker with a run's own code.
import { wrap } from 'comlink';
import type { OwnSandbox } from '../env/own/ownEngine.ts';
import { watchedOwnCode } from '../env/own/watchedOwnCode.ts';
import { unwrap } from './answer.ts';
import { failureOfSandbox } from './failureOfSandbox.ts';
import type { OwnCodeApi } from './ownCode.protocol.ts';

/** Starts the worker and loads its engine. Throws if one of them cannot be had. */
export function startOwnCode(): Promise<OwnSandbox> {
  const worker = new Worker(new URL('./ownCode.worker.ts', import.meta.url), { type: 'module', name: 'own code' });
  const api: OwnCodeApi = wrap<OwnCodeApi>(worker);
  return watchedOwnCode({
    ready: api.prepare().then(unwrap),
    declare: (index, code) => api.declare(index, code).then(unwrap),
    run: (request) => api.run(request).then(unwrap),
    failure: failureOfSandbox(worker),
    terminate: () => worker.terminate(),
  });
}
