// What can be done with the library of runs: kept, opened, named, deleted with a way back, saved to a file and read from one.
import { RUN_FILES } from '../train/runFiles.ts';
import type { RunReference } from './cells/cellValue.ts';
import type { DocumentActions } from './documentActions.ts';
import type { RunActions } from './runActions.ts';
import { hasData, newEntry, type RunEntry } from './runEntry.ts';
import type { OpenLibrary } from './runLibrary/browserRunLibrary.ts';
import type { RunChange, RunLibrary, RunRecord } from './runLibrary/runLibrary.ts';
import type { GetState, SetState } from './state.ts';

/** Records of deleted runs are forgotten after this long, milliseconds. */
const KEPT_DELETED = 30 * 24 * 3600 * 1000;

export type LibraryActions = ReturnType<typeof libraryActions>;

/** `openLibrary` is called when the library is first needed. */
export function libraryActions(openLibrary: () => Promise<OpenLibrary>, runs: RunActions, documents: DocumentActions, set: SetState, get: GetState) {
  let opened: Promise<RunLibrary> | null = null;
  const library = (): Promise<RunLibrary> => {
    opened ??= openLibrary().then(async (open) => {
      await open.library.purge(Date.now() - KEPT_DELETED);
      return open.library;
    });
    return opened;
  };
  const told = async (work: (library: RunLibrary) => Promise<void>): Promise<void> => {
    try {
      const open = await library();
      await work(open);
      set({ records: await open.list(), libraryPlace: open.place });
    } catch (error) {
      set(({ libraryProblems }) => ({ libraryProblems: [...libraryProblems, error instanceof Error ? error.message : String(error)] }));
    }
  };
  const checkpointFiles = (key: string, { state }: RunEntry): Readonly<Record<string, Blob>> => {
    const checkpoint = runs.checkpointOf(key);
    return checkpoint?.update === state.update ? { [RUN_FILES.policy]: new Blob([checkpoint.policy as Uint8Array<ArrayBuffer>]) } : {};
  };
  const referenceOf = ({ key, config }: RunRecord): RunReference => ({ key, spec: config });

  return {
    /** Reads what is in the library. */
    listRuns: (): Promise<void> => told(async () => {}),
    /** Keeps a run as it is now: with its files if the trainer holds it, else with its policy if a checkpoint has it. */
    keepRun: (key: string): Promise<void> =>
      told(async (open) => {
        const entry = get().runs[key];
        if (!entry || !hasData(entry)) return;
        const files = runs.held() === key ? await runs.files() : checkpointFiles(key, entry);
        const machine = entry.source === 'recorded' ? (entry.recording?.machine ?? '') : (get().backend?.reason ?? '');
        const record = await open.save(entry.state, { ...(entry.saved === null ? {} : { id: entry.saved }), machine }, files);
        set(({ runs: now }) => ({ runs: { ...now, [key]: { ...(now[key] ?? entry), saved: record.id } } }));
      }),
    /** Shows a kept run in the views that name it. */
    openRun: (id: string): Promise<void> =>
      told(async (open) => {
        const { record, state, problems, files } = await open.load(id);
        const policy = files[RUN_FILES.policy];
        if (policy && state.status !== 'finished')
          runs.keepCheckpoint(record.key, { update: state.update, policy: new Uint8Array(await policy.arrayBuffer()) });
        const reference = referenceOf(record);
        set(({ runs: now, libraryProblems }) => ({
          runs: {
            ...now,
            [record.key]: { ...newEntry(reference, record.name), recording: now[record.key]?.recording ?? null, source: 'saved', state, saved: id },
          },
          libraryProblems: [...libraryProblems, ...problems],
          focus: reference,
        }));
      }),
    changeRun: (id: string, change: RunChange): Promise<void> => told(async (open) => void (await open.change(id, change))),
    /** Deletes runs; the notebook's undo brings them back. */
    deleteRuns(ids: readonly string[]): void {
      const label = ids.length === 1 ? 'delete a run' : `delete ${ids.length} runs`;
      documents.change(
        ids.map((key) => ({ kind: 'deleteRun' as const, key })),
        label,
      );
    },
    restoreRuns(ids: readonly string[]): void {
      documents.change(
        ids.map((key) => ({ kind: 'restoreRun' as const, key })),
        'bring runs back',
      );
    },
    /** Makes the library agree with what the notebook's log says is deleted. */
    followDeletions: (now: readonly string[], before: readonly string[]): Promise<void> =>
      told(async (open) => {
        for (const id of now) if (!before.includes(id)) await open.remove(id);
        for (const id of before) if (!now.includes(id)) await open.restore(id);
      }),
    /** One file with all that is known of these runs. */
    exportRuns: async (ids: readonly string[]): Promise<Blob> => (await library()).exportRuns(ids),
    /** The outputs of the open notebook: all that is known of the runs that it shows. */
    async outputs(): Promise<Blob> {
      const { open, runs: entries } = get();
      const shown = Object.values(entries).filter(hasData);
      const policies = new Map(shown.flatMap(({ key }) => [runs.checkpointOf(key)].flatMap((each) => (each ? [[key, each.policy] as const] : []))));
      const { notebookOutputs } = await import('./outputs.ts');
      return notebookOutputs(open?.log.state.document.title ?? '', shown, policies);
    },
    importRuns: (files: readonly File[]): Promise<void> =>
      told(async (open) => {
        for (const file of files) {
          const { imported, problems } = await open.importRuns(file);
          set(({ libraryProblems }) => ({
            libraryProblems: [...libraryProblems, ...problems],
            toast: imported.length > 0 ? { text: `${imported.length} ${imported.length === 1 ? 'run' : 'runs'} read from ${file.name}.`, undo: null } : null,
          }));
        }
      }),
  };
}
