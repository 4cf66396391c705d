// The sandbox worker: code of cells, away from the page, where it can be ended at any time.
import { expose } from 'comlink';
import { QUICKJS_WASM } from '../env/sandbox/wasmFile.ts';
import { answer } from './answer.ts';
import type { SandboxApi } from './sandbox.protocol.ts';
import { createSandboxHost, type SandboxHost } from './sandboxHost.ts';
import './trustedTypes.ts';

let starting: Promise<SandboxHost> | null = null;

const host = (): Promise<SandboxHost> => starting ?? Promise.reject(new Error('sandbox: not prepared; call prepare first'));

const api: SandboxApi = {
  prepare: () =>
    answer(async () => {
      starting ??= createSandboxHost(QUICKJS_WASM);
      await starting;
    }),
  setRuns: (changes) => answer(async () => (await host()).setRuns(changes)),
  evaluate: (cell, deadline) => answer(async () => (await host()).evaluate(cell, deadline)),
  forget: (ids) => answer(async () => (await host()).forget(ids)),
};

expose(api);
