// Mean and 95 % interval of a few values, by Student's t: a handful of seeds is what a browser can train.

export interface MeanInterval {
  readonly mean: number;
  /** Bounds of the 95 % interval of the mean; null for one value, which says nothing of its spread. */
  readonly low: number | null;
  readonly high: number | null;
  /** Number of values. */
  readonly n: number;
}

/**
 * Mean of independent values, and the interval that holds their expectation with 95 %:  x̄ ± t₀.₉₇₅(n − 1) · s / √n,  s over n − 1.
 * Throws RangeError without any value.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  if (n === 0) throw new RangeError('meanInterval: expected at least one value, got none');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, low: null, high: null, n };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentT975(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half, n };
}

/** The 0.975 quantile of Student's t for 1 to 10 degrees of freedom. */
const QUANTILES = [
  12.7062047362, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511, 2.3646242516, 2.3060041352, 2.2621571628, 2.228138852,
] as const;
/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** The 0.975 quantile of Student's t: a table, then the expansion in 1/ν around the normal quantile (Fisher and Cornish 1960), right to 1e-5. */
export function studentT975(degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1) throw new RangeError(`studentT975: expected whole degrees of freedom from 1, got ${degrees}`);
  const listed = QUANTILES[degrees - 1];
  if (listed !== undefined) return listed;
  const terms = [
    (Z ** 3 + Z) / 4,
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / degrees ** (i + 1), Z);
}
