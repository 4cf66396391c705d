import { describe, expect, it } from 'vitest';
import { gigpoAdvantages } from '../../tapo/index.ts';
import { trainConfig } from '../../train/config.ts';
import type { CallReport } from '../../train/creditComparison.ts';
import { testGroup } from '../testing/testGroup.ts';
import { byRollout, compareRules } from './compareRules.ts';
import { ruledCalls, ruledRollouts } from './ruledSteps.ts';
import { parseRule, RULES } from './ruleNames.ts';

/** A = ±√¾·… of two right, two wrong: ±0.866. The first wrong rollout zooms as both right ones do, the second as none. */
const group = testGroup([
  { reward: 1, steps: [{ zoom: [0, 0, 500, 1000] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [0, 0, 500, 1000] }, { answer: 'Rome' }] },
  { reward: 1, steps: [{ zoom: [0, 0, 500, 1000] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [600, 0, 900, 900] }, { answer: 'Oslo' }] },
]);
const A = Math.sqrt(0.75);
const config = trainConfig({});
const steps = ruledRollouts([group], config);
const at = (r: number, s: number) => steps.find(({ place }) => place[0] === r && place[1] === s)?.values;

describe('ruledRollouts(groups, config)', () => {
  it('gives every step its advantage under each rule', () => {
    expect(steps).toHaveLength(8);
    expect(at(1, 0)?.none).toBeCloseTo(-A, 5);
    expect(at(1, 0)?.tapo).toBeCloseTo(-0.2 * A, 5); // sim 1, sup 1: A + 0.8·|A|
    expect(at(1, 1)?.tapo).toBeCloseTo(-A, 5);
    expect(at(3, 0)?.tapo).toBeCloseTo(-A, 5);
    const strong = ruledRollouts([group], trainConfig({ credit: { beta: 1.5, clamp: true } }));
    expect(strong[2]?.values.tapo).toBe(0);
    expect(strong[2]?.values['tapo, no clamp']).toBeCloseTo(0.5 * A, 5);
  });
  it('GiGPO holds the first steps, which all set out from the question, against each other', () => {
    const anchors = ['question', JSON.stringify(group.rollouts[0]?.steps[0]?.observation)];
    const far = ['question', JSON.stringify(group.rollouts[3]?.steps[0]?.observation)];
    const expected = gigpoAdvantages([1, 0, 1, 0], [anchors, anchors, anchors, far]);
    expect(at(0, 0)?.gigpo).toBeCloseTo(expected[0]?.[0] as number, 9);
    expect(at(0, 0)?.gigpo).toBeCloseTo(2 * A, 5);
    expect(at(3, 1)?.gigpo).toBeCloseTo(-A, 5); // a state met once: the episode's advantage alone
  });
  it('knows neither beliefs nor true values', () => {
    expect(at(0, 0)).toMatchObject({ 'delta-belief': null, truth: null });
  });
});

describe('compareRules(steps, rules)', () => {
  it('sorts by difference and sums it up', () => {
    const { steps: compared, differing, meanDifference, flips, most, histograms } = compareRules(steps, ['none', 'tapo']);
    expect(compared[0]?.step.place).toEqual([1, 0]);
    expect(compared[0]?.difference).toBeCloseTo(0.8 * A, 5);
    expect([differing, flips, compared.length]).toEqual([1, 0, 8]);
    expect(meanDifference).toBeCloseTo(0.8 * A, 5);
    expect(most).toBeCloseTo(0.8 * A, 5);
    expect(histograms.map((bins) => bins.reduce((sum, n) => sum + n, 0))).toEqual([8, 8]);
  });
  it('a rule against itself differs nowhere', () => {
    expect(compareRules(steps, ['gigpo', 'gigpo'])).toMatchObject({ differing: 0, meanDifference: null, flips: 0, most: 1 });
  });
  it('counts signs that flip', () => {
    const bold = ruledRollouts([group], trainConfig({ credit: { beta: 1.5 } }));
    expect(compareRules(bold, ['tapo, no clamp', 'none']).flips).toBe(1);
    expect(compareRules(bold, ['tapo', 'none']).flips).toBe(0); // 0 has no sign
    expect(compareRules(bold, ['tapo', 'tapo, no clamp'])).toMatchObject({ flips: 0, rewarded: [0, 1] });
  });
  it('compares nothing where a rule is not known', () => {
    expect(compareRules(steps, ['none', 'delta-belief'])).toMatchObject({ steps: [], differing: 0, meanDifference: null });
  });
  it('byRollout(comparison) puts the steps back into their order', () => {
    const [prompt] = byRollout(compareRules(steps, ['none', 'tapo']));
    expect(prompt?.rollouts.map(({ rollout, failing, steps: own }) => [rollout, failing, own.map(({ step }) => step.place[1])])).toEqual([
      [0, false, [0, 1]],
      [1, true, [0, 1]],
      [2, false, [0, 1]],
      [3, true, [0, 1]],
    ]);
  });
});

describe('ruledCalls(report)', () => {
  const call = (rollout: string, delta: number, label: CallReport['label'], tapo: number): CallReport => ({
    group: rollout.split('/')[0] as string,
    rollout,
    step: 1,
    tool: 't',
    delta,
    standardError: 0.1,
    label,
    question: '?',
    text: 'x',
    failing: true,
    successBefore: 0,
    successAfter: 0,
    witness: null,
    assigned: { none: -1, tapo, 'tapo, no support': tapo, 'tapo, no clamp': tapo, 'tapo, no support, no clamp': tapo, gigpo: -1, 'delta-belief': 0.5 },
  });
  const judged = ruledCalls({
    calls: [call('a/0', 0.4, 'helpful', -0.5), call('b/3', 0.1, 'unresolved', -0.5), call('a/2', -0.3, 'harmful', -0.5), call('a/4', 0.9, 'helpful', 0)],
  });
  it('names places by prompt and rollout', () => {
    expect(judged.map(({ group: g, place }) => [g, ...place])).toEqual([
      [0, 0, 1],
      [1, 3, 1],
      [0, 2, 1],
      [0, 4, 1],
    ]);
    expect(judged[0]?.values).toMatchObject({ truth: 0.4, 'delta-belief': 0.5 });
  });
  it('against true values only signs count, wrong ones first, unresolved calls left out', () => {
    const { steps: compared, differing, flips } = compareRules(judged, ['truth', 'tapo']);
    expect(compared.map(({ step, flips: wrong }) => [step.place[0], wrong])).toEqual([
      [0, true],
      [4, false],
      [2, false],
    ]);
    expect([differing, flips]).toEqual([null, 1]);
    expect(compareRules(judged, ['none', 'delta-belief']).differing).toBe(4);
  });
});

describe('parseRule(text)', () => {
  it('reads every rule’s own name, and names as code writes them', () => {
    for (const rule of RULES) expect(parseRule(rule)).toBe(rule);
    expect([parseRule('TAPO'), parseRule('tapo-no-support'), parseRule('ΔBelief'), parseRule('delta belief')]).toEqual([
      'tapo',
      'tapo, no support',
      null,
      'delta-belief',
    ]);
    expect(parseRule('')).toBe(null);
  });
});
