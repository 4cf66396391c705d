import { describe, expect, it } from 'vitest';
import { type TrainSpec, trainConfig } from '../config.ts';
import { runKey } from '../runKey.ts';
import { EVIDENCE } from './evidence.ts';
import {
  expectedOf,
  OPTION_GROUPS,
  OPTIONS,
  type OptionDefinition,
  type OptionValue,
  optionAt,
  optionOf,
  parseOption,
  withOption,
  writtenFlag,
  writtenValue,
} from './optionTable.ts';

/** Paths of all single values of a complete configuration. */
function pathsOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null ? pathsOf(inner, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

const accepted = ({ path }: OptionDefinition, value: OptionValue): boolean => {
  try {
    return Object.is(optionAt(trainConfig(withOption<TrainSpec>({}, path, value)), path), value);
  } catch {
    return false;
  }
};
const parsed = (option: OptionDefinition, text: string): OptionValue | undefined => {
  try {
    return parseOption(option, text);
  } catch {
    return undefined;
  }
};
const each = OPTIONS.map((option) => [option.path, option] as const);

describe('the option table', () => {
  it('has every option of a configuration, and no other', () => {
    expect(OPTIONS.map(({ path }) => path).sort()).toEqual(pathsOf(trainConfig({ overlong: {} })).sort());
  });
  it('has one order, group by group, and runs are named in it as the table writes them', () => {
    const groups = OPTIONS.map(({ group }) => group);
    expect(groups.filter((group, i) => group !== groups[i - 1])).toEqual(OPTION_GROUPS);
    for (const option of OPTIONS)
      for (const value of [...option.values, 7, 168, true, false, null].filter((each) => each !== option.initial && accepted(option, each)))
        expect(
          runKey(withOption<TrainSpec>({}, option.path, value))
            .split(' --')
            .map((flag) => flag.replace(/^(--)?/, '--')),
        ).toContain(writtenFlag(option, value));
  });
  it('has the flags that others rely on', () => {
    const flags = OPTIONS.map(({ flag }) => flag);
    expect(new Set(flags).size).toBe(flags.length);
    for (const flag of ['theta', 'alpha-min', 'beta', 'support', 'clamp', 'text', 'min-success', 'epsilon', 'credit', 'algorithm', 'seed', 'updates'])
      expect(flags).toContain(flag);
    expect([optionOf('credit.thetaCluster').flag, optionOf('overlong.maxTokens').flag]).toEqual(['theta-cluster', 'overlong-max-tokens']);
  });
  it('names each differently: no label is part of another, so that a name finds one control', () => {
    const labels = OPTIONS.map(({ label }) => label.toLowerCase());
    for (const label of labels) expect(labels.filter((other) => other.includes(label))).toEqual([label]);
  });
  it('says of each what it does, where it comes from and how sure that is', () => {
    for (const { group, help, source, tag } of OPTIONS) {
      expect(OPTION_GROUPS).toContain(group);
      expect(EVIDENCE[tag].meaning).not.toBe('');
      for (const text of [help, source]) expect(text).toMatch(/^\S.*\.$|Ã\)\.$/);
    }
  });
  it.each(each)('%s: kind, limits, choices and default are those of the schema', (_, option) => {
    const { kind, least, most, aboveLeast, values, none, initial } = option;
    expect(initial).toBe(optionAt(trainConfig({}), option.path));
    expect(accepted(option, null)).toBe(none !== undefined);
    if (kind === 'number' || kind === 'whole') {
      const step = kind === 'whole' ? 1 : 1e-9;
      if (least !== Number.NEGATIVE_INFINITY) expect([accepted(option, least), accepted(option, least - step)]).toEqual([!aboveLeast, false]);
      if (most !== Number.POSITIVE_INFINITY) expect(accepted(option, most + step)).toBe(false);
      expect(accepted(option, 1.5)).toBe(kind === 'number' && most >= 1.5);
      expect([accepted(option, Number.POSITIVE_INFINITY), accepted(option, '1'), accepted(option, true)]).toEqual([false, false, false]);
    }
    if (kind === 'choice') {
      expect(values.length).toBeGreaterThan(0);
      expect(Object.keys(option.choices ?? {}).sort()).toEqual([...values].sort());
      for (const value of values) expect(accepted(option, value)).toBe(true);
      expect(accepted(option, 'something else')).toBe(false);
    }
    if (kind === 'switch') expect([accepted(option, true), accepted(option, false), accepted(option, 1)]).toEqual([true, true, false]);
  });
});

describe('parseOption(option, text)', () => {
  it.each(each)('%s: reads its default as it is written, and refuses what it cannot be', (_, option) => {
    expect(parseOption(option, writtenValue(option, option.initial))).toBe(option.initial);
    if (option.kind !== 'text') expect(parsed(option, 'no such value')).toBeUndefined();
  });
  const refusal = (path: OptionDefinition['path'], text: string): string => {
    try {
      return `took ${String(parseOption(optionOf(path), text))}`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  it.each([
    ['credit.theta', 'high', 'expected a number from 0, got "high"'],
    ['credit.theta', '', 'expected a number from 0, got ""'],
    ['credit.gamma', '1.1', 'expected a number from 0 to 1, got "1.1"'],
    ['temperature', '0', 'expected a number above 0 and up to 10, got "0"'],
    ['entropyCoefficient', 'Infinity', 'expected a number, got "Infinity"'],
    ['updates', '0.5', 'expected a whole number from 1 to 100000, got "0.5"'],
    ['credit.text', 'cosine', 'expected one of tokenF1, jaccard, levenshtein, exact, got "cosine"'],
    ['dualClip', '1', 'expected a number above 1, or off, got "1"'],
    ['advantage', 'off', 'expected one of grpo, dr-grpo, batch-normalised, or auto, got "off"'],
    ['credit.clamp', 'yes', 'expected on or off, got "yes"'],
  ] as const)('%s refuses %j', (path, text, message) => {
    expect(refusal(path, text)).toBe(message);
  });
  it('takes what it should', () => {
    expect(parseOption(optionOf('learningRate'), '1e-4')).toBe(1e-4);
    expect(parseOption(optionOf('entropyCoefficient'), '-0.5')).toBe(-0.5);
    expect(parseOption(optionOf('dualClip'), 'off')).toBe(null);
    expect(parseOption(optionOf('credit.thetaCluster'), 'auto')).toBe(null);
    expect(parseOption(optionOf('credit.clamp'), 'off')).toBe(false);
    expect(expectedOf(optionOf('credit.thetaCluster'))).toBe('a number from 0, or auto');
  });
});

describe('withOption(spec, path, value) and optionAt(config, path)', () => {
  it('change and read one value, wherever it stands, and leave the rest', () => {
    const config = trainConfig({ seed: 5 });
    const changed = withOption(config, 'credit.theta', 0.9);
    expect([optionAt(changed, 'credit.theta'), optionAt(changed, 'credit.beta'), optionAt(changed, 'seed')]).toEqual([0.9, 0.8, 5]);
    expect(optionAt(config, 'credit.theta')).toBe(0.7);
    expect(optionAt(withOption(config, 'seed', 6), 'seed')).toBe(6);
  });
  it('switch the overlong penalty on and off', () => {
    const on = withOption<TrainSpec>({}, 'overlong.maxTokens', 100);
    expect(trainConfig(on).overlong).toEqual({ maxTokens: 100, buffer: 20 });
    expect(withOption(on, 'overlong.buffer', null).overlong).toBe(null);
    expect(optionAt(trainConfig({}), 'overlong.buffer')).toBe(null);
  });
});
