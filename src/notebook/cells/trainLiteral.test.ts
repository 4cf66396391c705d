import { describe, expect, it } from 'vitest';
import { findTrainLiterals } from './trainLiteral.ts';

const specs = (source: string) => findTrainLiterals(source).map((literal) => (literal.kind === 'editable' ? literal.spec : literal.why));

describe('findTrainLiterals(source)', () => {
  it.each([
    ['train({})', [{}]],
    ['train()', [{}]],
    ['const a = train({ seed: 1 });\nconst b = train({ seed: 2 });', [{ seed: 1 }, { seed: 2 }]],
    [
      'train({ algorithm: "gspo", credit: { theta: 0.5, support: false }, overlong: null })',
      [{ algorithm: 'gspo', credit: { theta: 0.5, support: false }, overlong: null }],
    ],
    [
      "train({ 'seed': (3), preset: `grid`, entropyCoefficient: -1e-3, updates: +7 /* few */, })",
      [{ seed: 3, preset: 'grid', entropyCoefficient: -1e-3, updates: 7 }],
    ],
    ['[train({ seed: 1 }), train({ seed: 2 })].map((run) => run.charts())', [{ seed: 1 }, { seed: 2 }]],
    ['train({ reward: brief, tools: [find, (other)], seed: 1 })', [{ seed: 1 }]],
    ['train({ reward, tools: [] })', [{}]],
    ['train({ tools: ["a=b:c", own], seed: 1 })', [{ seed: 1 }]],
    ['train({ tools: ["a=b:c", (\'d:e\')] })', [{ tools: ['a=b:c', 'd:e'] }]],
    ['train({ overlong: { maxTokens: 100 } }).trajectories()', [{ overlong: { maxTokens: 100 } }]],
  ])('reads %j', (source, expected) => {
    expect(specs(source)).toEqual(expected);
  });

  it.each([
    ['[1, 2, 3].map((seed) => train({ ...base, seed }))', 'it takes in another object (...base); a form edits only options that are written out'],
    ['train({ seed })', 'seed is computed (seed); a form edits only values that are written out'],
    ['train({ credit: { theta: 1 / 2 } })', 'credit.theta is computed (1 / 2); a form edits only values that are written out'],
    ['train({ reward: f(1) })', 'reward is computed (f(1)); a form edits only values that are written out'],
    ['train({ tools: [f(1)] })', 'tools is computed ([f(1)]); a form edits only values that are written out'],
    ['train(spec)', 'its options are spec; a form edits only options that are written out, as in train({ seed: 1 })'],
    ['train(...specs)', 'its options are ...specs; a form edits only options that are written out, as in train({ seed: 1 })'],
    ['train({ seed: 1 }, 2)', 'train takes one object, and this call has more'],
    ['train({ seed: 1, seed: 2 })', 'seed is written twice'],
    ['train({ credit: { ["theta"]: 1 } })', 'one of its names is computed (["theta"]: 1)'],
    ['train({ seed() { return 1 } })', 'seed is a function'],
    ['train({ get seed() { return 1 } })', 'seed is a function'],
    ['train({ __proto__: null })', 'it sets a prototype'],
    ['train({ updates: [1] })', 'updates is computed ([1]); a form edits only values that are written out'],
    ['train({ tools: ["a=b:c", f(own)] })', 'tools is computed (["a=b:c", f(own)]); a form edits only values that are written out'],
    ['train({ updates: 10n })', 'updates is computed (10n); a form edits only values that are written out'],
    ['train({ preset: "gr" + "id" })', 'preset is computed ("gr" + "id"); a form edits only values that are written out'],
  ])('says why %j cannot be edited by a form', (source, why) => {
    expect(specs(source)).toEqual([why]);
  });

  it('leaves other functions of that name, words in texts and comments, and what is no JavaScript', () => {
    expect(specs('function f(train) { return train({ seed: 1 }) }')).toEqual([]);
    expect(specs('library.train({ seed: 1 })')).toEqual([]);
    expect(specs('"train({})" // train({})')).toEqual([]);
    expect(specs('train({')).toEqual([]);
    expect(specs('')).toEqual([]);
  });

  it('tells where each call stands', () => {
    const source = '// two runs\nconst a = train({ seed: 1 });\nconst b = train(a);';
    expect(findTrainLiterals(source).map(({ range }) => source.slice(range.start, range.end))).toEqual(['train({ seed: 1 })', 'train(a)']);
  });
});
