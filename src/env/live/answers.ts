// Reading what endpoints answer: addresses put together, shapes checked.
import * as v from 'valibot';
import { LiveError } from './liveError.ts';

/** The address with `last` as the last part of its path; left alone where it already is. */
export function joinPath(address: string, last: string): URL {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith(`/${last}`) ? path : `${path}/${last}`;
  return url;
}

/** The answer, if it has the shape. Throws LiveError that says what was expected. */
export function checked<S extends v.GenericSchema>(url: URL, expected: string, schema: S, answer: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, answer);
  if (!result.success) throw new LiveError(url.host, { kind: 'unexpected', expected });
  return result.output;
}
