// npm test — every gate and every suite, one after the other; the last line counts them all.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium, ensureFirefox } from './browser.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Longest that one suite may take, milliseconds. */
const LIMIT = 30 * 60_000;

const reports = mkdtempSync(path.join(tmpdir(), 'tapo-test-'));
const total = { passed: 0, failed: 0 };
const seconds: string[] = [];

/** Runs a command; its output is shown. Gives its exit status, 124 if it took too long. */
function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve) => {
    const [program, ...args] = command as [string, ...string[]];
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    const timer = setTimeout(() => {
      console.log(`${command.join(' ')}: no end within ${LIMIT / 60_000} min`);
      child.kill('SIGKILL');
      resolve(124);
    }, LIMIT);
    child.on('error', () => resolve(127));
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

async function suite(name: string, work: () => Promise<Count>): Promise<void> {
  const start = performance.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await work().catch((error: unknown): Count => {
    console.log(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  seconds.push(`${name} ${Math.round((performance.now() - start) / 1000)} s`);
}

/** A gate counts as one. */
const gate = (script: string) =>
  suite(script, async () => ((await run(['npm', 'run', '--silent', script])) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }));

/** A suite that failed without naming a test still counts as one failure. */
function counted(status: number, { passed, failed }: Count): Count {
  return status !== 0 && failed === 0 ? { passed, failed: 1 } : { passed, failed };
}

async function vitest(project: string): Promise<Count> {
  const file = path.join(reports, `${project}.json`);
  const status = await run(['npx', 'vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
  return counted(status, { passed: numPassedTests, failed: numFailedTests });
}

async function playwright(): Promise<Count> {
  const file = path.join(reports, 'e2e.json');
  const status = await run(['npx', 'playwright', 'test'], { E2E_REPORT: file });
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: { expected: number; unexpected: number; flaky: number } };
  return counted(status, { passed: stats.expected, failed: stats.unexpected + stats.flaky });
}

await gate('format:check');
await gate('check');
await gate('lint');
await gate('docs:check');
await suite('browsers', async () => {
  console.log(`Chromium: ${ensureChromium()}`);
  console.log(`Firefox: ${ensureFirefox()}`);
  return { passed: 0, failed: 0 };
});
await suite('unit', () => vitest('unit'));
await suite('browser', () => vitest('browser'));
await suite('live', () => vitest('live'));
await suite('e2e', playwright);
rmSync(reports, { recursive: true });
console.log(`\n${seconds.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
