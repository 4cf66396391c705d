import { describe, expect, it } from 'vitest';
import { testGroup } from '../testing/testGroup.ts';
import { exampleOf, memberPlaces, shownPlace, stepAt, witnessPlace } from './places.ts';
import { stepByKey } from './walk.ts';

const corrected = testGroup([
  { reward: 1, steps: [{ query: 'capital France' }, { zoom: [0, 0, 500, 500] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ query: 'capital France' }, { zoom: [0, 0, 500, 500] }, { answer: 'Rome' }] },
]);
const onlyText = testGroup([
  { reward: 1, steps: [{ query: 'capital France' }] },
  { reward: 0, steps: [{ query: 'capital France' }, { answer: 'Rome' }] },
]);
const untouched = testGroup([
  { reward: 1, steps: [{ zoom: [0, 0, 500, 500] }] },
  { reward: 0, steps: [{ answer: 'Rome' }, { zoom: [500, 500, 1000, 1000] }] },
]);
const nothing = { update: null, group: 0, step: null };

describe('exampleOf(group)', () => {
  it('is the first corrected zoom, else the first corrected call, else the first failing call, else the first step', () => {
    expect(exampleOf(corrected)).toEqual([1, 1]);
    expect(exampleOf(onlyText)).toEqual([1, 0]);
    expect(exampleOf(untouched)).toEqual([1, 1]);
    expect(exampleOf(testGroup([{ reward: 1, steps: [{ answer: 'a' }] }]))).toEqual([0, 0]);
    expect(exampleOf(testGroup([{ reward: 1, steps: [] }]))).toBe(null);
  });
});

describe('shownPlace(updates, selection)', () => {
  const updates = [
    { update: 1, groups: [onlyText] },
    { update: 2, groups: [untouched, corrected] },
    { update: 3, groups: [onlyText] },
    { update: 4, groups: [untouched] },
  ];
  it('opens on the newest update with a corrected zoom, and on the zoom', () => {
    expect(shownPlace(updates, nothing)).toMatchObject({ update: 2, at: 1, groupIndex: 1, place: [1, 1], isExample: true });
  });
  it('opens on any correction where no zoom was corrected, else on the newest update', () => {
    expect(
      shownPlace(
        [updates[0], updates[2], updates[3]].flatMap((u) => u ?? []),
        nothing,
      ),
    ).toMatchObject({ update: 3, groupIndex: 0, place: [1, 0] });
    expect(shownPlace(updates.slice(3), nothing)).toMatchObject({ update: 4, place: [1, 1] });
  });
  it('shows what is named, and the example of a group without a chosen step', () => {
    expect(shownPlace(updates, { update: 1, group: 0, step: [0, 0] })).toMatchObject({ update: 1, place: [0, 0], isExample: false });
    expect(shownPlace(updates, { update: 2, group: 9, step: null })).toMatchObject({ groupIndex: 1, place: [1, 1], isExample: true });
    expect(shownPlace(updates, { update: 1, group: 0, step: [9, 9] })).toMatchObject({ place: [1, 0], isExample: true });
  });
  it('takes the newest update for a step without one, or whose update is no longer kept', () => {
    expect(shownPlace(updates, { update: null, group: 0, step: [1, 0] })).toMatchObject({ update: 4, place: [1, 0] });
    expect(shownPlace(updates, { update: 99, group: 0, step: null })).toMatchObject({ update: 2 });
  });
  it('is null before any update', () => {
    expect(shownPlace([], nothing)).toBe(null);
  });
});

describe('places', () => {
  it('witnessPlace(group, place) and memberPlaces(group, cluster) leave out other prompts’ rollouts', () => {
    expect(witnessPlace(corrected, [1, 1])).toEqual([0, 1]);
    expect(witnessPlace(corrected, [0, 0])).toBe(null);
    expect(memberPlaces(corrected, 1)).toEqual([[0, 1]]);
    const foreign = { ...corrected, clusters: [{ tool: 't', members: [['other/3', 0] as const], support: 0.1, advantage: 1 }] };
    expect(memberPlaces(foreign, 0)).toEqual([]);
    expect(memberPlaces(corrected, null)).toEqual([]);
  });
  it('stepAt(group, place) is null where there is no step', () => {
    expect(stepAt(corrected, [0, 3])).toBe(null);
    expect(stepAt(corrected, null)).toBe(null);
  });
});

describe('stepByKey(group, place, key)', () => {
  const walk = (place: readonly [number, number], key: string) => stepByKey(untouched, place, key);
  it('goes up and down through the steps of all rollouts', () => {
    expect(walk([0, 0], 'ArrowDown')).toEqual([1, 0]);
    expect(walk([1, 0], 'ArrowDown')).toEqual([1, 1]);
    expect(walk([1, 1], 'ArrowDown')).toBe(null);
    expect(walk([1, 0], 'ArrowUp')).toEqual([0, 0]);
    expect(walk([0, 0], 'ArrowUp')).toBe(null);
  });
  it('goes to the rollout beside, to its last step if it has fewer, and knows no other keys', () => {
    expect(walk([1, 1], 'ArrowLeft')).toEqual([0, 0]);
    expect(walk([0, 0], 'ArrowRight')).toEqual([1, 0]);
    expect(walk([0, 0], 'ArrowLeft')).toBe(null);
    expect(walk([1, 1], 'Home')).toEqual([1, 0]);
    expect(walk([1, 0], 'End')).toEqual([1, 1]);
    expect(walk([1, 0], 'a')).toBe(null);
  });
  it('passes over rollouts without a step', () => {
    const gap = testGroup([
      { reward: 1, steps: [{ answer: 'a' }] },
      { reward: 0, steps: [] },
      { reward: 0, steps: [{ answer: 'b' }] },
    ]);
    expect(stepByKey(gap, [0, 0], 'ArrowDown')).toEqual([2, 0]);
    expect(stepByKey(gap, [2, 0], 'ArrowLeft')).toEqual([0, 0]);
  });
});
