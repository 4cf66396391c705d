// Faults of what the user gave: shown as one message, without a stack.
import { BenchmarkFileError } from '../src/env/benchmarkFiles.ts';
import { CassetteError, LiveError, ToolConfigError } from '../src/env/live/index.ts';
import { OwnCodeError } from '../src/env/own/ownCodeError.ts';
import { PolicyFileError } from '../src/policy/safetensors.ts';
import { RolloutFileError } from '../src/tapo/index.ts';
import { ConfigError } from '../src/train/config.ts';
import { TruthError } from '../src/train/truth.ts';

export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Runs a command; faults of files and options become UserErrors, everything else stays what it is. */
export async function asUserError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UserError(`no such file: ${(error as NodeJS.ErrnoException).path}`);
    if (code === 'EISDIR') throw new UserError(`expected a file, got a folder: ${(error as NodeJS.ErrnoException).path ?? ''}`);
    const faults = [ConfigError, PolicyFileError, BenchmarkFileError, RolloutFileError, ToolConfigError, LiveError, CassetteError, OwnCodeError, TruthError];
    if (faults.some((fault) => error instanceof fault)) throw new UserError((error as Error).message);
    throw error;
  }
}
