import { describe, expect, it } from 'vitest';
import { testGroup } from '../testing/testGroup.ts';
import { arrangeRollouts, NO_FILTER, reasonsOf, type SORTS, toolsOf } from './arrange.ts';
import { tokenByKey } from './walk.ts';
import { zoomOf } from './zooms.ts';

const group = testGroup([
  { reward: 0, steps: [{ query: 'flag of Spain' }, { answer: 'Rome' }] },
  { reward: 1, steps: [{ zoom: [0, 0, 500, 500] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [0, 0, 500, 500] }, { failed: [0, 0, 0, 0] }, { answer: 'Oslo' }] },
]);
const shown = (...[filter, sort]: [object, (typeof SORTS)[number]?]) =>
  arrangeRollouts(group, { ...NO_FILTER, ...filter }, sort ?? 'order').map(({ index }) => index);

describe('arrangeRollouts(group, filter, sort)', () => {
  it('shows all in order without a filter', () => {
    expect(arrangeRollouts(group, NO_FILTER, 'order')).toEqual([0, 1, 2].map((index) => ({ index, matches: null })));
  });
  it('filters by outcome, reason, tool and words', () => {
    expect(shown({ outcome: 'failure' })).toEqual([0, 2]);
    expect(arrangeRollouts(group, { ...NO_FILTER, reason: 'transferred' }, 'order')).toEqual([{ index: 2, matches: new Set([0]) }]);
    expect(shown({ tool: 'image_zoom_in_tool' })).toEqual([1, 2]);
    expect(shown({ text: ' TEXT_search ' })).toEqual([0]);
    expect(shown({ text: 'empty' })).toEqual([2]); // what the tool answered
    expect(shown({ tool: 'image_zoom_in_tool', outcome: 'failure', reason: 'failed-call' })).toEqual([2]);
    expect(shown({ text: 'nowhere' })).toEqual([]);
  });
  it('sorts by reward, advantage and what was given back, equal ones in order', () => {
    expect(shown({}, 'reward')).toEqual([1, 0, 2]);
    expect(shown({}, 'advantage')).toEqual([1, 0, 2]);
    expect(shown({}, 'corrected')).toEqual([2, 0, 1]);
  });
  it('knows what can be asked for', () => {
    expect(toolsOf(group)).toEqual(['text_search_tool', 'image_zoom_in_tool']);
    expect(reasonsOf(group)).toEqual(['no-witness', 'no-call', 'success', 'transferred', 'failed-call']);
  });
});

describe('tokenByKey(group, order, token, key)', () => {
  const go = (place: readonly [number, number], token: number, key: string, order: readonly number[] = [0, 1, 2]) => {
    const next = tokenByKey(group, order, { place, token }, key);
    return next && [...next.place, next.token];
  };
  it('walks over tokens and turns, in the order shown', () => {
    expect(go([0, 0], 4, 'ArrowRight')).toEqual([0, 0, 5]);
    expect(go([0, 0], 5, 'ArrowRight')).toEqual([0, 1, 0]);
    expect(go([0, 1], 0, 'ArrowLeft')).toEqual([0, 0, 5]);
    expect(go([0, 0], 5, 'ArrowDown')).toEqual([0, 1, 2]);
    expect(go([0, 1], 1, 'ArrowDown', [0, 2])).toEqual([2, 0, 1]);
    expect(go([2, 0], 0, 'ArrowUp', [2, 0])).toBe(null);
  });
  it('walks over rollouts by the page keys, and to the ends of a turn', () => {
    expect(go([0, 1], 2, 'PageDown')).toEqual([1, 0, 0]);
    expect(go([2, 1], 2, 'PageUp')).toEqual([1, 0, 0]);
    expect(go([0, 1], 2, 'PageUp')).toBe(null);
    expect(go([2, 2], 0, 'PageDown')).toBe(null);
    expect(go([1, 0], 3, 'Home')).toEqual([1, 0, 0]);
    expect(go([1, 0], 3, 'End')).toEqual([1, 0, 5]);
  });
  it('gives nothing for other keys, and for a token that is not shown', () => {
    expect(go([0, 0], 0, 'x')).toBe(null);
    expect(go([1, 0], 0, 'ArrowRight', [0, 2])).toBe(null);
  });
});

describe('zoomOf(rollout, step)', () => {
  const crop = (index: number, bbox: readonly [number, number, number, number], asked: readonly number[], from: number) => ({
    ...(group.rollouts[1]?.steps[0] as NonNullable<(typeof group.rollouts)[number]['steps'][number]>),
    action: { kind: 'call', tool: 'image_zoom_in_tool', toolKind: 'region', arguments: { bbox_2d: asked, img_idx: from }, start: 0 } as const,
    observation: { kind: 'image', index, region: { image: 'task', bbox } } as const,
  });
  it('tells the parent image, the box in it, and the crop in the scene', () => {
    const steps = [crop(1, [0, 0, 500, 500], [0, 0, 500, 500], 0), crop(2, [250, 0, 500, 250], [500, 0, 1000, 500], 1)];
    const rollout = { ...(group.rollouts[1] as NonNullable<(typeof group.rollouts)[number]>), steps };
    expect(zoomOf(rollout, 0)).toEqual({ parent: [0, 0, 1000, 1000], parentIndex: 0, asked: [0, 0, 500, 500], crop: [0, 0, 500, 500] });
    expect(zoomOf(rollout, 1)).toEqual({ parent: [0, 0, 500, 500], parentIndex: 1, asked: [500, 0, 1000, 500], crop: [250, 0, 500, 250] });
  });
  it('is null for anything else', () => {
    const failing = group.rollouts[2] as NonNullable<(typeof group.rollouts)[number]>;
    expect([zoomOf(failing, 1), zoomOf(failing, 2), zoomOf(failing, 9)]).toEqual([null, null, null]);
  });
});
