// Fewer points for a chart, without losing what stands out.

/**
 * At most `limit` points: the line is cut into buckets, and of each the least, the greatest and the last point stay, in their order.
 * `read` gives what is drawn; points without a value (undefined) are dropped first.
 */
export function downsample<T>(points: readonly T[], read: (point: T) => number | undefined, limit = 300): T[] {
  const present = points.filter((point) => read(point) !== undefined);
  if (present.length <= limit) return present;
  const buckets = Math.max(1, Math.floor(limit / 3));
  return Array.from({ length: buckets }, (_, b) => {
    const part = present.slice(Math.floor((b * present.length) / buckets), Math.floor(((b + 1) * present.length) / buckets));
    const value = (point: T): number => read(point) as number;
    const least = part.reduce((best, point) => (value(point) < value(best) ? point : best));
    const greatest = part.reduce((best, point) => (value(point) > value(best) ? point : best));
    const kept = new Set([least, greatest, part[part.length - 1] as T]);
    return part.filter((point) => kept.has(point));
  }).flat();
}
