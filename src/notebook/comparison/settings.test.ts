import { describe, expect, it } from 'vitest';
import type { TrainConfig } from '../../train/config.ts';
import { EMPTY_RUN } from '../runs.ts';
import { settingDifferences, settingsOf } from './settings.ts';
import { madeUpRun } from './testing.ts';

const run = (rule: 'none' | 'tapo', seed: number, updates = 0, beta = 0.8) =>
  madeUpRun({ spec: { seed, credit: { rule, beta } }, metrics: { accuracy: Array(updates).fill(0.5) } });

describe('settingsOf(shown)', () => {
  it('puts runs that differ in nothing but the seed together, by seed, in the order of the first of each', () => {
    const settings = settingsOf([run('tapo', 3), run('none', 1), run('tapo', 1), run('none', 2)]);
    expect(settings.map(({ letter, name, runs }) => [letter, name, runs.map(({ seed }) => seed)])).toEqual([
      ['A', 'Credit tapo', [1, 3]],
      ['B', 'Credit none', [1, 2]],
    ]);
    expect(settings[0]?.runs[0]?.command).toBe('npx tapo train --preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo');
  });
  it('counts a seed once: the run that is further, and says how many it left out', () => {
    const [setting] = settingsOf([run('tapo', 1, 2), run('tapo', 1, 5), run('tapo', 1, 5)]);
    expect(setting?.runs.map(({ state }) => state.update)).toEqual([5]);
    expect(setting?.repeats).toBe(2);
  });
  it('puts a recorded run that is older than an option to those that have it at its default', () => {
    const recorded = run('tapo', 1);
    const { probeEvery: _, ...older } = recorded.state.config as TrainConfig;
    const settings = settingsOf([{ ...recorded, state: { ...recorded.state, config: older as TrainConfig } }, run('tapo', 2)]);
    expect(settings.map(({ runs }) => runs.map(({ seed }) => seed))).toEqual([[1, 2]]);
  });
  it('names a single setting by algorithm and credit, and leaves out what has not begun', () => {
    const settings = settingsOf([run('tapo', 1), { key: 'x', name: 'x', state: EMPTY_RUN }]);
    expect(settings.map(({ name }) => name)).toEqual(['Credit tapo, Algorithm grpo']);
    expect(settingsOf([])).toEqual([]);
  });
  it('names three differing options and counts the rest', () => {
    const other = madeUpRun({ spec: { seed: 1, algorithm: 'gspo', epochs: 1, prompts: 4, credit: { rule: 'none', beta: 0.4 } } });
    expect(settingsOf([run('tapo', 1), other])[1]?.name).toMatch(/^Credit none, β strength 0.4, Algorithm gspo and 2 more$/);
  });
});

describe('settingDifferences(settings)', () => {
  it('gives options that differ, one value a setting; the seed is none of them', () => {
    const differences = settingDifferences(settingsOf([run('tapo', 1), run('tapo', 2), run('tapo', 1, 0, 0.4), run('none', 5)]));
    expect(differences.map(({ option, values }) => [option.path, values])).toEqual([
      ['credit.rule', ['tapo', 'tapo', 'none']],
      ['credit.beta', ['0.8', '0.4', '0.8']],
    ]);
    expect(settingDifferences(settingsOf([run('tapo', 1), run('tapo', 2)]))).toEqual([]);
  });
});
