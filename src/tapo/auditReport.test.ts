import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditReport } from './auditReport.ts';
import { parseRollout } from './rolloutFile.ts';

interface Case {
  case: number;
  options: Record<string, never>;
  rollouts: unknown[];
  expected: unknown;
}
const cases = readFileSync(new URL('../../fixtures/vectors/credit.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

describe('auditReport(rollouts, options) agrees with every worked case to 1e-9', () => {
  it.each(cases.map((c) => [c.case, c] as const))('case %i', (_, { options, rollouts, expected }) => {
    const report = auditReport(
      rollouts.map((rollout) => parseRollout(JSON.stringify(rollout))),
      options,
    );
    expectClose(report, expected, '$');
  });
});

/** Same structure and keys; numbers within 1e-9. */
function expectClose(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    if (typeof actual !== 'number' || !(Math.abs(actual - expected) <= 1e-9)) expect.fail(`${path}: expected ${expected}, got ${String(actual)}`);
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    if (actual !== expected) expect.fail(`${path}: expected ${String(expected)}, got ${String(actual)}`);
    return;
  }
  expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
}
