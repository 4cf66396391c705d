// Saves the files of the run that the trainer holds.
import { useState } from 'react';
import type { RunEntry } from '../../notebook/runEntry.ts';
import { download } from '../download.ts';
import { useActions } from '../useNotebook.ts';

export function SaveMenu({ entry }: { readonly entry: RunEntry }) {
  const actions = useActions();
  const [busy, setBusy] = useState(false);
  const save = (): void => {
    setBusy(true);
    actions
      .files()
      .then((files) => {
        for (const [name, blob] of Object.entries(files)) download(name, blob);
      })
      .finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      disabled={entry.state.update === 0 || busy}
      onClick={save}
      title="config.json, metrics.jsonl, evaluations.jsonl, rollouts.jsonl, probes.jsonl, policy.safetensors"
    >
      Save files
    </button>
  );
}
