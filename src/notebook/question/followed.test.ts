import { describe, expect, it } from 'vitest';
import { testGroup } from '../testing/testGroup.ts';
import { followedQuestions, pointAt } from './followed.ts';

const early = testGroup([
  { reward: 1, steps: [{ zoom: [0, 0, 500, 500] }, { zoom: [0, 0, 500, 500] }, { answer: 'Paris' }] },
  { reward: 0, steps: [{ zoom: [0, 0, 500, 500] }, { query: 'x' }, { answer: 'Rome' }] },
]);
const late = testGroup([
  { reward: 1, steps: [{ query: 'x' }, { answer: 'Paris' }] },
  { reward: 1, steps: [{ query: 'x' }, { answer: 'Paris' }] },
]);
const probes = [
  { update: 0, groups: [early, late] },
  { update: 10, groups: [late, late] },
  { update: 20, groups: [late] },
];

describe('followedQuestions(run)', () => {
  const { source, questions, tools } = followedQuestions({ probes, groups: [] });
  it('follows each probe over the updates', () => {
    expect(source).toBe('probes');
    expect(questions.map(({ points }) => points.map(({ update }) => update))).toEqual([
      [0, 10, 20],
      [0, 10],
    ]);
    expect(tools).toEqual(['image_zoom_in_tool', 'text_search_tool']);
  });
  it('tells success, reward, correction and calls', () => {
    // of the failing rollout's two calls the zoom has a witness, the search has none
    expect(questions[0]?.points[0]).toMatchObject({ success: 0.5, reward: 0.5, corrected: 0.5, calls: { image_zoom_in_tool: 1.5, text_search_tool: 0.5 } });
    expect(questions[0]?.points[1]).toMatchObject({ success: 1, reward: 1, corrected: null, calls: { text_search_tool: 1 } });
  });
  it('takes the told groups where there are no probes, and nothing where there is nothing', () => {
    expect(followedQuestions({ probes: [], groups: probes })).toMatchObject({
      source: 'groups',
      questions: [{ points: { length: 3 } }, { points: { length: 2 } }],
    });
    expect(followedQuestions({ probes: [], groups: [] })).toEqual({ source: 'groups', questions: [], tools: [] });
  });
});

describe('pointAt(question, update)', () => {
  const question = followedQuestions({ probes, groups: [] }).questions[0];
  it('is the newest point not after the update', () => {
    expect([null, 0, 9, 10, 99].map((update) => question && pointAt(question, update))).toEqual([2, 0, 0, 1, 2]);
  });
  it('is the first before all points, and −1 without any', () => {
    expect(pointAt({ question: '', points: question?.points.slice(1) ?? [] }, 3)).toBe(0);
    expect(pointAt({ question: '', points: [] }, 3)).toBe(-1);
    expect(pointAt({ question: '', points: [] }, null)).toBe(-1);
  });
});
