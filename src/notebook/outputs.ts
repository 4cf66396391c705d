// The outputs of a notebook as files: for each run that it shows, numbers, rollouts and what makes it again.
import { sha256 } from '../env/sha256.ts';
import { commandOf } from '../train/runKey.ts';
import { outputsZip } from './document/outputsZip.ts';
import { metricsJsonl, metricsParquet } from './exports/metricFiles.ts';
import { evaluationsJsonl, groupsJsonl, rolloutsJsonl } from './exports/runTexts.ts';
import type { RunEntry } from './runEntry.ts';

/** One folder a run, in the order given; `policies` by key, where there are any. */
export async function notebookOutputs(title: string, runs: readonly RunEntry[], policies: ReadonlyMap<string, Uint8Array>): Promise<Blob> {
  const files: Record<string, Uint8Array | string> = {};
  for (const [i, { key, name, state }] of runs.entries()) {
    const policy = policies.get(key);
    const parts = {
      'config.json': `${JSON.stringify({ version: 1, name, command: state.config ? commandOf(state.config) : null, config: state.config }, null, 2)}\n`,
      'metrics.jsonl': metricsJsonl(state.metrics),
      'metrics.parquet': metricsParquet(state.metrics),
      'evaluations.jsonl': evaluationsJsonl(state.evaluations),
      'groups.jsonl': groupsJsonl(state.groups),
      'rollouts.jsonl': rolloutsJsonl(state.groups),
      ...(policy ? { 'policy.safetensors': policy } : {}),
    };
    for (const [file, content] of Object.entries(parts)) files[`run-${i + 1}/${file}`] = content;
  }
  const zip = await outputsZip(files, { title, digest: sha256 });
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
