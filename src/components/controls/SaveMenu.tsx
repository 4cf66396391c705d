// Saves the files of the live run.
import { useState } from 'react';
import { download } from '../download.ts';
import { useActions, useNotebook } from '../useNotebook.ts';

export function SaveMenu() {
  const actions = useActions();
  const started = useNotebook(({ run }) => run.update > 0);
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
    <button type="button" disabled={!started || busy} onClick={save} title="config.json, metrics.jsonl, evaluations.jsonl, rollouts.jsonl, policy.safetensors">
      Save files
    </button>
  );
}
