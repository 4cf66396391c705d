// "Try it" as a cell of the notebook shows it: one store for the page, with the policies that the page can offer.

import type { NotebookStore } from '../../notebook/store.ts';
import { createTryIt, type TryItStore } from '../../notebook/tryIt.ts';
import { RUN_FILES } from '../../train/runFiles.ts';
import { startPlayer } from '../../workers/player.client.ts';
import { useNotebookStore } from '../useNotebook.ts';
import { TryItView } from './TryItView.tsx';

const stores = new WeakMap<NotebookStore, TryItStore>();

export default function TryItCell() {
  const notebook = useNotebookStore();
  const tryIt = stores.get(notebook) ?? tryItOf(notebook);
  stores.set(notebook, tryIt);
  return <TryItView tryIt={tryIt} />;
}

function tryItOf({ actions }: NotebookStore): TryItStore {
  const base = new URL('benchmarks/', document.baseURI).href;
  const trained = `${base}atlas/recorded/grpo-tapo.safetensors`;
  return createTryIt({
    start: async () => startPlayer(base, await actions.tools()),
    offered: [
      {
        name: 'trained: GRPO with TAPO, 150 updates',
        bytes: async () => {
          const response = await fetch(trained);
          if (!response.ok) throw new Error(`${trained}: expected a policy, the server said ${response.status}`);
          return new Uint8Array(await response.arrayBuffer());
        },
      },
      {
        name: 'this page’s live run',
        live: true,
        bytes: async () => {
          const policy = (await actions.files())[RUN_FILES.policy];
          if (!policy) throw new Error('there is no live run in this page yet: press “Train live” first');
          return new Uint8Array(await policy.arrayBuffer());
        },
      },
    ],
  });
}
