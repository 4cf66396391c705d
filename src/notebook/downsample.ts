// Fewer points for a chart, without losing what stands out.

/** Rows that a chart draws at most: what recharts costs follows rows times lines. */
export const DRAWN_ROWS = 200;

/**
 * At most `limit` points: the line is cut into buckets, and of each the least, the greatest and the last point stay, in their order.
 * `read` gives what is drawn; points without a value (undefined) are dropped first.
 */
export function downsample<T>(points: readonly T[], read: (point: T) => number | undefined, limit = DRAWN_ROWS): T[] {
  return downsampleRows(points, [read], limit);
}

/** As `downsample`, for rows with a value on each of several lines: least and greatest of every line stay. Rows without any value are dropped. */
export function downsampleRows<T>(rows: readonly T[], reads: readonly ((row: T) => number | undefined)[], limit = DRAWN_ROWS): T[] {
  const present = rows.filter((row) => reads.some((read) => read(row) !== undefined));
  if (present.length <= limit) return present;
  const buckets = Math.max(1, Math.floor(limit / (2 * reads.length + 1)));
  return Array.from({ length: buckets }, (_, b) => {
    const part = present.slice(Math.floor((b * present.length) / buckets), Math.floor(((b + 1) * present.length) / buckets));
    const kept = new Set([part[part.length - 1] as T, ...reads.flatMap((read) => extremes(part, read))]);
    return part.filter((row) => kept.has(row));
  }).flat();
}

/** The rows with the least and the greatest value. */
function extremes<T>(rows: readonly T[], read: (row: T) => number | undefined): T[] {
  const present = rows.filter((row) => read(row) !== undefined);
  const first = present[0];
  if (first === undefined) return [];
  const value = (row: T): number => read(row) as number;
  return [
    present.reduce((best, row) => (value(row) < value(best) ? row : best), first),
    present.reduce((best, row) => (value(row) > value(best) ? row : best), first),
  ];
}
