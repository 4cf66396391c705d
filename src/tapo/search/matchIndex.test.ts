import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonicalJson.ts';
import { type CreditOptions, transferCredit } from '../credit.ts';
import { misassignmentRates } from '../misassignment.ts';
import type { Rollout, Step, ToolCall } from '../rollout.ts';

/** SHORTCUT_RUNS=20000 for a long one. */
const RUNS = Number(process.env.SHORTCUT_RUNS ?? 600);

// Small pools, so that equal calls, ties and overlaps are the rule; each group is drawn from a few kinds of call, so that indices fill up.
const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', 'A', 'c', 'dé', 'de\u0301', '日本', 'ﬁ', '1', 'capital', 'the'), { maxLength: 5 }).map((w) => w.join(' ')),
  fc.constantFrom('', ' — ', 'a, b!', 'kitten', 'sitting', '𝒳 y', '\ud800'),
);
const side = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0.1, 0.30000000000000004, -7, 1e308, -1e308, 1e-200) },
);
const corners = fc.tuple(side, side, side, side);
const proper = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([x, y, w, h]): [number, number, number, number] => [x, y, x + w, y + h]);
const coarse = fc
  .tuple(fc.constantFrom(0, 5), fc.constantFrom(0, 5), fc.constantFrom(0, 5, 10))
  .map(([x, y, side]): [number, number, number, number] => [x, y, x + side, y + 5]);
const box = fc.oneof({ weight: 3, arbitrary: proper }, { weight: 3, arbitrary: coarse }, { weight: 1, arbitrary: corners });
const region = fc.record({ image: fc.constantFrom('q', 'r', '0'), bbox: box });
const scalar = fc.constantFrom<unknown>(0, -0, 1, '1', 2.5, true, false, null, [], {}, { x: 1, y: [2] }, { y: [2], x: 1 }, [1, 2, 3], ['a']);
const value = fc.oneof<fc.Arbitrary<unknown>[]>(text, scalar, box, fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 }));

const argumentsOf = {
  region: fc.record(
    { bbox_2d: fc.oneof<fc.Arbitrary<unknown>[]>(box, box, box, scalar), img_idx: fc.constantFrom(0, '0', 1), label: text },
    { requiredKeys: [] },
  ),
  image: fc.record({ bbox_2d: box, hint: text }, { requiredKeys: [] }),
  text: fc.record({ query: fc.oneof<fc.Arbitrary<unknown>[]>(text, text, text, scalar), k: fc.constantFrom(1, 2, '2') }, { requiredKeys: [] }),
  other: fc.dictionary(fc.constantFrom('query', 'n', 'b', 'é'), value, { maxKeys: 3 }),
};
const callOf = (kind: ToolCall['kind']): fc.Arbitrary<ToolCall> =>
  fc
    .record({
      name: fc.constantFrom('tool', 'tool', 'tool', 'other tool'),
      arguments: argumentsOf[kind] as fc.Arbitrary<Record<string, unknown>>,
      region: fc.option(region, { nil: undefined, freq: kind === 'image' ? 4 : 1 }),
      ok: fc.constantFrom(true, true, undefined, true, undefined, false),
    })
    .map(({ name, arguments: args, region: at, ok }) => ({ name, kind, arguments: args, ...(at ? { region: at } : {}), ...(ok === undefined ? {} : { ok }) }));
const kinds = fc.constantFrom<ToolCall['kind'][]>(['region'], ['image'], ['text'], ['other'], ['region', 'image', 'text', 'other'], ['region', 'text']);

const credited = kinds.chain((pool) => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 9, arbitrary: fc.oneof(...pool.map(callOf)).map((tool) => ({ tokens: 1, tool })) },
    { weight: 1, arbitrary: fc.constant({ tokens: 1 }) },
  );
  const member = fc.record({
    steps: fc.array(step, { maxLength: 8, size: 'max' }),
    advantage: fc.constantFrom(1.5, 0.5, 0.3, -0.5, -1, -1.5, 0),
    correct: fc.constantFrom(true, false, undefined),
    group: fc.constantFrom('g', 'g', 'h'),
  });
  return fc.array(member, { maxLength: 16, size: 'max' }).map((members) => ({
    group: members.map(
      ({ steps, correct, group, advantage }, i): Rollout => ({
        group,
        rollout: `${i}`,
        reward: advantage,
        steps,
        ...(correct === undefined ? {} : { correct }),
      }),
    ),
    advantages: members.map((m) => m.advantage),
  }));
});

/** A measure of one's own: 0 for some, also of a call to itself under 1. */
function byLength(a: ToolCall, b: ToolCall): number {
  const [m, n] = [a, b].map((call) => canonicalJson(call.arguments).length % 13) as [number, number];
  return Math.min(m, n) / Math.max(m, n, 5);
}

const threshold = fc.oneof(fc.constantFrom(0.7, 0.5, 1, 0, 0.3, 2 / 3, 1e-9, 1.01, -1), fc.double({ min: 0, max: 1, noNaN: true }));
const options: fc.Arbitrary<CreditOptions> = fc.record(
  {
    theta: threshold,
    thetaCluster: threshold,
    alphaMin: fc.constantFrom(0, 0.2, 0.5),
    clamp: fc.boolean(),
    support: fc.boolean(),
    minSuccess: fc.constantFrom(1, 3),
    outcome: fc.constantFrom('both', 'sign', 'correct'),
    text: fc.constantFrom('tokenF1', 'jaccard', 'levenshtein', 'exact'),
    region: fc.constantFrom('iou', 'giou', 'iouLabel'),
    image: fc.constantFrom('region', 'exact'),
    other: fc.constantFrom('arguments', 'exact'),
    clustering: fc.constantFrom('leader', 'leader', 'singleLink', 'exact'),
    clusterAdvantage: fc.constantFrom('mean', 'trajectoryMean', 'max', 'min'),
    clusterSimilarity: fc.constantFrom('max', 'max', 'leader', 'mean'),
    choice: fc.constantFrom('similarity', 'similaritySupport'),
    similarities: fc.constantFrom({ tool: byLength }, { 'other tool': byLength, tool: (a, b) => 0.9 * byLength(a, b) }, { absent: byLength }),
  },
  { requiredKeys: [] },
);

const search = (query: string): ToolCall => ({ name: 'search', kind: 'text', arguments: { query } });
const zoom = (bbox: readonly number[], label?: string): ToolCall => ({
  name: 'zoom',
  kind: 'region',
  arguments: { bbox_2d: bbox, ...(label === undefined ? {} : { label }) },
});

/** The cluster of each of a successful rollout's calls, and what a failing rollout's calls are held against, with shortcuts or without. */
function credit(good: readonly ToolCall[], bad: readonly ToolCall[], chosen: CreditOptions) {
  const rollout = (name: string, correct: boolean, calls: readonly ToolCall[]): Rollout => ({
    group: 'g',
    rollout: name,
    reward: correct ? 1 : 0,
    correct,
    steps: calls.map((tool) => ({ tokens: 1, tool })),
  });
  const { clusters, rollouts } = transferCredit([rollout('good', true, good), rollout('bad', false, bad)], [1, -1], chosen);
  return {
    clusters: clusters.map(({ members }) => members.map(([, step]) => step)),
    steps: rollouts[1]?.steps.map(({ similarity, cluster, witness }) => [similarity, cluster, witness?.[1]]),
  };
}

describe.each([true, false])('with shortcuts %s', (shortcuts) => {
  it('an equal call joins another cluster once a more similar one was founded', () => {
    // "a b d e" is like "a b c" (4/7), but more like "d e" (2/3), which founds a cluster of its own.
    const { clusters } = credit(['a b c', 'a b d e', 'a b d e', 'd e', 'a b d e'].map(search), [], { theta: 0.5, shortcuts });
    expect(clusters).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
  it('single link leaves equal empty boxes apart, since they are not alike', () => {
    const empty = [3, 3, 3, 3];
    expect(credit([zoom(empty), zoom(empty), zoom([0, 0, 9, 9])], [], { clustering: 'singleLink', shortcuts }).clusters).toEqual([[0], [1], [2]]);
  });
  it('boxes of equal corners and other labels differ where labels count', () => {
    const good = ['red', 'green', 'blue'].map((label) => zoom([0, 0, 4, 4], label));
    expect(credit(good, [zoom([0, 0, 4, 4], 'blue')], { region: 'iouLabel', shortcuts }).steps).toEqual([[1, 2, 2]]);
    expect(credit(good, [zoom([0, 0, 4, 4], 'blue')], { shortcuts }).steps).toEqual([[1, 0, 0]]);
  });
  it('finds a GIoU that is above 0 by rounding alone', () => {
    const far = Array.from({ length: 12 }, (_, i) => zoom([50 + i, 50, 51 + i, 51]));
    const [[similarity, cluster] = []] = credit([...far, zoom([0.1, 0, 0.2, 1])], [zoom([0.2, 0, 1.1, 1])], { region: 'giou', shortcuts }).steps ?? [];
    expect([similarity, cluster]).toEqual([2.220446049250313e-16, 12]);
  });
  it('without anything alike, the oldest cluster of the tool is the best, with similarity 0', () => {
    expect(credit([search('a'), zoom([0, 0, 1, 1]), search('b')], [search('c'), zoom([5, 5, 6, 6])], { shortcuts }).steps).toEqual([
      [0, 0, 0],
      [0, 1, 1],
    ]);
  });
  it('a call without its usual argument is held against the others by what arguments they have', () => {
    const odd: ToolCall = { name: 'search', kind: 'text', arguments: { q: 'a b', k: 3 } };
    const even: ToolCall = { name: 'search', kind: 'text', arguments: { query: 'a b', k: 3 } };
    expect(credit([search('x'), even], [odd], { shortcuts }).steps).toEqual([[1 / 3, 1, 1]]);
    expect(credit([search('x'), odd], [even], { shortcuts }).steps).toEqual([[1 / 3, 1, 1]]);
  });
});

describe('the shortcuts', () => {
  it('keep apart similarities whose products with the support round to the same number', () => {
    // IoU with the unit square is the height: neighbouring doubles, supported by one rollout of three.
    for (const [stride, first] of [1, 3, 5, 7, 9, 11].map((odd, i) => [odd, i] as const))
      for (const clustering of ['leader', 'exact'] as const) {
        const heights = Array.from({ length: 16 }, (_, i) => 0.76 + (first + ((i * stride) % 16)) * 2 ** -53);
        const calls = [heights, [], [], [1]].map((hs) => hs.map((h) => zoom([0, 0, 1, h])));
        const group = calls.map((tools, i): Rollout => ({ group: 'g', rollout: `${i}`, reward: 0, steps: tools.map((tool) => ({ tokens: 1, tool })) }));
        const [quick, plain] = [true, false].map((shortcuts) => transferCredit(group, [1, 1, 1, -1], { choice: 'similaritySupport', clustering, shortcuts }));
        expect(quick).toStrictEqual(plain);
      }
  });
  it('give exactly what comparing every pair gives, under every option', () => {
    fc.assert(
      fc.property(credited, options, ({ group, advantages }, chosen) => {
        const quick = transferCredit(group, advantages, chosen);
        const plain = transferCredit(group, advantages, { ...chosen, shortcuts: false });
        expect(quick).toStrictEqual(plain); // Object.is on every number
        expect(misassignmentRates([quick])).toStrictEqual(misassignmentRates([plain]));
      }),
      { numRuns: RUNS },
    );
  });
});
