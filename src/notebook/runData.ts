// A run as code cells see it: its large parts as JSON texts, made once for each list that they come from.
import { recordsOf } from '../train/report.ts';
import type { RunData } from '../workers/sandbox.protocol.ts';
import type { RunEntry } from './runEntry.ts';
import type { UpdateGroups } from './runs.ts';

export function runDataOf({ key, name, spec, state, source }: RunEntry): RunData {
  return {
    key,
    name,
    spec,
    status: state.status,
    update: source === 'none' ? 0 : state.update,
    metrics: textOf(state.metrics),
    evaluations: textOf(state.evaluations),
    groups: state.groups.map((each) => ({ update: each.update, json: groupsText(each) })),
    probes: textOf(state.probes),
  };
}

const texts = new WeakMap<object, string>();

/** Equal objects have equal texts, so that the same object is written only once. */
function textOf(value: object, make: () => string = () => JSON.stringify(value)): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = make();
  texts.set(value, text);
  return text;
}

/** Groups with `records` beside them: the rollouts as the library wants them. */
function groupsText(each: UpdateGroups): string {
  return textOf(each, () => JSON.stringify(each.groups.map((group) => ({ ...group, records: recordsOf(group) }))));
}
