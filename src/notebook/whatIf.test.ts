import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trainConfig } from '../train/config.ts';
import type { Recording } from '../train/recording.ts';
import type { GroupReport } from '../train/report.ts';
import { countCredit, creditUnder, tryOptions } from './whatIf.ts';

const { reports } = JSON.parse(readFileSync(new URL('../../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
const groups = reports.flatMap((report) => (report.kind === 'updated' ? report.groups : []));
const begun = reports.find((report) => report.kind === 'begun');
const { credit } = trainConfig({ credit: { rule: 'tapo', ...(begun?.kind === 'begun' ? { theta: begun.config.credit.theta } : {}) } });
const steps = (group: GroupReport) => group.rollouts.flatMap((rollout) => rollout.steps);

describe('creditUnder(group, credit)', () => {
  it('under the run’s own options is what the run recorded', () => {
    expect(groups.length).toBeGreaterThan(10);
    for (const group of groups) {
      const again = creditUnder(group, credit);
      expect(again.clusters.map(({ members }) => members)).toEqual(group.clusters.map(({ members }) => members));
      steps(again).forEach((step, i) => {
        const recorded = steps(group)[i];
        expect([step.reason, step.cluster, step.witness]).toEqual([recorded?.reason, recorded?.cluster, recorded?.witness]);
        expect(step.corrected).toBeCloseTo(recorded?.corrected ?? Number.NaN, 4);
        expect(step.similarity ?? -1).toBeCloseTo(recorded?.similarity ?? -1, 4);
      });
    }
  });
  it('β = 0 moves nothing; θ above 1 corrects nothing; what was seen and said stays', () => {
    for (const group of groups) {
      for (const step of steps(creditUnder(group, { ...credit, beta: 0 }))) expect(step.corrected).toBeCloseTo(step.advantage, 12);
      const strict = creditUnder(group, { ...credit, theta: 1.01 });
      expect(countCredit(strict).corrected).toBe(0);
      expect(strict.rollouts.map(({ answer }) => answer)).toEqual(group.rollouts.map(({ answer }) => answer));
      expect(steps(strict).map(({ words }) => words)).toEqual(steps(group).map(({ words }) => words));
    }
  });
});

describe('tryOptions(credit, whatIf, change)', () => {
  it('adds one change to another, and is null again once all is as in the run', () => {
    const once = tryOptions(credit, null, { theta: 0.9 });
    expect(once).toMatchObject({ theta: 0.9, beta: credit.beta });
    const twice = tryOptions(credit, once, { beta: 0 });
    expect(twice).toMatchObject({ theta: 0.9, beta: 0 });
    expect(tryOptions(credit, tryOptions(credit, twice, { beta: credit.beta }), { theta: credit.theta })).toBe(null);
  });
});

describe('countCredit(group)', () => {
  it('counts candidates and corrections, with their mean shift', () => {
    const group = groups.find((each) => countCredit(each).corrected > 0) as GroupReport;
    const { candidates, corrected, meanShift } = countCredit(group);
    const moved = steps(group).filter((step) => step.corrected !== step.advantage);
    expect(corrected).toBe(steps(group).filter(({ reason }) => reason === 'transferred').length);
    expect(candidates).toBeGreaterThanOrEqual(corrected);
    expect(meanShift).toBeCloseTo(moved.reduce((sum, step) => sum + step.corrected - step.advantage, 0) / corrected, 9);
  });
});
