import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRollouts } from '../../tapo/index.ts';
import type { Recording } from '../../train/recording.ts';
import { EMPTY_RUN, reduceRun } from '../runs.ts';
import { evaluationsJsonl, groupsJsonl, rolloutsJsonl } from './runTexts.ts';

const { reports } = JSON.parse(readFileSync('public/benchmarks/atlas/recorded/grpo-tapo.json', 'utf8')) as Recording;
const state = reports.slice(0, 8).reduce(reduceRun, EMPTY_RUN);
const linesOf = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('evaluationsJsonl(evaluations)', () => {
  it('has one line an evaluation', () => {
    expect(linesOf(evaluationsJsonl(state.evaluations))).toEqual(state.evaluations);
    expect(evaluationsJsonl([])).toBe('');
  });
});

describe('groupsJsonl(groups)', () => {
  it('has one line a group with its update', () => {
    expect(linesOf(groupsJsonl(state.groups))).toEqual(state.groups.flatMap(({ update, groups }) => groups.map((group) => ({ update, ...group }))));
  });
});

describe('rolloutsJsonl(groups)', () => {
  it('is a rollout file of the same groups', () => {
    const rollouts = readRollouts(rolloutsJsonl(state.groups));
    const told = state.groups.flatMap(({ groups }) => groups);
    expect(rollouts).toHaveLength(told.reduce((sum, group) => sum + group.rollouts.length, 0));
    expect(new Set(rollouts.map(({ group }) => group))).toEqual(new Set(told.map(({ group }) => group)));
    expect(rollouts[0]).toMatchObject({ update: 1, reward: told[0]?.rollouts[0]?.reward, rollout: told[0]?.rollouts[0]?.rollout });
  });
});
