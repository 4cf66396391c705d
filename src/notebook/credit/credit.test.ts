import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../train/recording.ts';
import { type Place, placeKey, placesOf } from '../rollouts/places.ts';
import { TEST_CREDIT, testGroup } from '../testing/testGroup.ts';
import { creditUnder } from '../whatIf.ts';
import { arcsOfCluster, arcsOfStep } from './arcs.ts';
import { clusterSummaries } from './clusters.ts';
import { misassignmentCurve } from './curve.ts';
import { ledgerOf } from './ledger.ts';
import { outlookOf } from './outlook.ts';
import { shortReason } from './shortReason.ts';
import { storyOf, storyText } from './story.ts';
import { lightOfCluster, lightOfTerm, TERMS, termValues } from './terms.ts';
import { TERM_NAMES, termWords } from './termWords.ts';

/**
 * Four rollouts, two right: A = ±0.5 / 0.57735 = ±0.866. Both right ones zoom into the left half, one asks for the capital too. The first wrong
 * one zooms into 0–400 of that half (overlap 400/500 = 0.8) and asks for something else, the other one zooms elsewhere.
 */
const group = testGroup([
  { reward: 1, steps: [{ zoom: [0, 0, 500, 1000] }, { query: 'capital France' }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [0, 0, 400, 1000] }, { query: 'flag France' }, { answer: 'Rome' }] },
  { reward: 1, steps: [{ zoom: [0, 0, 500, 1000] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [600, 0, 1000, 1000] }, { failed: [0, 0, 0, 0] }, { answer: 'Oslo' }] },
]);
const A = Math.sqrt(0.75);
const step = ([r, s]: Place) => group.rollouts[r]?.steps[s] as NonNullable<(typeof group.rollouts)[number]['steps'][number]>;
const story = (place: Place, credit = TEST_CREDIT, of = group): string => storyText(storyOf(of, place, credit));

describe('termValues(group, step, credit)', () => {
  it('gives every number of the formula', () => {
    const values = termValues(group, step([1, 0]), TEST_CREDIT);
    expect(values.similarity).toBeCloseTo(0.8, 12);
    expect(values.support).toBe(1);
    expect(values.supporters).toEqual([2, 2]);
    expect(values.clusterAdvantage).toBeCloseTo(A, 5);
    expect(values.confidence).toBeCloseTo(0.8, 12);
    expect(values.transfer).toBeCloseTo(0.8 * A, 5);
    expect(values.raised).toBeCloseTo(-A + 0.8 * 0.8 * A, 5);
    expect(values.corrected).toBeCloseTo(-0.36 * A, 5);
  });
  it('has nulls for a step that is no candidate', () => {
    expect(termValues(group, step([1, 2]), TEST_CREDIT)).toMatchObject({
      similarity: null,
      support: null,
      transfer: null,
      raised: null,
      supporters: null,
      successes: 2,
    });
  });
});

describe('lightOfTerm(term, group, place)', () => {
  const steps = (term: (typeof TERMS)[number], place: Place = [1, 0]): string[] => [...lightOfTerm(term, group, place).steps].sort();
  it('similarity: this call and its witness', () => {
    expect(steps('similarity')).toEqual(['0/0', '1/0']);
  });
  it('support: the members, and of the successes those with a member before the others', () => {
    expect(steps('support')).toEqual(['0/0', '2/0']);
    expect([...lightOfTerm('support', group, [1, 0]).rollouts]).toEqual([
      [0, 'member'],
      [2, 'member'],
    ]);
    expect([...lightOfTerm('support', group, [1, 1]).rollouts]).toEqual([
      [0, 'member'],
      [2, 'counted'],
    ]);
  });
  it('advantage of the cluster: its members; advantage: every rollout’s reward', () => {
    expect(steps('clusterAdvantage')).toEqual(['0/0', '2/0']);
    expect(steps('advantage')).toEqual([]);
    expect([...lightOfTerm('advantage', group, [1, 0]).rollouts.values()]).toEqual(['counted', 'member', 'counted', 'counted']);
  });
  it('options: their sliders', () => {
    expect((['theta', 'alphaMin', 'beta', 'clamp', 'minSuccess'] as const).map((term) => lightOfTerm(term, group, [1, 0]).option)).toEqual([
      'theta',
      'alphaMin',
      'beta',
      'clamp',
      'minSuccess',
    ]);
  });
  it('every term has a light, a name and a sentence, at every step', () => {
    group.rollouts.forEach((rollout, r) => {
      rollout.steps.forEach((_, s) => {
        for (const term of TERMS) {
          expect(lightOfTerm(term, group, [r, s])).toBeDefined();
          const { name, meaning } = termWords(term, group, [r, s], TEST_CREDIT, true);
          expect(name).toBe(TERM_NAMES[term]);
          expect(meaning).toMatch(/\.$/);
          expect(meaning).not.toMatch(/NaN|undefined|null/);
        }
      });
    });
  });
  it('nothing for a place that is not there', () => {
    expect(lightOfTerm('similarity', group, [9, 9]).steps.size).toBe(0);
  });
});

describe('clusterSummaries(group)', () => {
  it('tells members, support as k of n, and whom a cluster corrected', () => {
    const [zooms, queries] = clusterSummaries(group);
    expect(zooms).toMatchObject({
      tool: 'image_zoom_in_tool',
      calls: 2,
      supporters: [2, 2],
      support: 1,
      members: [
        [0, 0],
        [2, 0],
      ],
      corrected: [[1, 0]],
    });
    expect(queries).toMatchObject({ tool: 'text_search_tool', calls: 1, supporters: [1, 2], support: 0.5, corrected: [] });
  });
  it('lights members and beneficiaries', () => {
    expect([...lightOfCluster(group, 0).steps].sort()).toEqual(['0/0', '1/0', '2/0']);
  });
});

describe('arcs', () => {
  const names = (arcs: ReturnType<typeof arcsOfStep>): string[] =>
    arcs.map(({ from, to, witness, credits }) => `${placeKey(from)} ${placeKey(to)}${witness ? ' witness' : ''}${credits ? '' : ' refused'}`);
  it('arcsOfStep(group, place) joins a failing call with all members of its cluster, the witness marked', () => {
    expect(names(arcsOfStep(group, [1, 0]))).toEqual(['1/0 0/0 witness', '1/0 2/0']);
    expect(names(arcsOfStep(group, [1, 1]))).toEqual(['1/1 0/1 witness refused']);
    expect(arcsOfStep(group, [1, 2])).toEqual([]);
  });
  it('arcsOfCluster(group, cluster) joins what it corrected with the witnesses', () => {
    expect(names(arcsOfCluster(group, 0))).toEqual(['1/0 0/0 witness']);
    expect(arcsOfCluster(group, 1)).toEqual([]);
  });
});

describe('ledgerOf(group)', () => {
  it('sums what each rollout’s steps were charged, before and after', () => {
    const { lines, total } = ledgerOf(group);
    expect(lines[1]?.before).toBeCloseTo(-3 * A, 5);
    expect(lines[1]?.after).toBeCloseTo(-2.36 * A, 5);
    expect(lines[1]?.difference).toBeCloseTo(0.64 * A, 5);
    expect(lines[0]?.difference).toBe(0);
    expect(total.difference).toBeCloseTo(0.64 * A, 5);
  });
});

describe('outlookOf(groups, tau)', () => {
  it('counts what is corrected, what is misassigned at τ, and the bins', () => {
    const outlook = outlookOf([group], 0.7);
    // failing calls: zoom 0.8, query 0.5 (one word of two), zoom 0
    expect(outlook).toMatchObject({ candidates: 3, corrected: 1, calls: { misassigned: 1, of: 3 }, rollouts: { misassigned: 1, of: 2 } });
    expect(outlook.meanShift).toBeCloseTo(0.64 * A, 5);
    expect(outlook.before.reduce((sum, n) => sum + n, 0)).toBe(11);
    expect(outlookOf([group], 0.5).calls).toEqual({ misassigned: 2, of: 3 });
  });
  it('moves with the options, and is empty without groups', () => {
    expect(outlookOf([creditUnder(group, { ...TEST_CREDIT, theta: 0.9 })], 0.9)).toMatchObject({
      corrected: 0,
      meanShift: 0,
      calls: { misassigned: 0, of: 3 },
    });
    expect(outlookOf([], 0.7)).toMatchObject({ candidates: 0, corrected: 0, calls: { misassigned: 0, of: 0 } });
  });
});

describe('misassignmentCurve(groups)', () => {
  it('falls from all calls at τ = 0 to those that are equal at τ = 1', () => {
    const points = misassignmentCurve([group]);
    expect(points[0]).toEqual({ tau: 0, action: 1, trajectory: 1 });
    expect(points.find(({ tau }) => tau === 0.75)?.action).toBeCloseTo(1 / 3, 12);
    expect(points[20]).toEqual({ tau: 1, action: 0, trajectory: 0 });
  });
});

describe('storyOf(group, place, credit)', () => {
  it('tells a correction with its numbers, each tied to its term', () => {
    expect(story([1, 0])).toBe(
      'Rollout 2 failed, but its zoom nearly shows the same region as rollout 1’s, which succeeded (overlap 0.80). 2 of 2 successes made such a zoom. So 0.55 of its penalty of −0.87 is taken off; −0.31 is left.',
    );
    expect(storyOf(group, [1, 0], TEST_CREDIT).flatMap((part) => (typeof part === 'string' ? [] : [part.term]))).toEqual([
      'similarity',
      'support',
      'corrected',
      'advantage',
      'corrected',
    ]);
  });
  it('says when the clamp stops at 0, when it is off, and when β is 0', () => {
    const under = (change: Partial<typeof TEST_CREDIT>): string => {
      const credit = { ...TEST_CREDIT, ...change };
      return story([1, 0], credit, creditUnder(group, credit));
    };
    expect(under({ beta: 1.5 })).toMatch(/So its whole penalty of −0\.87 is taken off \(β·F = 1\.04, and the clamp stops at 0\)\.$/);
    expect(under({ beta: 1.5, clamp: false })).toMatch(/So its penalty of −0\.87 turns into a reward of \+0\.17: the clamp is off\.$/);
    expect(under({ beta: 0 })).toMatch(/But β is 0\.00: nothing of its penalty of −0\.87 is taken off\.$/);
    expect(under({ region: 'giou' })).toContain('(likeness 0.80)'); // boxes that lie within each other: as their IoU
    expect(under({ support: false })).toContain('made such a zoom, which does not count, since support is off.');
  });
  it('says why a step was left alone, with its numbers', () => {
    expect(story([1, 1])).toBe(
      'Rollout 2 failed, and its text search is unlike any of a success: the nearest, rollout 1’s, has likeness 0.50 < θ 0.70. So it keeps its whole penalty of −0.87.',
    );
    expect(story([3, 1])).toContain('could not be carried out');
    expect(story([3, 2])).toContain('this step is its answer: only tool calls are corrected.');
    const strict = { ...TEST_CREDIT, alphaMin: 0.9 };
    expect(story([1, 0], strict, creditUnder(group, strict))).toContain('That is too few: 0.80 · 1.00 = 0.80 < α_min 0.90.');
    const careful = { ...TEST_CREDIT, minSuccess: 3 };
    expect(story([1, 0], careful, creditUnder(group, careful))).toContain('Yet 2 rollouts succeeded, and the rule asks for 3.');
    const noZoom = testGroup([
      { reward: 1, steps: [{ query: 'a' }] },
      { reward: 0, steps: [{ zoom: [0, 0, 1, 1] }] },
    ]);
    expect(story([1, 0], TEST_CREDIT, noZoom)).toContain('no successful rollout of this prompt made any zoom');
  });
  it('tells of successes and of groups in which all fared alike', () => {
    expect(story([0, 0])).toBe(
      'Rollout 1 succeeded: each of its steps keeps +0.87. 1 failing step had part of the penalty taken off thanks to this zoom and those like it.',
    );
    expect(story([0, 1])).toContain('No failing step leans on this text search.');
    const alike = testGroup([
      { reward: 1, steps: [{ answer: 'Paris' }] },
      { reward: 1, steps: [{ answer: 'Paris' }] },
    ]);
    expect(story([0, 0], TEST_CREDIT, alike)).toContain('nobody is punished');
    expect(storyOf(group, [7, 7], TEST_CREDIT)).toEqual([]);
  });
});

describe('shortReason(step, credit, successes)', () => {
  it('fits into a row', () => {
    expect([step([1, 0]), step([1, 1]), step([1, 2]), step([3, 1]), step([0, 0])].map((each) => shortReason(each, TEST_CREDIT, 2))).toEqual([
      null,
      '0.50 < θ 0.70',
      'no call',
      'failed call',
      null,
    ]);
  });
});

describe('the run that ships', () => {
  const { reports } = JSON.parse(readFileSync(new URL('../../../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
  const groups = reports.flatMap((report) => (report.kind === 'updated' ? report.groups : []));
  it('has a story with numbers for every step, and a sentence for every term of it', () => {
    expect(groups.length).toBeGreaterThan(10);
    for (const told of groups) {
      for (const place of placesOf(told)) {
        const text = story(place, TEST_CREDIT, told);
        expect(text).toMatch(/\.$/);
        const sentences = TERMS.map((term) => termWords(term, told, place, TEST_CREDIT, true).meaning);
        expect([text, ...sentences].join(' ')).not.toMatch(/NaN|undefined|null|Infinity/);
      }
    }
  });
});
