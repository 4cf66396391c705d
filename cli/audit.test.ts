import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditReport, parseRollout, type Rollout } from '../src/tapo/index.ts';
import { OPTIONS } from '../src/train/options/optionTable.ts';
import { AUDIT_OPTIONS, auditOptions } from './audit.ts';

const vectors = readFileSync(new URL('../fixtures/vectors/credit.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { rollouts: readonly unknown[] }).rollouts.map((rollout): Rollout => parseRollout(JSON.stringify(rollout))));

/** What the vectors lack: boxes with labels. */
const labelled = ['cat', 'dog'].map((label, id): Rollout => {
  const call = { name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, 9, 9], label } } as const;
  return { group: 'q', rollout: `q/${id}`, reward: 1 - id, correct: id === 0, steps: [{ tokens: 1, tool: call }] };
});
const files = [...vectors, labelled];

describe('the options of tapo audit', () => {
  it('are those of credit transfer, but for what only training knows', () => {
    const left = OPTIONS.filter((option) => option.path.startsWith('credit.') && !AUDIT_OPTIONS.includes(option)).map(({ path }) => path);
    expect(left.sort()).toEqual(['credit.beliefWeight', 'credit.gamma', 'credit.omega', 'credit.rule', 'credit.span']);
    expect(AUDIT_OPTIONS.map(({ flag }) => flag)).toContain('epsilon');
  });
  it('default to what the library does by itself', () => {
    const defaults = auditOptions(AUDIT_OPTIONS.map(({ path, initial }) => [path, initial] as const));
    for (const rollouts of files) expect(auditReport(rollouts, defaults)).toEqual(auditReport(rollouts));
  });
  it.each(AUDIT_OPTIONS.flatMap((option) => option.values.filter((value) => value !== option.initial).map((value) => [option.path, value] as const)))(
    '%s %s makes a difference somewhere',
    (path, value) => {
      const changed = files.filter(
        (rollouts) => JSON.stringify(auditReport(rollouts, auditOptions([[path, value]]))) !== JSON.stringify(auditReport(rollouts)),
      );
      expect(changed.length).toBeGreaterThan(0);
    },
  );
});
