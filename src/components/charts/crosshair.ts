// One x that all charts of a view point at. It lives outside React's state: a moving pointer draws a few lines anew, never a chart.
import { useSyncExternalStore } from 'react';

export interface Crosshair {
  readonly get: () => number | null;
  readonly set: (x: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createCrosshair(): Crosshair {
  let at: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => at,
    set: (x) => {
      if (x === at) return;
      at = x;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useCrosshair({ subscribe, get }: Crosshair): number | null {
  return useSyncExternalStore(subscribe, get);
}
