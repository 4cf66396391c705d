// For tests: the sandbox of a run's own code in Node, without a worker and without a watchdog.
import realm from 'virtual:own-realm-source';
import library from 'virtual:tapo-source';
import type { OwnCode } from '../ownCode.ts';
import { type OwnSandbox, startOwnEngine } from '../ownEngine.ts';

export const startLocal = (): Promise<OwnSandbox> => startOwnEngine({ realm, library });

/** Code of one cell that declares `mine` as this expression. */
export const mine = (expression: string): OwnCode => ({ name: 'mine', source: `const mine = ${expression};` });
