// The library of runs as a cell of the notebook shows it.
import { lazy, Suspense, useEffect, useState } from 'react';
import { download } from '../download.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { RunLibraryView } from './RunLibraryView.tsx';

const ComparedRuns = lazy(() => import('./ComparedRuns.tsx'));

export default function RunLibraryCell() {
  const actions = useActions();
  const records = useNotebook((state) => state.records);
  const place = useNotebook((state) => state.libraryPlace);
  const problems = useNotebook((state) => state.libraryProblems);
  const [compared, compare] = useState<readonly string[]>([]);
  useEffect(() => void actions.listRuns(), [actions]);
  if (!records) return <p className="loading">Opening the library…</p>;
  return (
    <>
      <RunLibraryView
        records={records}
        {...(place ? { place } : {})}
        problems={problems}
        onOpen={(id) => void actions.openRun(id)}
        onRename={(id, name) => void actions.changeRun(id, { name })}
        onTag={(id, tags) => void actions.changeRun(id, { tags })}
        onNote={(id, note) => void actions.changeRun(id, { note })}
        onDelete={actions.deleteRuns}
        onUndo={actions.restoreRuns}
        onExport={(ids) => void actions.exportRuns(ids).then((zip) => download('runs.zip', zip))}
        onImport={(files) => void actions.importRuns(files)}
        onCompare={compare}
      />
      {compared.length > 0 && (
        <Suspense fallback={<p className="loading">Loading the comparison…</p>}>
          <ComparedRuns ids={compared} />
        </Suspense>
      )}
    </>
  );
}
