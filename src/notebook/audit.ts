// The state of an audit of one's own rollout file, outside of React. The file itself stays with a worker, which is started when one is opened.
import { createStore } from 'zustand/vanilla';
import type { AuditSummary } from '../audit/creditTable.ts';
import type { AuditGroupDetail } from '../audit/groupDetail.ts';
import { type GroupFilter, type GroupPage, type GroupSort, NO_FILTER } from '../audit/groupList.ts';
import type { FileReading } from '../audit/readRolloutFile.ts';
import type { TrainConfig } from '../train/config.ts';
import { unwrap } from '../workers/answer.ts';
import type { AuditProgress } from '../workers/audit.protocol.ts';
import { type AuditClient, startAudit } from '../workers/clients.ts';
import { DEFAULT_SPEC } from './form.ts';

/** The options that the page lets one play with; the others are those of `npx tapo audit`. */
export type AuditOptions = Pick<TrainConfig['credit'], 'theta' | 'alphaMin' | 'beta' | 'support' | 'clamp' | 'text'>;

const { theta, alphaMin, beta, support, clamp, text } = DEFAULT_SPEC.credit;
export const DEFAULT_AUDIT_OPTIONS: AuditOptions = { theta, alphaMin, beta, support, clamp, text };

export type AuditStage =
  | { readonly kind: 'empty' }
  /** A file is being read, or credited for the first time; null: nothing was heard yet. */
  | { readonly kind: 'working'; readonly progress: AuditProgress | null }
  /** The file has bad lines, and the reader is asked whether the good ones will do. */
  | { readonly kind: 'faulty'; readonly reading: FileReading }
  | { readonly kind: 'open'; readonly reading: FileReading; readonly summary: AuditSummary }
  | { readonly kind: 'failed'; readonly message: string };

export interface AuditState {
  /** Its title is what it is shown under. */
  readonly file: { readonly name: string; readonly title: string; readonly bytes: number } | null;
  readonly stage: AuditStage;
  readonly options: AuditOptions;
  /** Share of the groups that are credited under changed options, share of the rollouts that are written; null: nothing of the kind. */
  readonly recrediting: number | null;
  readonly saving: number | null;
  readonly sort: GroupSort;
  readonly filter: GroupFilter;
  /** The rows around those in view; null before any. */
  readonly page: GroupPage | null;
  readonly group: AuditGroupDetail | null;
  /** A step of the group: [id of its rollout, index]. */
  readonly step: readonly [string, number] | null;
  /** What went wrong while a file is open. */
  readonly fault: string | null;
}

export type AuditStore = ReturnType<typeof createAudit>;

/** Rows that are fetched at once; those in view are in their middle. */
const ROWS = 120;

const NOTHING: Omit<AuditState, 'options'> = {
  file: null,
  stage: { kind: 'empty' },
  recrediting: null,
  saving: null,
  sort: 'corrected',
  filter: NO_FILTER,
  page: null,
  group: null,
  step: null,
  fault: null,
};

/** `start` starts the worker. */
export function createAudit(start: () => AuditClient = startAudit) {
  let client: AuditClient | null = null;
  let opened = 0; // counts files, so that what belongs to an earlier one is told apart
  let asked = 0; // counts requests of rows, and of groups: the last one counts
  let chosen = 0;
  const store = createStore<AuditState>(() => ({ ...NOTHING, options: DEFAULT_AUDIT_OPTIONS }));
  const { setState: set, getState: get } = store;

  const hear = (progress: AuditProgress): void => {
    const { stage, recrediting, saving } = get();
    if (stage.kind === 'working') set({ stage: { kind: 'working', progress } });
    else if (progress.kind === 'crediting' && recrediting !== null) set({ recrediting: progress.done / progress.total });
    else if (progress.kind === 'writing' && saving !== null) set({ saving: progress.done / progress.total });
  };

  /** Runs work on the open file; its result is dropped once another file is opened, or the work is superseded. */
  const whileOpen = async <T>(work: (client: AuditClient) => Promise<T>, take: (result: T) => void): Promise<void> => {
    const file = opened;
    if (!client) return;
    try {
      const result = await work(client);
      if (file === opened) take(result);
    } catch (error) {
      const { name, message } = error as Error;
      if (file !== opened || name === 'AbortError') return;
      set(({ stage }) => (stage.kind === 'working' ? { stage: { kind: 'failed', message } } : { fault: message, recrediting: null }));
    }
  };

  /** Fetches the rows around those in view. */
  const fetchRows = (from: number): Promise<void> => {
    const { sort, filter } = get();
    const list = ++asked;
    return whileOpen(
      async ({ api }) => unwrap(await api.groups(Math.max(0, from - ROWS / 2), ROWS, sort, filter)),
      (page) => list === asked && set({ page }),
    );
  };

  const fetchGroup = (name: string, from: number): Promise<void> => {
    const choice = ++chosen;
    return whileOpen(
      async ({ api }) => unwrap(await api.group(name, from)),
      (group) => choice === chosen && set({ group }),
    );
  };

  /** What follows once all groups are credited: the first rows, and the first group where none is looked at. */
  const showList = async (): Promise<void> => {
    await fetchRows(get().page?.from ?? 0);
    const first = get().page?.rows[0];
    if (!get().group && first) await fetchGroup(first.name, 0);
  };

  const actions = {
    /** Reads a file and credits its groups; another one that is open or being read makes way. */
    async open(file: Blob, name: string, title: string = name): Promise<void> {
      const mine = ++opened;
      set({ ...NOTHING, file: { name, title, bytes: file.size }, stage: { kind: 'working', progress: null } });
      try {
        client ??= start();
        const { reading, summary } = await client.open(file, get().options, hear);
        if (mine !== opened) return;
        set({ stage: summary ? { kind: 'open', reading, summary } : { kind: 'faulty', reading } });
        if (summary) await showList();
      } catch (error) {
        if (mine === opened) set({ stage: { kind: 'failed', message: (error as Error).message } });
      }
    },
    /** Fetches a file of the page's own origin and opens it. */
    async fetchAndOpen(url: string): Promise<void> {
      const mine = ++opened;
      const name = url.split('/').at(-1) ?? url;
      set({ ...NOTHING, file: { name, title: name, bytes: 0 }, stage: { kind: 'working', progress: null } });
      try {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`${name}: expected a file, the server said ${response.status}`);
        const file = await response.blob();
        if (mine === opened) await actions.open(file, name);
      } catch (error) {
        if (mine === opened) set({ stage: { kind: 'failed', message: (error as Error).message } });
      }
    },
    /** Goes on with a file's good lines. */
    async takeGoodLines(): Promise<void> {
      const { stage } = get();
      if (stage.kind !== 'faulty') return;
      const { reading } = stage;
      set({ stage: { kind: 'working', progress: null } });
      await whileOpen(
        async ({ api }) => unwrap(await api.recredit(get().options)),
        (summary) => set({ stage: { kind: 'open', reading, summary } }),
      );
      await showList();
    },
    /** Ends what is under way and puts the file away; the worker goes with all that it holds. */
    close(): void {
      opened++;
      client?.close();
      client = null;
      set({ ...NOTHING });
    },

    /** Credits all groups under changed options; the group that is looked at comes first. */
    async change(part: Partial<AuditOptions>): Promise<void> {
      const options = { ...get().options, ...part };
      set({ options, fault: null });
      const { stage, group } = get();
      if (stage.kind !== 'open') return;
      set({ recrediting: get().recrediting ?? 0 });
      const whole = whileOpen(
        async ({ api }) => unwrap(await api.recredit(options)),
        (summary) => set({ stage: { kind: 'open', reading: stage.reading, summary }, recrediting: null }),
      );
      if (group) await fetchGroup(group.name, group.from);
      await whole;
      if (get().options === options) await fetchRows(get().page?.from ?? 0);
    },

    sortBy(sort: GroupSort): Promise<void> {
      set({ sort, page: null });
      return fetchRows(0);
    },
    filterBy(part: Partial<GroupFilter>): Promise<void> {
      set({ filter: { ...get().filter, ...part } });
      return fetchRows(0);
    },
    /** Has the rows of these places fetched where they are not there. */
    async show(first: number, last: number): Promise<void> {
      const { page, stage } = get();
      if (stage.kind !== 'open' || !page || (first >= page.from && last < page.from + page.rows.length)) return;
      if (last < page.total) await fetchRows(first);
    },
    choose(name: string): Promise<void> {
      set({ step: null });
      return fetchGroup(name, 0);
    },
    /** Another page of the chosen group's rollouts. */
    turn(from: number): Promise<void> {
      const { group } = get();
      return group ? fetchGroup(group.name, from) : Promise.resolve();
    },
    chooseStep(step: AuditState['step']): void {
      set({ step });
    },

    /** The file with what credit transfer made of it; null where it was dropped or failed. */
    async corrected(): Promise<Blob | null> {
      let corrected: Blob | null = null;
      set({ saving: 0, fault: null });
      await whileOpen(
        async ({ api }) => unwrap(await api.corrected()),
        (blob) => {
          corrected = blob;
        },
      );
      set({ saving: null });
      return corrected;
    },
  };

  return { ...store, actions };
}
