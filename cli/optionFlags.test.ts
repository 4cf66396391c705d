import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type TrainSpec, trainConfig } from '../src/train/config.ts';
import { OPTIONS, withOption } from '../src/train/options/optionTable.ts';
import { flagsFor } from '../src/train/runKey.ts';
import { addOptionFlags, givenOptions } from './optionFlags.ts';

/** What a command line makes of these arguments. */
function given(text: string) {
  const command = addOptionFlags(new Command(), OPTIONS);
  command.parse(text.split(' '), { from: 'user' });
  return givenOptions(OPTIONS, command.opts());
}
const configOf = (text: string) => trainConfig(given(text).reduce((spec, [path, value]) => withOption<TrainSpec>(spec, path, value), {}));

describe('addOptionFlags(command, options) and givenOptions(options, flags)', () => {
  it('give what was given and nothing else', () => {
    expect(given('--theta 0.8 --credit none --dual-clip off --no-clamp --support --shuffled-facts --overlong-max-tokens 90')).toEqual([
      ['credit.rule', 'none'],
      ['credit.theta', 0.8],
      ['credit.support', true],
      ['credit.clamp', false],
      ['dualClip', null],
      ['overlong.maxTokens', 90],
      ['shuffledFacts', true],
    ]);
  });
});

describe('flagsFor(config)', () => {
  it('names the run, and what differs from the defaults', () => {
    expect(flagsFor(trainConfig({}))).toBe('--preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo');
  });
  it('makes the same configuration again, whatever was chosen', () => {
    for (const option of OPTIONS) {
      const others = [...option.values, ...(option.kind === 'switch' ? [true, false] : []), ...(option.none ? [null] : []), 1, 2, 0.5];
      for (const value of others) {
        const config = (() => {
          try {
            return trainConfig(withOption<TrainSpec>({}, option.path, value));
          } catch {
            return null; // no value of this option
          }
        })();
        if (config) expect(configOf(flagsFor(config)), `${option.path} ${value}`).toEqual(config);
      }
    }
  });
});
