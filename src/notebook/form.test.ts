import { describe, expect, it } from 'vitest';
import { trainConfig } from '../train/config.ts';
import { OPTIONS, optionOf } from '../train/options/optionTable.ts';
import { changeOption, choicesOf, DEFAULT_SPEC, differingOptions, OTHER_OPTIONS, SHORT_FORM, TINY_SPEC } from './form.ts';

describe('the form', () => {
  it('shows every option once, in the short form or among all others', () => {
    expect([...SHORT_FORM, ...OTHER_OPTIONS.map(({ path }) => path)].sort()).toEqual(OPTIONS.map(({ path }) => path).sort());
  });
  it('begins with settings that are runs', () => {
    for (const spec of [DEFAULT_SPEC, TINY_SPEC]) expect(trainConfig(spec)).toEqual(spec);
    expect(differingOptions(DEFAULT_SPEC, trainConfig({})).map(({ path }) => path)).toEqual([]);
  });
});

describe('changeOption(spec, path, value)', () => {
  it('changes that value alone', () => {
    const spec = changeOption(DEFAULT_SPEC, 'credit.clamp', false);
    expect(differingOptions(spec, DEFAULT_SPEC).map(({ path }) => path)).toEqual(['credit.clamp']);
    expect(DEFAULT_SPEC.credit.clamp).toBe(true);
  });
  it('brings a benchmark’s first preset with it', () => {
    const almanac = changeOption(DEFAULT_SPEC, 'benchmark', 'almanac');
    expect([almanac.benchmark, almanac.preset]).toEqual(['almanac', 'easy']);
    expect(changeOption(almanac, 'benchmark', 'atlas').preset).toBe('grid');
  });
  it('completes the overlong penalty, and takes it away whole', () => {
    const on = changeOption(DEFAULT_SPEC, 'overlong.maxTokens', 50);
    expect(on.overlong).toEqual({ maxTokens: 50, buffer: 10 });
    expect(changeOption(on, 'overlong.buffer', null).overlong).toBe(null);
    expect(changeOption(on, 'overlong.maxTokens', 5).overlong).toEqual({ maxTokens: 5, buffer: 10 }); // the trainer refuses it
  });
});

describe('choicesOf(option, spec)', () => {
  it('offers the presets of the benchmark alone, and all choices of other options', () => {
    const names = (spec = DEFAULT_SPEC) => choicesOf(optionOf('preset'), spec).map(([value]) => value);
    expect(names()).toEqual(['grid', 'clutter']);
    expect(names(changeOption(DEFAULT_SPEC, 'benchmark', 'almanac'))).toEqual(['easy', 'hard']);
    expect(choicesOf(optionOf('benchmark'), DEFAULT_SPEC)).toHaveLength(2);
    expect(choicesOf(optionOf('seed'), DEFAULT_SPEC)).toEqual([]);
  });
});
