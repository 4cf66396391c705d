// What a tool of one's own may answer, as an observation: a text, documents, titles, or a fault of the policy's.
import * as v from 'valibot';
import { ERROR_TEXTS, modelError } from '../errors.ts';
import type { Observation, ToolContext } from '../types.ts';

/** Documents or titles of an answer at most; a policy's context holds few. */
const MOST_RESULTS = 10;

const text = v.pipe(v.string(), v.maxLength(2000));
const document = v.union([
  text,
  v.strictObject({ title: v.optional(text, ''), text: v.optional(text, ''), score: v.optional(v.pipe(v.number(), v.finite()), 0) }),
]);
const Result = v.union([
  text,
  v.pipe(v.array(document), v.maxLength(MOST_RESULTS)),
  v.strictObject({ titles: v.pipe(v.array(text), v.maxLength(MOST_RESULTS)) }),
  v.strictObject({ error: v.picklist(ERROR_TEXTS) }),
]);

/** Throws RangeError that says what was expected, and what came. */
export function toolResult(value: unknown, { task, images }: ToolContext): Observation {
  const read = v.safeParse(Result, value);
  if (!read.success) throw new RangeError(`its answer: expected ${EXPECTED}, got ${JSON.stringify(value).slice(0, 120)}`);
  const { output } = read;
  if (typeof output === 'string' || Array.isArray(output)) {
    const documents = [output].flat().map((each) => (typeof each === 'string' ? { title: '', text: each, score: 0 } : each));
    return { kind: 'documents', results: documents.map((each, i) => ({ id: `own-${i}`, ...each })) };
  }
  if ('error' in output) return modelError(output.error);
  const bbox = images.at(-1);
  return { kind: 'titles', ...(bbox ? { region: { image: task.image, bbox } } : {}), results: output.titles.map((title) => ({ title, score: 0 })) };
}

const EXPECTED = `a text, up to ${MOST_RESULTS} texts or { title, text, score }, { titles: […] }, or { error } with one of ${ERROR_TEXTS.map((name) => `"${name}"`).join(', ')}`;
