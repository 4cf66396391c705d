// The sandbox of a run's own code in a thread of its own, where it can be ended: the worker of the page, on the command line.
import type { OwnCode } from '../src/env/own/ownCode.ts';
import type { OwnAnswer, OwnPrograms, OwnRequest, OwnSandbox } from '../src/env/own/ownEngine.ts';
import { watchedOwnCode } from '../src/env/own/watchedOwnCode.ts';
import { startThread } from './thread.ts';

export type OwnCodeRequest =
  | { readonly kind: 'declare'; readonly index: number; readonly code: OwnCode }
  | { readonly kind: 'run'; readonly request: OwnRequest };

let programs: Promise<OwnPrograms> | null = null;

/** Starts a thread and loads its engine. Throws if one of them cannot be had. */
export async function startOwnCode(): Promise<OwnSandbox> {
  programs ??= buildPrograms();
  const { next, ask, failure, terminate } = startThread<OwnCodeRequest, OwnAnswer>(new URL('./ownCodeWorker.ts', import.meta.url), await programs);
  return watchedOwnCode({
    ready: next().then(() => {}),
    declare: (index, code) => ask({ kind: 'declare', index, code }),
    run: (request) => ask({ kind: 'run', request }),
    failure,
    terminate,
  });
}

/** The programs that the page has from its build. */
async function buildPrograms(): Promise<OwnPrograms> {
  const { sourceOf } = await import('../scripts/iifeSources.ts');
  const [realm, library] = await Promise.all([sourceOf('virtual:own-realm-source'), sourceOf('virtual:tapo-source')]);
  return { realm, library };
}
