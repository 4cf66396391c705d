// What can go out as JSON without a change of meaning. JSON.stringify alone would make NaN null and drop functions.
import { inspect } from './inspect.ts';

/** The value as JSON. Throws TypeError that names the part that is no plain data; `who` opens the message. */
export function plainJson(value: unknown, who: string): string {
  check(value, who, '', 0);
  return JSON.stringify(value);
}

function check(value: unknown, who: string, path: string, depth: number): void {
  const refuse = (came: string): never => {
    throw new TypeError(`${who}: ${path === '' ? '' : `${path}: `}expected numbers, texts, switches and records of them, got ${came}`);
  };
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined || Number.isFinite(value)) return;
  if (typeof value !== 'object') refuse(inspect(value));
  if (depth > 8) refuse('one that is nested too deeply, or holds itself');
  for (const [name, inner] of Object.entries(value)) check(inner, who, path === '' ? name : `${path}.${name}`, depth + 1);
}
