// Runs and views as cells hold them: objects that are more than they look, and what is known of each. Nothing else can pass for one.

import { ownWords } from './own.ts';

export interface RunReference {
  readonly key: string;
  readonly spec: unknown;
}

/** As the page opens it. */
interface View {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

interface KnownView {
  readonly view: View;
  /** Keys of the runs that it shows. */
  readonly keys: readonly string[];
}

const runs = new WeakMap<object, RunReference>();
const views = new WeakMap<object, KnownView>();

/** Makes the object stand for a run. */
export function knownRun<T extends object>(object: T, reference: RunReference): T {
  runs.set(object, reference);
  return object;
}

export const referenceOf = (value: object): RunReference | undefined => runs.get(value);
export const viewOf = (value: object): KnownView | undefined => views.get(value);

/** A value that opens a view. */
export function openView(view: View, shown: readonly RunReference[]): object {
  const object = Object.freeze({ view: view.kind });
  views.set(object, { view, keys: shown.map(({ key }) => key) });
  return object;
}

/** How a run, a view, a tool or a reward reads within another value. */
export function wordsOf(value: object): string | undefined {
  const run = runs.get(value);
  if (run) return `run ${run.key}`;
  const known = views.get(value);
  return known ? `${known.view.kind} view` : ownWords(value);
}
