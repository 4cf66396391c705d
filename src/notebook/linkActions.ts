// Links: what the address says is opened and looked at, and what is looked at is written as a link.
import type { TourStop } from './cells/cellValue.ts';
import { shownRuns } from './cells/shownRuns.ts';
import type { NotebookLink } from './document/link.ts';
import type { DocumentActions } from './documentActions.ts';
import type { RunActions } from './runActions.ts';
import { NO_SELECTION } from './selection.ts';
import type { GetState, SetState } from './state.ts';

/** The notebook that opens when the address names none. */
export const FIRST_NOTEBOOK = 'what-is-misassignment';

/** Reading and writing links takes code that a plain visit has no use for. */
const reading = () => Promise.all([import('./document/link.ts'), import('./document/linkValues.ts')]);

/** What the page is asked for; the document's elements are the components' affair. */
export interface Screen {
  readonly address: string;
  scrollToCell(id: number): void;
  copyText(text: string): Promise<void>;
}

export type LinkActions = ReturnType<typeof linkActions>;

export function linkActions(runs: RunActions, documents: DocumentActions, screen: Screen, set: SetState, get: GetState) {
  /** The run that a cell shows first, once it has data; without a cell, or where it shows none, the run that the bar drives. */
  const waitForRun = async (cell?: number): Promise<string | null> => {
    for (let tries = 0; tries < 100; tries++) {
      const { focus, results } = get();
      const run = (cell === undefined ? undefined : shownRuns(results.get(cell))[0]) ?? focus;
      if (run && runs.hasData(run.key)) return run.key;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return null;
  };

  const actions = {
    /** Opens what a link says. Whatever is wrong with it is told, and the rest is done all the same. */
    async followLink(hash: string): Promise<void> {
      if (hash.length < 2) {
        if (!get().open) await documents.openShipped(FIRST_NOTEBOOK);
        return;
      }
      const [{ readLink }, { whatIfOf }] = await reading();
      const { link, problems } = readLink(hash);
      const { open } = get();
      if (link.inline !== null) documents.openFile(link.inline);
      else if (!open || link.notebook !== null) {
        const name = link.notebook ?? FIRST_NOTEBOOK;
        const preset = Object.keys(link.spec).length > 0;
        if (preset || !(open?.origin === name && open.copy === null && open.log.past.length === 0))
          await documents.openShipped(name, preset ? async (file) => (await import('./lesson.ts')).presetFile(file, link.spec) : undefined);
      }
      set({
        hidden: link.hide,
        locked: link.lock,
        ...(link.room ? { room: true } : {}),
        ...(link.theme ? { linkedTheme: link.theme } : {}),
        ...(problems.length > 0 ? { problem: `The link: ${problems.join('; ')}` } : {}),
      });
      const { update, group, step, token } = link;
      if (update !== null && step !== null) set({ linked: { update, group: group ?? 0, step, token } });
      await actions.visit({
        say: '',
        ...(link.cell === null ? {} : { cell: link.cell }),
        ...(link.update === null ? {} : { update: link.update }),
        ...(link.group === null ? {} : { group: link.group }),
        ...(link.step === null ? {} : { step: link.step }),
      });
      if (Object.keys(link.whatIf).length === 0) return;
      const key = await waitForRun();
      const config = key === null ? null : get().runs[key]?.state.config;
      if (key !== null && config) set(({ whatIfs }) => ({ whatIfs: { ...whatIfs, [key]: whatIfOf(link.whatIf, config.credit) } }));
    },
    /** Brings a cell into view and looks at a place of the run that it shows. */
    async visit({ cell, update, group, step }: TourStop): Promise<void> {
      if (cell !== undefined) screen.scrollToCell(cell);
      if (update === undefined && group === undefined && step === undefined) return;
      const key = await waitForRun(cell);
      if (key === null) return;
      if (get().runs[key]?.playing) runs.finishPlaying(key);
      runs.select(key, {
        ...NO_SELECTION,
        ...(update === undefined ? {} : { update }),
        ...(group === undefined ? {} : { group }),
        ...(step === undefined ? {} : { step }),
      });
    },
    /** Copies a link to what is looked at now. A notebook of one's own travels in the link, if it is short enough. */
    async copyLink(part: Partial<NotebookLink>): Promise<void> {
      const { open, focus, selections, whatIfs, runs: entries } = get();
      if (!open) return;
      const selection = focus ? (selections[focus.key] ?? NO_SELECTION) : NO_SELECTION;
      const config = focus ? entries[focus.key]?.state.config : null;
      const [{ EMPTY_LINK, writeLink }, { writtenWhatIf }] = await reading();
      const own = open.origin === null || open.copy !== null || open.log.past.length > 0;
      try {
        const hash = writeLink({
          ...EMPTY_LINK,
          notebook: own ? null : open.origin,
          inline: own ? documents.file() : null,
          update: selection.update,
          group: selection.update === null ? null : selection.group,
          step: selection.step,
          whatIf: focus && config ? writtenWhatIf(whatIfs[focus.key] ?? null, config.credit) : {},
          ...part,
        });
        await screen.copyText(screen.address + hash).then(
          () => set({ toast: { text: 'The link is in the clipboard.', undo: null } }),
          () => set({ problem: `The clipboard is closed to this page. The link: ${screen.address}${hash}` }),
        );
      } catch (error) {
        set({ problem: (error as Error).message });
      }
    },
  };
  return actions;
}
