// What cells hand to runs and views, checked: every refusal says what was expected, and what came.
import { inspect } from './inspect.ts';
import { CHART_NAMES } from './names.ts';
import { type RunReference, referenceOf, wordsOf } from './views.ts';

/** Runs, and arrays of runs, as one list. */
export function references(given: readonly unknown[], who: string): readonly RunReference[] {
  const items: unknown[] = given.flat();
  if (items.length === 0) throw new TypeError(`${who}: expected at least one run, as train({…}) gives it, got none`);
  return items.map((item) => {
    const reference = typeof item === 'object' && item !== null ? referenceOf(item) : undefined;
    if (!reference) throw new TypeError(`${who}: expected runs, as train({…}) gives them, got ${brief(item)}`);
    return reference;
  });
}

/** All charts where none is named. */
export function chartNames(names: readonly unknown[], who: string): readonly string[] {
  return names.length === 0 ? CHART_NAMES : names.map((name) => oneOf(CHART_NAMES, name, who));
}

/** The name, if it is a known one; `who` opens the refusal. */
export function oneOf(known: readonly string[], name: unknown, who: string): string {
  if (typeof name === 'string' && known.includes(name)) return name;
  throw new RangeError(`${who}: expected one of ${known.map((each) => JSON.stringify(each)).join(', ')}, got ${brief(name)}`);
}

export function wholeNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${what}: expected a whole number from 0, got ${brief(value)}`);
}

/** What a view is to open at; `who` opens the refusal. */
export function viewSelection(given: unknown, who: string): object {
  if (typeof given !== 'object' || given === null) throw new TypeError(`${who}: expected {update, group, step}, each as you like, got ${brief(given)}`);
  const { update, group, step, ...others } = given as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`${who}: no such choice "${unknown}"; expected update, group, step`);
  if (step !== undefined && !(Array.isArray(step) && step.length === 2)) {
    throw new TypeError(`${who}: step: expected [rollout, step], two whole numbers from 0, got ${brief(step)}`);
  }
  return {
    ...(update === undefined ? {} : { update: wholeNumber(update, `${who}: update`) }),
    ...(group === undefined ? {} : { group: wholeNumber(group, `${who}: group`) }),
    ...(step === undefined ? {} : { step: (step as unknown[]).map((part) => wholeNumber(part, `${who}: step`)) }),
  };
}

function brief(value: unknown): string {
  const words = inspect(value, wordsOf).replaceAll(/\s+/g, ' ');
  return words.length <= 80 ? words : `${words.slice(0, 80)}…`;
}
