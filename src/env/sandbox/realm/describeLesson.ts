// `{predict, choices, answer, because}` and `{tour, stops}` from a cell, checked: a question with a guess, and a guided tour.
import { inspect } from './inspect.ts';

type Given = Readonly<Record<string, unknown>>;

export function meansPrediction(value: object): boolean {
  return Object.hasOwn(value, 'predict') && Object.hasOwn(value, 'choices');
}

export function meansTour(value: object): boolean {
  return Object.hasOwn(value, 'tour') && Object.hasOwn(value, 'stops');
}

/** Throws TypeError or RangeError that says what was expected, and what came. */
export function describePrediction({ predict: question, choices, answer, because = '' }: Given): object {
  if (typeof question !== 'string') return refuse('predict', 'a question as predict', question);
  if (!Array.isArray(choices) || choices.length < 2 || choices.some((choice) => typeof choice !== 'string'))
    return refuse('predict', 'two or more texts as choices', choices);
  if (typeof answer !== 'string' || !choices.includes(answer)) return refuse('predict', `one of the choices (${choices.join(', ')}) as answer`, answer);
  if (typeof because !== 'string') return refuse('predict', 'a text as because', because);
  return { question, choices, answer, because };
}

/** Throws as `describePrediction` does. */
export function describeTour({ tour: title, stops }: Given): object {
  if (typeof title !== 'string') return refuse('tour', 'a title as tour', title);
  if (!Array.isArray(stops) || stops.length === 0) return refuse('tour', 'one or more stops', stops);
  return { title, stops: stops.map((stop: unknown, i) => describeStop(stop, i)) };
}

function describeStop(stop: unknown, i: number): object {
  if (typeof stop !== 'object' || stop === null) return refuse('tour', `{say: "…"} as stop ${i + 1}`, stop);
  const { say, cell, update, group, step, ...others } = stop as Given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`tour: stop ${i + 1}: no such setting "${unknown}"; expected say, cell, update, group, step`);
  if (typeof say !== 'string') return refuse('tour', `a text as say of stop ${i + 1}`, say);
  for (const [name, value] of Object.entries({ cell, update, group }))
    if (value !== undefined && !isWhole(value)) return refuse('tour', `a whole number as ${name} of stop ${i + 1}`, value);
  if (step !== undefined && !(Array.isArray(step) && step.length === 2 && step.every(isWhole)))
    return refuse('tour', `[rollout, step] as step of stop ${i + 1}`, step);
  return Object.fromEntries(Object.entries({ say, cell, update, group, step }).filter(([, value]) => value !== undefined));
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function refuse(who: string, expected: string, came: unknown): never {
  throw new TypeError(`${who}: expected ${expected}, got ${inspect(came)}`);
}
