// "Try it" as a cell of the notebook shows it: a store for each benchmark of the page, with the policies that the page can offer.
import { useState } from 'react';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { recordedFolder } from '../../notebook/recordedRuns.ts';
import type { NotebookStore } from '../../notebook/store.ts';
import { createTryIt, type OfferedPolicy, type TryItStore } from '../../notebook/tryIt.ts';
import { TRY_IT_WORLDS } from '../../notebook/tryItWorlds.ts';
import { type BenchmarkName, trainConfig } from '../../train/config.ts';
import { RUN_FILES } from '../../train/runFiles.ts';
import { startPlayer } from '../../workers/player.client.ts';
import { useNotebookStore } from '../useNotebook.ts';
import { TryItView } from './TryItView.tsx';

const stores = new WeakMap<NotebookStore, Map<BenchmarkName, TryItStore>>();

export default function TryItCell({ run }: { readonly run: RunReference | null }) {
  const { benchmark } = trainConfig(run?.spec ?? {});
  return <OfBenchmark key={benchmark} first={benchmark} />;
}

function OfBenchmark({ first }: { readonly first: BenchmarkName }) {
  const notebook = useNotebookStore();
  const [benchmark, choose] = useState(first);
  return <TryItView key={benchmark} tryIt={storeOf(notebook, benchmark)} benchmark={benchmark} onBenchmark={choose} />;
}

function storeOf(notebook: NotebookStore, benchmark: BenchmarkName): TryItStore {
  const known = stores.get(notebook) ?? new Map<BenchmarkName, TryItStore>();
  stores.set(notebook, known);
  const tryIt = known.get(benchmark) ?? tryItOf(notebook, benchmark);
  known.set(benchmark, tryIt);
  return tryIt;
}

function tryItOf(notebook: NotebookStore, benchmark: BenchmarkName): TryItStore {
  const { actions } = notebook;
  const base = new URL('benchmarks/', document.baseURI).href;
  const world = TRY_IT_WORLDS[benchmark];
  const live: OfferedPolicy = {
    name: 'this page’s live run',
    live: true,
    bytes: async () => {
      const held = notebook.getState().runs[actions.held() ?? ''];
      const policy = held && trainConfig(held.spec).benchmark === benchmark ? (await actions.files())[RUN_FILES.policy] : undefined;
      if (!policy) throw new Error(`there is no live run on ${benchmark} in this page yet: press “Train live” first`);
      return new Uint8Array(await policy.arrayBuffer());
    },
  };
  return createTryIt({
    world,
    start: async () => startPlayer({ base, benchmark, backend: 'wasm' }, await actions.tools()),
    offered: world.trained ? [{ name: world.trained.name, bytes: () => fetchPolicy(recordedFolder(base, benchmark) + world.trained?.file) }, live] : [live],
  });
}

async function fetchPolicy(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: expected a policy, the server said ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
