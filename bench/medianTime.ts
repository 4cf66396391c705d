// Time of a pure function: the median over several samples, each long enough for the clock.

export interface TimeOptions {
  /** Samples of which the median is taken. Default 9. */
  readonly samples?: number;
  /** Least length of a sample, milliseconds: a short function runs several times in each. Default 30. */
  readonly sampleMs?: number;
  /** Runs that long beforehand, at least once, so that the engine has compiled what it will. Milliseconds, default 200. */
  readonly warmUpMs?: number;
}

/** Milliseconds for one run. */
export function medianTime(work: () => unknown, { samples = 9, sampleMs = 30, warmUpMs = 200 }: TimeOptions = {}): number {
  const perRun = (leastMs: number): number => {
    const start = performance.now();
    let runs = 0;
    let elapsed = 0;
    do {
      work();
      runs++;
      elapsed = performance.now() - start;
    } while (elapsed < leastMs);
    return elapsed / runs;
  };
  perRun(warmUpMs);
  const times = Array.from({ length: samples }, () => perRun(sampleMs)).sort((a, b) => a - b);
  return times[times.length >> 1] as number;
}
