// Saves the files of the live run.
import { useState } from 'react';
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

function download(name: string, blob: Blob): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
