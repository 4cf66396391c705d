// The library of runs: find, name, tag, open, compare, export, import, delete and take that back.
import { type DragEvent, useState } from 'react';
import type { RunLibrary, RunRecord } from '../../notebook/runLibrary/runLibrary.ts';
import { EVERY_RECORD, type LibraryQuery, shownRecords, tagsOf } from '../../notebook/runLibrary/shownRecords.ts';
import { count } from '../format.ts';
import { LibraryToolbar } from './LibraryToolbar.tsx';
import type { RecordIntents } from './RecordRow.tsx';
import { RecordTable } from './RecordTable.tsx';
import { UndoToast } from './UndoToast.tsx';
import '../styles/library.css';

export interface RunLibraryViewProps extends RecordIntents {
  /** All of them, deleted ones too. */
  readonly records: readonly RunRecord[];
  readonly onExport: (ids: readonly string[]) => void;
  readonly onImport: (files: readonly File[]) => void;
  readonly onCompare: (ids: readonly string[]) => void;
  /** Where they are kept; said to people if given. */
  readonly place?: RunLibrary['place'];
  /** What the library could not do, newest last: lines of an import, a full disk. */
  readonly problems?: readonly string[];
}

export function RunLibraryView({ records, onExport, onImport, onCompare, place, problems = [], ...intents }: RunLibraryViewProps) {
  const [query, setQuery] = useState(EVERY_RECORD);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<readonly RunRecord[]>([]);
  const shown = shownRecords(records, query);
  const chosen = shown.filter(({ id, deleted }) => marked.has(id) && deleted === null).map(({ id }) => id);
  const deleted = records.filter((record) => record.deleted !== null).length;
  const change = (part: Partial<LibraryQuery>): void => setQuery({ ...query, ...part });
  const remove = (ids: readonly string[]): void => {
    setGone(records.filter(({ id }) => ids.includes(id)));
    setMarked(new Set([...marked].filter((id) => !ids.includes(id))));
    intents.onDelete(ids);
  };
  return (
    <DropTarget onFiles={onImport}>
      <div className="library-head">
        <h2>Runs</h2>
        {place && <p className="hint">{PLACES[place]}</p>}
      </div>
      <LibraryToolbar
        query={query}
        onQuery={change}
        tags={tagsOf(records)}
        deleted={deleted}
        chosen={chosen}
        onCompare={onCompare}
        onExport={onExport}
        onDelete={remove}
        onImport={onImport}
      />
      {problems.length > 0 && (
        <div className="library-problems" role="alert">
          <ul>
            {[...new Set(problems)].map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {shown.length === 0 ? (
        <Empty records={records} query={query} onAll={() => setQuery(EVERY_RECORD)} />
      ) : (
        <RecordTable
          records={shown}
          query={query}
          onQuery={change}
          chosen={new Set(chosen)}
          onChoose={(ids, value) => setMarked(new Set(value ? [...marked, ...ids] : [...marked].filter((id) => !ids.includes(id))))}
          {...intents}
          onDelete={remove}
        />
      )}
      {shown.length > 0 && (
        <p className="hint" role="status">
          {count(shown.length, 'run')}
          {chosen.length > 0 && `, ${chosen.length} chosen`}
        </p>
      )}
      {gone.length > 0 && (
        <UndoToast
          names={gone.map(({ name }) => name)}
          onUndo={() => {
            intents.onUndo(gone.map(({ id }) => id));
            setGone([]);
          }}
          onClose={() => setGone([])}
        />
      )}
    </DropTarget>
  );
}

const PLACES: Readonly<Record<RunLibrary['place'], string>> = {
  browser: 'Kept in this browser only. An export is a file that you can keep elsewhere, and import again.',
  memory: 'This window keeps nothing: these runs are gone when the page closes. Export those that you need.',
};

function DropTarget({ onFiles, children }: { readonly onFiles: (files: readonly File[]) => void; readonly children: React.ReactNode }) {
  const [over, setOver] = useState(false);
  const withFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return (
    <section
      className={over ? 'card library over' : 'card library'}
      aria-label="Library of runs"
      onDragOver={(event) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!withFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <p className="library-drop">Drop the zip to import its runs</p>}
    </section>
  );
}

interface EmptyProps {
  readonly records: readonly RunRecord[];
  readonly query: LibraryQuery;
  readonly onAll: () => void;
}

function Empty({ records, query, onAll }: EmptyProps) {
  if (query.deleted && query.search === '' && query.tag === null)
    return (
      <p className="library-empty">
        No run is waiting to be brought back.{' '}
        <button type="button" className="link" onClick={onAll}>
          Show the runs that are kept
        </button>
      </p>
    );
  if (records.some(({ deleted }) => deleted === null) || query.deleted)
    return (
      <p className="library-empty">
        No run has all of that.{' '}
        <button type="button" className="link" onClick={onAll}>
          Show all runs
        </button>
      </p>
    );
  return (
    <div className="library-empty">
      <p>
        <b>No runs are kept yet.</b> Train live and save the run: it appears here with its settings, its curves and its policy, to be opened again, compared
        over seeds, and exported.
      </p>
      <p>Runs from elsewhere come in by Import, or by dropping an exported zip here.</p>
    </div>
  );
}
