// The worker with a run's own tools and reward, away from the trainer, where it can be ended at any time.

import realm from 'virtual:own-realm-source';
import library from 'virtual:tapo-source';
import { expose } from 'comlink';
import { type OwnSandbox, startOwnEngine } from '../env/own/ownEngine.ts';
import { QUICKJS_WASM } from '../env/sandbox/wasmFile.ts';
import { answer } from './answer.ts';
import type { OwnCodeApi } from './ownCode.protocol.ts';
import './trustedTypes.ts';

let starting: Promise<OwnSandbox> | null = null;

const sandbox = (): Promise<OwnSandbox> => starting ?? Promise.reject(new Error('own code: not prepared; call prepare first'));

const api: OwnCodeApi = {
  prepare: () =>
    answer(async () => {
      starting ??= startOwnEngine({ realm, library }, QUICKJS_WASM);
      await starting;
    }),
  declare: (index, code) => answer(async () => (await sandbox()).declare(index, code)),
  run: (request) => answer(async () => (await sandbox()).run(request)),
};

expose(api);
