// One text for equal JSON values: what calls are hashed by.

/** JSON with the keys of every object in order, so that equal values have equal text whatever their key order; −0 is 0. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'; // String(−0) is 0
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return typeof value === 'object' && value !== null ? objectJson(value as Readonly<Record<string, unknown>>) : (JSON.stringify(value) ?? 'undefined');
}

/** Without passing lists on: it is most of what credit transfer costs. */
function objectJson(value: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of Object.keys(value).sort())
    if (value[name] !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(value[name])}`;
  return `{${text}}`;
}
