// What the audit worker does: it holds one rollout file's table and its credit. It pauses every 40 ms, so that a new wish is heard at once.
import { correctedFile } from '../audit/correctedFile.ts';
import { type AuditCreditOptions, type AuditSummary, type CreditTable, creditTable } from '../audit/creditTable.ts';
import { groupDetail } from '../audit/groupDetail.ts';
import { type GroupFilter, type GroupSort, groupOrder, groupPage } from '../audit/groupList.ts';
import { type RolloutFile, readRolloutFile } from '../audit/readRolloutFile.ts';
import { breathe } from '../train/breathe.ts';
import { answer } from './answer.ts';
import type { AuditApi, AuditProgress } from './audit.protocol.ts';

/** Longest that work goes on without a pause, and shortest time between two reports, milliseconds. */
const SLICE = 40;
const REPORT_EVERY = 100;

/** An audit without a file. One thread holds one. */
export function createAuditApi(): AuditApi {
  let file: RolloutFile | null = null;
  let credited: CreditTable | null = null;
  let options: AuditCreditOptions = {};
  let listener: (progress: AuditProgress) => void = () => {};
  let reading = new AbortController();
  let crediting = new AbortController();
  let writing = new AbortController();
  let ordered: { readonly of: CreditTable; readonly sort: GroupSort; readonly filter: string; readonly order: readonly number[] } | null = null;

  function stop(): void {
    for (const work of [reading, crediting, writing]) work.abort();
  }

  async function credit(): Promise<AuditSummary> {
    crediting.abort();
    crediting = new AbortController();
    const { signal } = crediting;
    const { table } = theFile();
    const made = await creditTable(table, options, inSlices(signal, 'crediting', table.groups.length));
    if (!made || signal.aborted) throw superseded();
    credited = made;
    return made.summary;
  }

  /** Lets other wishes in every 40 ms; no once the signal is aborted. */
  function inSlices(signal: AbortSignal, kind: 'crediting' | 'writing', total: number): (done: number) => boolean | Promise<boolean> {
    let last = performance.now();
    return (done) => {
      if (performance.now() - last < SLICE) return true;
      listener({ kind, done, total });
      return breathe().then(() => {
        last = performance.now();
        return !signal.aborted;
      });
    };
  }

  function orderOf(of: CreditTable, sort: GroupSort, wanted: GroupFilter): readonly number[] {
    const filter = JSON.stringify(wanted);
    if (ordered?.of !== of || ordered.sort !== sort || ordered.filter !== filter) ordered = { of, sort, filter, order: groupOrder(of.groups, sort, wanted) };
    return ordered.order;
  }

  function theFile(): RolloutFile {
    if (!file) throw new Error('audit: no file is open; call open first');
    return file;
  }

  function theCredit(): CreditTable {
    if (!credited) throw new Error('audit: the file is not credited; call recredit first');
    return credited;
  }

  return {
    open: (blob, wanted, onProgress) =>
      answer(async () => {
        stop();
        reading = new AbortController();
        const { signal } = reading;
        file = credited = ordered = null;
        options = wanted;
        listener = seldom(onProgress);
        const opened = await readRolloutFile(blob, { signal, onProgress: (progress) => listener({ kind: 'reading', ...progress }) });
        signal.throwIfAborted();
        file = opened;
        return { reading: opened.reading, summary: opened.reading.problemCount === 0 ? await credit() : null };
      }),

    recredit: (wanted) =>
      answer(() => {
        options = wanted;
        return credit();
      }),

    summary: () => answer(() => theCredit().summary),

    groups: (from, count, sort, filter) => answer(() => groupPage(theCredit().groups, orderOf(theCredit(), sort, filter), from, count)),

    group: (name, from) =>
      answer(() => {
        const { table, source } = theFile();
        const group = table.groups[table.groupIndex.get(name) ?? -1];
        if (!group) throw new RangeError(`expected a group of the file, got "${name}"`);
        return groupDetail(table, group, source, options, from);
      }),

    corrected: () =>
      answer(async () => {
        const { table, source } = theFile();
        writing.abort();
        writing = new AbortController();
        const { signal } = writing;
        const blob = await correctedFile(source, table, theCredit(), inSlices(signal, 'writing', table.rollouts));
        if (!blob || signal.aborted) throw superseded();
        return blob;
      }),

    stop: async () => stop(),
  };
}

function seldom(tell: (progress: AuditProgress) => void): (progress: AuditProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (performance.now() - last < REPORT_EVERY) return;
    last = performance.now();
    tell(progress);
  };
}

function superseded(): DOMException {
  return new DOMException('another file or other options were asked for meanwhile', 'AbortError');
}
