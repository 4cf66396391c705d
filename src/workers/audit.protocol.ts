// What the page and the audit worker say to each other. Types alone. The file stays on the worker's side; the page asks for what it shows.
import type { ProxyMarked } from 'comlink';
import type { AuditCreditOptions, AuditSummary } from '../audit/creditTable.ts';
import type { AuditGroupDetail } from '../audit/groupDetail.ts';
import type { GroupFilter, GroupPage, GroupSort } from '../audit/groupList.ts';
import type { FileReading, ReadingProgress } from '../audit/readRolloutFile.ts';
import type { Answer } from './answer.ts';

/** reading: the file · crediting: groups · writing: rollouts of the corrected file. */
export type AuditProgress =
  | ({ readonly kind: 'reading' } & ReadingProgress)
  | { readonly kind: 'crediting' | 'writing'; readonly done: number; readonly total: number };

/** Told at most ten times a second. Must be wrapped in comlink's `proxy()`: a bare function does not compile. */
export type AuditListener = ((progress: AuditProgress) => void) & ProxyMarked;

export interface OpenedAudit {
  readonly reading: FileReading;
  /** Null where the file has bad lines: `recredit` then goes on with the good ones. */
  readonly summary: AuditSummary | null;
}

export interface AuditApi {
  /** Reads a file and credits its groups. What was open is dropped; of two calls the later wins, the earlier gives an AbortError. */
  open(file: Blob, options: AuditCreditOptions, onProgress: AuditListener): Promise<Answer<OpenedAudit>>;
  /** Credits all groups anew. Of two calls the later wins, the earlier gives an AbortError; until it is done, lists and files are as before. */
  recredit(options: AuditCreditOptions): Promise<Answer<AuditSummary>>;
  summary(): Promise<Answer<AuditSummary>>;
  groups(from: number, count: number, sort: GroupSort, filter: GroupFilter): Promise<Answer<GroupPage>>;
  /** A group's rollouts from the place `from` on, under the options asked for last. */
  group(name: string, from: number): Promise<Answer<AuditGroupDetail>>;
  /** The rollouts of the file with `advantage`, `corrected` and `reason` added to every step, one line each. */
  corrected(): Promise<Answer<Blob>>;
  /** Ends what is under way; what it had to give is an AbortError. */
  stop(): Promise<void>;
}
