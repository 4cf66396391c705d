import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TrainSpec, trainConfig } from '../../train/config.ts';
import { OPTIONS, type OptionPath, type OptionValue, optionOf, withOption } from '../../train/options/optionTable.ts';
import { findTrainLiterals } from './trainLiteral.ts';
import { withTrainOption, withTrainReward, withTrainSpec, withTrainTools } from './trainOptionEdit.ts';

describe('withTrainOption(source, literalIndex, path, value)', () => {
  it.each<[string, OptionPath, OptionValue, string]>([
    // a written option keeps its place
    ['train({ seed: 1, updates: 5 })', 'seed', 2, 'train({ seed: 2, updates: 5 })'],
    ['train({ seed: /* best */ (1) })', 'seed', 2, 'train({ seed: /* best */ (2) })'],
    ["train({ preset: 'grid' })", 'preset', 'clutter', "train({ preset: 'clutter' })"],
    ['train({ preset: "grid" })', 'preset', 'it\'s "x"\\', 'train({ preset: "it\'s \\"x\\"\\\\" })'],
    ["train({ preset: 'grid' })", 'preset', 'it\'s "x"\\', "train({ preset: 'it\\'s \"x\"\\\\' })"],
    ['train({ preset: `grid` })', 'preset', 'clutter', 'train({ preset: "clutter" })'],
    ['train({ credit: { theta: 0.5 } })', 'credit.theta', 0.9, 'train({ credit: { theta: 0.9 } })'],
    ['train({ dualClip: 3 })', 'dualClip', null, 'train({ dualClip: null })'],
    ['train({ entropyCoefficient: -1 })', 'entropyCoefficient', -0.5, 'train({ entropyCoefficient: -0.5 })'],
    // code of one's own too, which other changes leave alone
    ['train({ reward: brief, seed: 1 })', 'reward', 'mmsearch-r1', 'train({ reward: "mmsearch-r1", seed: 1 })'],
    ['train({ reward, seed: 1 })', 'reward', 'exact', 'train({ reward: "exact", seed: 1 })'],
    ['train({ tools: [a, b], reward })', 'seed', 2, 'train({ tools: [a, b], reward, seed: 2 })'],
    // also with its default
    ['train({ seed: 7 })', 'seed', 1, 'train({ seed: 1 })'],
    // an absent one is added in the manner of its neighbours
    ['train({ seed: 1 })', 'updates', 20, 'train({ seed: 1, updates: 20 })'],
    ['train({seed:1})', 'updates', 20, 'train({seed:1, updates:20})'],
    ['train({seed:1,epochs:1})', 'updates', 20, 'train({seed:1,epochs:1,updates:20})'],
    ['train({ "seed": 1 })', 'preset', 'clutter', 'train({ "seed": 1, "preset": "clutter" })'],
    ["train({ algorithm: 'gspo' })", 'preset', 'clutter', "train({ algorithm: 'gspo', preset: 'clutter' })"],
    ['train({ seed: 1, })', 'updates', 20, 'train({ seed: 1, updates: 20, })'],
    ['train({ seed: 1 /* one */ })', 'updates', 20, 'train({ seed: 1 /* one */, updates: 20 })'],
    ['train({\n  seed: 1\n})', 'updates', 20, 'train({\n  seed: 1,\n  updates: 20\n})'],
    ['train({\n\tseed: 1, // one\n\n\t// none\n});', 'updates', 20, 'train({\n\tseed: 1, // one\n\tupdates: 20,\n\n\t// none\n});'],
    ['train({\n  seed: 1 // one\n})', 'updates', 20, 'train({\n  seed: 1, // one\n  updates: 20\n})'],
    ['  train({ seed: 1,\n  })', 'updates', 20, '  train({ seed: 1,\n    updates: 20,\n  })'],
    ['train({ seed: 1, epochs:\r\n 1\r\n})', 'updates', 20, 'train({ seed: 1, epochs:\r\n 1,\r\n  updates: 20\r\n})'],
    ['train({})', 'seed', 2, 'train({ seed: 2 })'],
    ['train({ })', 'seed', 2, 'train({ seed: 2 })'],
    ['train({\n})', 'seed', 2, 'train({\n  seed: 2\n})'],
    ['train({ // none\n})', 'seed', 2, 'train({ // none\n  seed: 2\n})'],
    ['train({ /* none */ })', 'seed', 2, 'train({ /* none */ seed: 2 })'],
    ['train()', 'seed', 2, 'train({ seed: 2 })'],
    ['train()', 'credit.theta', 0.9, 'train({ credit: { theta: 0.9 } })'],
    ['train({ seed: 1 })', 'credit.theta', 0.9, 'train({ seed: 1, credit: { theta: 0.9 } })'],
    ['train({seed: 1})', 'credit.theta', 0.9, 'train({seed: 1, credit: {theta: 0.9}})'],
    ['train({ credit: {} })', 'credit.theta', 0.9, 'train({ credit: { theta: 0.9 } })'],
    ['train({\n  credit: { beta: 0.1 },\n})', 'credit.theta', 0.9, 'train({\n  credit: { beta: 0.1, theta: 0.9 },\n})'],
    // unless it is the default
    ['train({ seed: 1 })', 'updates', 150, 'train({ seed: 1 })'],
    ['train({ seed: 1 })', 'credit.theta', 0.7, 'train({ seed: 1 })'],
    ['train({ credit: { beta: 1 } })', 'credit.theta', 0.7, 'train({ credit: { beta: 1 } })'],
    ['train()', 'dualClip', 3, 'train()'],
    // the overlong penalty is on or off as a whole
    ['train({ seed: 1 })', 'overlong.maxTokens', 100, 'train({ seed: 1, overlong: { maxTokens: 100 } })'],
    ['train({ seed: 1 })', 'overlong.maxTokens', null, 'train({ seed: 1 })'],
    ['train({ overlong: null })', 'overlong.buffer', 20, 'train({ overlong: { buffer: 20 } })'],
    ['train({ overlong: null })', 'overlong.buffer', null, 'train({ overlong: null })'],
    ['train({ overlong: { maxTokens: 100 } })', 'overlong.buffer', 20, 'train({ overlong: { maxTokens: 100, buffer: 20 } })'],
    ['train({ overlong: { maxTokens: 100 } })', 'overlong.maxTokens', null, 'train({ overlong: null })'],
    ['train({ overlong: { maxTokens: 100 } })', 'overlong.buffer', null, 'train({ overlong: null })'],
  ])('%j, %s: %j → %j', (source, path, value, expected) => {
    expect(withTrainOption(source, 0, path, value)).toBe(expected);
  });

  it('changes the call that is meant', () => {
    const source = 'const a = train({ seed: 1 }), b = train({ seed: 1 });';
    expect(withTrainOption(source, 1, 'seed', 2)).toBe('const a = train({ seed: 1 }), b = train({ seed: 2 });');
  });

  it('refuses what it cannot do', () => {
    expect(() => withTrainOption('train({ seed: 1 })', 1, 'seed', 2)).toThrow('expected one of 1 calls of train, got number 1');
    expect(() => withTrainOption('train({ seed })', 0, 'seed', 2)).toThrow('this call cannot be edited: seed is computed (seed)');
    expect(() => withTrainOption('train({})', 0, 'credit.theta', Number.NaN)).toThrow('credit.theta: expected a finite number, got NaN');
  });
});

/** Values that an option may have. */
function valuesOf(path: OptionPath): fc.Arbitrary<OptionValue> {
  const { kind, least, most, values, none, aboveLeast } = optionOf(path);
  const low = Math.max(least, -1000) + (aboveLeast ? 1e-3 : 0);
  const high = Math.min(most, 1e5);
  const own: Record<typeof kind, () => fc.Arbitrary<OptionValue>> = {
    number: () => fc.double({ min: low, max: high, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
    whole: () => fc.integer({ min: Math.ceil(low), max: high }),
    choice: () => fc.constantFrom(...values),
    switch: () => fc.boolean(),
    text: () => fc.string({ maxLength: 8 }),
  };
  return none ? fc.oneof(own[kind](), fc.constant(null)) : own[kind]();
}

const choice = fc.constantFrom(...OPTIONS.map(({ path }) => path)).chain((path) => fc.tuple(fc.constant(path), valuesOf(path)));

const gap = fc.constantFrom('', ' ', '  ', '\n  ', ' /* a: 1, */ ', ' // } "x"\n', '\r\n\t');

/** The text of an object, written in any manner. */
function written(spec: object): fc.Arbitrary<string> {
  const entries = Object.entries(spec);
  const texts = entries.map(([name, value]) =>
    fc
      .tuple(fc.constantFrom(name, `"${name}"`, `'${name}'`), gap, gap, typeof value === 'object' && value !== null ? written(value) : literal(value), gap, gap)
      .map(([key, a, b, text, c, d]) => `${d}${key}${a}:${b}${text}${c}`),
  );
  return fc
    .tuple(fc.tuple(...texts), fc.boolean(), gap)
    .map(([parts, trailing, end]) => `{${parts.join(',')}${trailing && parts.length > 0 ? ',' : ''}${end}}`);
}

function literal(value: unknown): fc.Arbitrary<string> {
  const plain = typeof value === 'number' && value < 0 ? `-${-value}` : JSON.stringify(value);
  return fc.constantFrom(plain, `(${plain})`);
}

const specs = fc.array(choice, { maxLength: 6 }).map((choices) => choices.reduce<TrainSpec>((spec, [path, value]) => withOption(spec, path, value), {}));
const sources = specs
  .chain((spec) => fc.tuple(fc.constant(spec), written(spec), gap, gap))
  .map(([spec, text, a, b]) => ({ spec, source: `const run =${a} train(${b}${text});\nrun.charts()` }));

/** Whether the characters of a stand in b in the same order. */
function isWithin(a: string, b: string): boolean {
  let at = 0;
  for (const character of b) if (character === a[at]) at++;
  return at === a.length;
}

const specIn = (source: string): TrainSpec => {
  const [literal] = findTrainLiterals(source);
  if (literal?.kind !== 'editable') throw new Error(JSON.stringify(literal));
  return literal.spec;
};

describe('for any way of writing', () => {
  it('findTrainLiterals(source) gives what is written', () => {
    fc.assert(
      fc.property(sources, ({ spec, source }) => {
        expect(specIn(source)).toEqual(spec);
      }),
    );
  });

  it('after withTrainOption the spec is withOption(spec), defaults apart, and the rest of the text is unchanged', () => {
    fc.assert(
      fc.property(sources, choice, ({ spec, source }, [path, value]) => {
        const changed = withTrainOption(source, 0, path, value);
        const wanted = withOption(spec, path, value);
        if (changed !== source) expect(specIn(changed)).toEqual(wanted);
        else expect(complete(spec)).toEqual(complete(wanted));
        expect(changed.startsWith(source.slice(0, source.indexOf('{') + 1)) && changed.endsWith('});\nrun.charts()')).toBe(true);
        if (changed.length > source.length && !hasOption(spec, path)) expect(isWithin(source, changed)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the identity where the value is what it was', () => {
    fc.assert(
      fc.property(
        specs.chain((spec) => fc.tuple(fc.constant(spec), written(spec))),
        ([spec, text]) => {
          const source = `train(${text})`;
          for (const { path } of OPTIONS) {
            const value = valueIn(spec, path);
            if (value !== undefined) expect(withTrainOption(source, 0, path, value)).toBe(source);
          }
        },
      ),
    );
  });
});

function valueIn(spec: TrainSpec, path: OptionPath): OptionValue | undefined {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], spec);
  return typeof value === 'object' && value !== null ? undefined : (value as OptionValue | undefined);
}

function hasOption(spec: TrainSpec, path: OptionPath): boolean {
  return (
    valueIn(spec, path.split('.')[0] as OptionPath) !== undefined ||
    valueIn(spec, path) !== undefined ||
    (path.startsWith('overlong') && spec.overlong !== undefined)
  );
}

/** The complete configuration, or what is wrong with it. */
function complete(spec: TrainSpec): unknown {
  try {
    return trainConfig(spec);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('withTrainSpec(source, literalIndex, config)', () => {
  it('makes the call describe a whole configuration, and keeps what is written beside it', () => {
    const source = 'const run = train({\n  seed: 3, // mine\n  updates: 10,\n})';
    const config = trainConfig({ updates: 20, prompts: 2, credit: { beta: 0.4 } });
    const edited = withTrainSpec(source, 0, config);
    const [literal] = findTrainLiterals(edited);
    expect(literal?.kind === 'editable' && trainConfig(literal.spec)).toEqual(config);
    expect(edited).toContain('// mine');
  });
});

describe('withTrainReward(source, literalIndex, name)', () => {
  it.each([
    ['train()', 'train({ reward: brief })'],
    ["train({ reward: 'exact', seed: 2 })", 'train({ reward: brief, seed: 2 })'],
    ['train({ seed: 2, reward })', 'train({ seed: 2, reward: brief })'],
    ['train({reward:long, seed:2})', 'train({reward:brief, seed:2})'],
  ])('changes %j to %j', (source, expected) => {
    expect(withTrainReward(source, 0, 'brief')).toBe(expected);
    expect(findTrainLiterals(expected)[0]?.kind).toBe('editable');
  });
});

describe('withTrainTools(source, literalIndex, tools)', () => {
  it.each([
    ['train()', ['a=b:c'], 'train({ tools: ["a=b:c"] })'],
    ["train({ preset: 'grid' }).charts()", ['a=b:c', 'd:e'], "train({ preset: 'grid', tools: ['a=b:c', 'd:e'] }).charts()"],
    ['train({ tools: ["a=b:c"], seed: 1 })', ['d:e'], 'train({ tools: ["d:e"], seed: 1 })'],
    ['train({ tools: ["a=b:c"], seed: 1 })', [], 'train({ tools: [], seed: 1 })'],
    ['train({ seed: 1 })', [], 'train({ seed: 1 })'],
  ])('changes %j to %j', (source, tools, expected) => {
    expect(withTrainTools(source, 0, tools)).toBe(expected);
    expect(findTrainLiterals(expected)[0]).toMatchObject({ kind: 'editable', spec: tools.length > 0 ? { tools } : {} });
  });

  it('leaves a call that takes its tools from elsewhere', () => {
    expect(() => withTrainTools('train({ tools })', 0, [])).toThrow('this call cannot be edited: tools is computed');
  });
});
