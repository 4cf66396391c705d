// Programs of the machine, and how to get them from Debian's packages.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The first of these programs on the PATH. */
export function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isProgram);
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Tries to install Debian packages; whether it worked shows by the programs that they bring. */
export function installPackages(names: readonly string[]): void {
  apt(['update']);
  apt(['install', '-y', '--no-install-recommends', ...names]);
}

/** Tries to fetch the files of Debian packages into a folder, without installing them. */
export function downloadPackages(names: readonly string[], folder: string): void {
  apt(['update']);
  apt(['download', ...names], folder);
}

function apt(args: readonly string[], cwd = process.cwd()): void {
  try {
    execFileSync('apt-get', args, { cwd, stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  } catch (error) {
    console.log(`apt-get ${args.join(' ')} failed: ${(error as Error).message.split('\n')[0]}`);
  }
}
