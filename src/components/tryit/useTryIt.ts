// Gives the parts of "Try it" its state, piece by piece, and its actions.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Attempt } from '../../notebook/attempts.ts';
import type { TryItState, TryItStore } from '../../notebook/tryIt.ts';
import type { TryItWorld } from '../../notebook/tryItWorlds.ts';

export const TryItContext = createContext<TryItStore | null>(null);

/** Part of the state; the component renders again only when that part changes. */
export function useTryIt<T>(select: (state: TryItState) => T): T {
  return useStore(useTryItStore(), select);
}

export function useTryItActions(): TryItStore['actions'] {
  return useTryItStore().actions;
}

/** What there is to be said of the benchmark. */
export function useWorld(): TryItWorld {
  return useTryItStore().world;
}

/** The attempt that is shown; null before there is one. */
export function useAttempt(): Attempt | null {
  return useTryIt(({ attempts, shown }) => attempts.find(({ play }) => play === shown) ?? null);
}

/** Words that a person may write. */
export function useWords(): readonly string[] {
  return useTryIt(({ client }) => client?.words ?? NONE);
}

export function usePresets(): readonly string[] {
  return useTryIt(({ client }) => client?.presets ?? NONE);
}

const NONE: readonly string[] = [];

/** Whether something is under way that takes longer than a blink. */
export function useBusy(): boolean {
  return useTryIt(({ doing }) => doing !== null && !['token', 'turn', 'choose', 'own'].includes(doing.kind));
}

function useTryItStore(): TryItStore {
  const store = useContext(TryItContext);
  if (!store) throw new Error('useTryIt: expected a TryItContext around this component');
  return store;
}
