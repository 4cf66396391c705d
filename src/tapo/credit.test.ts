import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupAdvantages } from './advantages.ts';
import { type CreditOptions, transferCredit } from './credit.ts';
import { misassignmentRates } from './misassignment.ts';
import type { Rollout, Step } from './rollout.ts';

const search = (query: string, ok = true): Step => ({ tokens: 5, tool: { name: 'search', kind: 'text', arguments: { query }, ...(ok ? {} : { ok }) } });
const answer: Step = { tokens: 2 };
const rollout = (id: number, reward: number, steps: readonly Step[]): Rollout => ({ group: 'g', rollout: `g/${id}`, reward, correct: reward === 1, steps });
const credit = (group: readonly Rollout[], options: CreditOptions = {}) =>
  transferCredit(
    group,
    groupAdvantages(
      group.map((r) => r.reward),
      { epsilon: 0 },
    ),
    options,
  );

describe('transferCredit worked by hand', () => {
  // Rewards 1, 0, 0, 0: A = 1.5 and −0.5 (std 0.5). One success, so sup = 1 and Adv = 1.5.
  const group = [
    rollout(0, 1, [search('capital France'), answer]),
    rollout(1, 0, [search('capital France'), answer]),
    rollout(2, 0, [search('France'), answer]),
    rollout(3, 0, [search('capital France', false), { tokens: 1, tool: { name: 'zoom', kind: 'region', arguments: { bbox_2d: [0, 0, 1, 1] } } }]),
  ];
  it('takes the penalty off an equal call: min(0, −0.5 + 0.8 · 1 · 1 · 1.5) = 0', () => {
    const step = credit(group).rollouts[1]?.steps[0];
    expect(step).toMatchObject({ advantage: -0.5, corrected: 0, similarity: 1, support: 1, cluster: 0, reason: 'transferred', witness: ['g/0', 0] });
  });
  it('without the clamp it becomes positive: −0.5 + 1.2 = 0.7', () => {
    expect(credit(group, { clamp: false }).rollouts[1]?.steps[0]?.corrected).toBeCloseTo(0.7, 12);
  });
  it('leaves a call below θ: token F1 of "France" is 2/3', () => {
    expect(credit(group).rollouts[2]?.steps[0]).toMatchObject({ corrected: -0.5, similarity: 2 / 3, reason: 'below-theta' });
    expect(credit(group, { theta: 0.6, beta: 0.4 }).rollouts[2]?.steps[0]?.corrected).toBeCloseTo(-0.5 + 0.4 * (2 / 3) * 1.5, 12);
  });
  it('holds calls against each other by a measure of the tool’s own, also for the misassignment rates', () => {
    const credited = credit(group, { similarities: { search: (a, b) => (a.arguments.query === b.arguments.query ? 0.5 : 0.9) } });
    expect(credited.rollouts.map(({ steps }) => steps[0]?.similarity)).toEqual([null, 0.5, 0.9, null]);
    expect(credited.rollouts[2]?.steps[0]?.corrected).toBe(0); // −0.5 + 0.8 · 0.9 · 1.5 > 0
    expect(misassignmentRates([credited]).action).toMatchObject({ '0.5': 2 / 3, '0.6': 1 / 3, '0.9': 1 / 3, '1.0': 0 });
  });
  it('says why every other step is untouched', () => {
    const { rollouts } = credit(group);
    expect(rollouts.map((r) => r.steps.map((s) => s.reason))).toEqual([
      ['success', 'success'],
      ['transferred', 'no-call'],
      ['below-theta', 'no-call'],
      ['failed-call', 'no-witness'],
    ]);
  });
  it('needs enough successes if asked, and keeps similarities all the same', () => {
    expect(credit(group, { minSuccess: 2 }).rollouts[1]?.steps[0]).toMatchObject({ corrected: -0.5, similarity: 1, support: 1, reason: 'too-few-successes' });
  });
  it('gates by similarity · support, compared as raw doubles', () => {
    const three = [0, 1, 2].map((i) => rollout(i, 1, [search(i === 0 ? 'a b c d e' : 'x')]));
    const failing = rollout(3, 0, [search('a b c q r')]); // token F1 with "a b c d e" is 0.6, support 1/3
    const result = credit([...three, failing], { theta: 0.6, alphaMin: 0.2 });
    expect(0.6 * (1 / 3) >= 0.2).toBe(false);
    expect(result.rollouts[3]?.steps[0]).toMatchObject({ similarity: 0.6, support: 1 / 3, reason: 'below-alpha-min' });
    expect(credit([...three, failing], { theta: 0.6, alphaMin: 0.2, support: false }).rollouts[3]?.steps[0]).toMatchObject({
      support: 1,
      reason: 'transferred',
    });
  });
  it('corrects nobody in a group that fared alike', () => {
    const { clusters, rollouts } = credit([0, 1].map((i) => rollout(i, 0, [search('a')])));
    expect(clusters).toEqual([]);
    expect(rollouts.flatMap((r) => r.steps.map((s) => s.reason))).toEqual(['neutral', 'neutral']);
  });
  it('gives nothing for an empty group and refuses a wrong number of advantages', () => {
    expect(transferCredit([], [])).toEqual({ group: '', clusters: [], rollouts: [] });
    expect(() => transferCredit(group, [1])).toThrow('expected one advantage per rollout (4), got 1');
  });
});

describe('options of the library', () => {
  const group = [rollout(0, 1, [search('a b'), search('a c')]), rollout(1, 1, [search('c d')]), rollout(2, 0, [search('a b')])];
  const members = (options: CreditOptions) => credit(group, options).clusters.map((c) => c.members.map(([id, s]) => `${id}:${s}`));
  it('leader clustering compares with founders, single link with any member, exact with nothing else', () => {
    expect(members({ theta: 0.5 })).toEqual([['g/0:0', 'g/0:1'], ['g/1:0']]);
    expect(members({ theta: 0.5, clustering: 'singleLink' })).toEqual([['g/0:0', 'g/0:1', 'g/1:0']]);
    expect(members({ theta: 0.5, clustering: 'exact' })).toEqual([['g/0:0'], ['g/0:1'], ['g/1:0']]);
  });
  it('a step is held against the best, the first or the mean member', () => {
    const s = (clusterSimilarity: NonNullable<CreditOptions['clusterSimilarity']>) =>
      credit(group, { theta: 0.5, clusterSimilarity }).rollouts[2]?.steps[0]?.similarity;
    expect([s('max'), s('leader'), s('mean')]).toEqual([1, 1, 0.75]);
  });
  it('Adv(C) is the mean over members, over rollouts, or an extreme', () => {
    const rewards = [rollout(0, 1, [search('a'), search('a')]), { ...rollout(1, 0.5, [search('a')]), correct: true }, rollout(2, 0, [])];
    const adv = (clusterAdvantage: NonNullable<CreditOptions['clusterAdvantage']>) =>
      transferCredit(rewards, [0.9, 0.3, -1.2], { clusterAdvantage }).clusters[0]?.advantage;
    expect(adv('mean')).toBeCloseTo(0.7, 12);
    expect(adv('trajectoryMean')).toBeCloseTo(0.6, 12);
    expect([adv('max'), adv('min')]).toEqual([0.9, 0.3]);
  });
  it('similaritySupport prefers a cluster that more successes share', () => {
    const g = [rollout(0, 1, [search('a b')]), rollout(1, 1, [search('a')]), rollout(2, 1, [search('a')]), rollout(3, 0, [search('a b')])];
    expect(credit(g, { thetaCluster: 1 }).rollouts[3]?.steps[0]).toMatchObject({ similarity: 1, support: 1 / 3 });
    expect(credit(g, { thetaCluster: 1, theta: 0.5, choice: 'similaritySupport' }).rollouts[3]?.steps[0]).toMatchObject({ similarity: 2 / 3, support: 2 / 3 });
  });
});

const groups = fc
  .array(fc.record({ reward: fc.constantFrom(0, 1), queries: fc.array(fc.constantFrom('a', 'b', 'a b', 'a b c', 'c'), { maxLength: 4 }) }), {
    minLength: 2,
    maxLength: 8,
  })
  .map((rollouts) => rollouts.map(({ reward, queries }, i) => rollout(i, reward, [...queries.map((q) => search(q)), answer])));

describe('invariants', () => {
  it('with the clamp, corrected advantages lie between A and 0, and successes never change', () => {
    fc.assert(
      fc.property(groups, fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (group, beta, theta) => {
        for (const r of credit(group, { beta, theta }).rollouts)
          for (const s of r.steps) {
            if (s.reason === 'transferred') expect(s.corrected >= s.advantage && s.corrected <= 0).toBe(true);
            else expect(s.corrected).toBe(s.advantage);
          }
      }),
    );
  });
  it('β = 0 and θ > 1 change nothing', () => {
    fc.assert(
      fc.property(groups, (group) => {
        for (const options of [{ beta: 0 }, { theta: 1.01 }])
          for (const r of credit(group, options).rollouts) for (const s of r.steps) expect(s.corrected).toBe(s.advantage);
      }),
    );
  });
  it('the order of rollouts changes no corrected advantage at θ = θ_c = 1', () => {
    fc.assert(
      fc.property(groups, fc.integer(), (group, seed) => {
        const order = group.map((_, i) => i).sort((a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101));
        const advantages = [...groupAdvantages(group.map((r) => r.reward))];
        const straight = transferCredit(group, advantages, { theta: 1 });
        const mixed = transferCredit(
          order.map((i) => group[i] as Rollout),
          order.map((i) => advantages[i] as number),
          { theta: 1 },
        );
        for (const r of mixed.rollouts) {
          const before = straight.rollouts.find((x) => x.rollout === r.rollout);
          r.steps.forEach((s, i) => {
            expect(s.corrected).toBeCloseTo(before?.steps[i]?.corrected as number, 12);
          });
        }
      }),
    );
  });
  it('at θ = θ_c = 1 one more equal success at fixed advantages never lowers a corrected one', () => {
    fc.assert(
      fc.property(groups, fc.constantFrom('a', 'b', 'a b'), (group, query) => {
        const advantages = group.map((r) => (r.reward === 1 ? 0.8 : -0.8));
        const before = transferCredit(group, advantages, { theta: 1, alphaMin: 0 });
        const more = transferCredit([...group, rollout(99, 1, [search(query)])], [...advantages, 0.8], { theta: 1, alphaMin: 0 });
        before.rollouts.forEach((r, i) => {
          r.steps.forEach((s, j) => {
            if (s.reason === 'transferred' && group[i]?.steps[j]?.tool?.arguments.query === query)
              expect(more.rollouts[i]?.steps[j]?.corrected).toBeGreaterThanOrEqual(s.corrected - 1e-12);
          });
        });
      }),
    );
  });
  it('with 0/1 reward and sim = sup = 1 the penalty vanishes exactly when the success share is at most β / (1 + β)', () => {
    for (let G = 2; G <= 12; G++)
      for (let successes = 1; successes < G; successes++) {
        const beta = 0.8;
        const group = Array.from({ length: G }, (_, i) => rollout(i, i < successes ? 1 : 0, [search('a')]));
        const corrected = credit(group, { beta }).rollouts[G - 1]?.steps[0]?.corrected as number;
        const p = successes / G;
        if (Math.abs(p - beta / (1 + beta)) > 1e-9)
          expect(corrected === 0, `G ${G}, successes ${successes}, corrected ${corrected}`).toBe(p < beta / (1 + beta));
      }
  });
});
