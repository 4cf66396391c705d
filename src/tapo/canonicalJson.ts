// One text for equal JSON values: what calls are hashed by.

/** JSON with the keys of every object in order, so that equal values have equal text whatever their key order; −0 is 0. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'; // String(−0) is 0
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([p], [q]) => (p < q ? -1 : 1))
      .map(([name, v]) => `${JSON.stringify(name)}:${canonicalJson(v)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'undefined';
}
