// Median and quartiles of a few measurements.

export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Quartiles by linear interpolation between the ordered values. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('spreadOf: expected at least one value, got none');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (place - Math.floor(place)) * (above - below);
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}
