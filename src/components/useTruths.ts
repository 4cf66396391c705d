// The truth reports of one benchmark: those that were recorded, fetched when a view wants them, and those that were estimated in this page.
import { useEffect, useMemo } from 'react';
import type { TruthEntry } from '../notebook/state.ts';
import type { BenchmarkName } from '../train/config.ts';
import { useActions, useNotebook } from './useNotebook.ts';

export function useTruths(benchmark: BenchmarkName): readonly TruthEntry[] {
  const { fetchTruths } = useActions();
  const truths = useNotebook((state) => state.truths);
  useEffect(() => {
    fetchTruths(benchmark).catch((error: unknown) => console.warn('the recorded true values cannot be shown:', error));
  }, [fetchTruths, benchmark]);
  return useMemo(() => truths.filter((entry) => entry.benchmark === benchmark), [truths, benchmark]);
}
