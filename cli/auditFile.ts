// The rollouts of a file for tapo audit: our own form as the library reads it, files of other programs as the page does.
import { readFile } from 'node:fs/promises';
import { AuditFileError } from '../src/audit/fileBytes.ts';
import { type FileReading, readRolloutFile } from '../src/audit/readRolloutFile.ts';
import { type Rollout, RolloutFileError, readRollouts } from '../src/tapo/index.ts';
import { UserError } from './userError.ts';

export interface AuditFile {
  readonly rollouts: readonly Rollout[];
  /** What a file of another program was taken for, what that takes for granted, and what was left out; a line each. */
  readonly told: readonly string[];
}

/** Throws UserError that names the first bad line. */
export async function readAuditFile(file: string): Promise<AuditFile> {
  const bytes = await readFile(file);
  try {
    return { rollouts: readRollouts(bytes.toString()), told: [] };
  } catch (error) {
    if (!(error instanceof RolloutFileError)) throw error;
    const foreign = await foreignFile(bytes, file);
    if (!foreign) throw new UserError(`${file}: ${error.message}`);
    return foreign;
  }
}

/** The file in another known form; null where it has none of them, or is text in our own. */
async function foreignFile(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<AuditFile | null> {
  try {
    const whole = new Blob([bytes]);
    const { reading, source } = await readRolloutFile(whole);
    if (source === whole) return null;
    const [bad] = reading.problems;
    if (bad) throw new UserError(`${file}: line ${bad.line}: ${bad.reason}`);
    return { rollouts: readRollouts(await source.text()), told: toldOf(reading) };
  } catch (error) {
    if (!(error instanceof AuditFileError)) throw error;
    if (isText(bytes)) return null; // our own form's error says more
    throw new UserError(`${file}: ${error.message}`);
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 1024), { stream: true }).includes('\0');
  } catch {
    return false;
  }
}

function toldOf({ title, assumed, leftOut, unreadableCalls }: FileReading): readonly string[] {
  return [
    `taken for ${title}`,
    ...assumed,
    ...leftOut.map(([why, lines]) => `left out: ${lines} lines, since ${why}`),
    ...(unreadableCalls > 0 ? [`${unreadableCalls} calls could not be read as JSON`] : []),
  ];
}
