// The thread of ownCodeThread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { type OwnAnswer, type OwnPrograms, startOwnEngine } from '../src/env/own/ownEngine.ts';
import type { OwnCodeRequest } from './ownCodeThread.ts';

const sandbox = await startOwnEngine(workerData as OwnPrograms);
const reply = (answer: OwnAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', async (asked: OwnCodeRequest) =>
  reply(asked.kind === 'declare' ? await sandbox.declare(asked.index, asked.code) : await sandbox.run(asked.request)),
);
reply({ kind: 'ok', values: [] });
