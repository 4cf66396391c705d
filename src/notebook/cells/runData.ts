// A run as the sandbox is told of it. Texts of records that were told of before are kept: a live run only adds to them.
import type { TrainSpec } from '../../train/config.ts';
import type { RunData } from '../../workers/sandbox.protocol.ts';
import type { RunState } from '../runs.ts';

const texts = new WeakMap<object, string>();

/** `key` and `spec` as train/runKey.ts has them; `name` is what people call it. */
export function runDataOf({ key, name, spec }: { readonly key: string; readonly name: string; readonly spec: TrainSpec }, run: RunState): RunData {
  return {
    key,
    name,
    spec,
    status: run.status,
    update: run.update,
    metrics: run.metrics.map(textOf),
    evaluations: run.evaluations.map(textOf),
    groups: run.groups.map(({ update, groups }) => ({ update, json: textOf(groups) })),
    probes: run.probes.map(textOf),
  };
}

function textOf(item: object): string {
  const text = texts.get(item) ?? JSON.stringify(item);
  texts.set(item, text);
  return text;
}
