// The built page, served with leave to ask other hosts.
import { spawn } from 'node:child_process';
import { answering, ended, freePort } from '../scripts/servers.ts';

export interface PageWithLeave {
  readonly home: string;
  close(): Promise<void>;
}

/** `flags` as of npm start, for example --connect ORIGIN. */
export async function servePageWith(...flags: readonly string[]): Promise<PageWithLeave> {
  const port = await freePort();
  const pages = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', ...flags], { env: { ...process.env, PORT: String(port) } });
  const home = `http://localhost:${port}/`;
  await answering(home, pages);
  return { home, close: () => ended(pages) };
}
