import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../notebook/attempts.ts';
import type { PlayView } from '../../train/player/playView.ts';
import { attemptTitle, chance, endSentence, holdSentence, shareSentence, spokenTurn, surprise } from './words.ts';

const question = { answer: 'Paris' } as PlayView['question'];
const end = (change: Partial<NonNullable<PlayView['end']>>): PlayView['end'] => ({
  status: 'answered',
  answer: 'Rome',
  correct: false,
  observed: false,
  ...change,
});

describe('chance(logProb) and surprise(logProb)', () => {
  it('write probabilities as people read them', () => {
    expect([0.4, 0.05, 0.001, 0.0004, 1].map((p) => chance(Math.log(p)))).toEqual(['40 %', '5.0 %', '0.1 %', '< 0.1 %', '100 %']);
    expect([0, -2, -4, -40].map(surprise).map(Math.abs)).toEqual([0, 0.5, 1, 1]);
  });
});

describe('shareSentence(continuations)', () => {
  it('gives the share with its interval', () => {
    expect(shareSentence({ right: 8, total: 16, answers: [] })).toBe('8 of 16 right: 50 %, 95 % interval 28–72 %');
    expect(shareSentence({ right: 0, total: 0, answers: [] })).toMatch(/the world failed/);
  });
});

describe('endSentence(view) and spokenTurn(view)', () => {
  it('tell how it ended, and what the last turn did', () => {
    expect(endSentence({ end: end({ correct: true }), question })).toBe('Right: the answer is Paris.');
    expect(endSentence({ end: end({}), question })).toBe('Wrong: it answered Rome, the answer is Paris.');
    expect(endSentence({ end: end({ answer: '' }), question })).toMatch(/answered nothing/);
    expect(endSentence({ end: end({ status: 'malformed', answer: null }), question })).toMatch(/ran out of turns/);
    expect(endSentence({ end: end({ status: 'dropped' }), question })).toMatch(/nobody’s fault/);
    const turn = { words: [], tokens: [], action: { kind: 'call', tool: 'image_search_tool', toolKind: 'image', arguments: {}, start: 0 } } as const;
    const observation = { kind: 'titles', region: { image: '', bbox: [0, 0, 1, 1] }, results: [{ title: 'France', score: 1 }] } as const;
    const view = { turns: [{ ...turn, observation }], end: null, question } as unknown as PlayView;
    expect(spokenTurn(view)).toBe('Turn 1: image search. It finds France.');
    expect(spokenTurn({ ...view, turns: [] })).toBe('');
  });
});

describe('attemptTitle(attempt, numberOf)', () => {
  it('says whose it is, and what it left', () => {
    const attempt = { play: 4, view: { policy: 'base', key: 3, temperature: 1 }, from: null } as unknown as Attempt;
    expect(attemptTitle(attempt, () => 1)).toBe('base, seed 3');
    expect(attemptTitle({ ...attempt, view: { ...attempt.view, temperature: 0 } }, () => 1)).toBe('base, greedy');
    const from = { play: 4, place: { turn: 1, token: 2 }, word: 'five' };
    expect(attemptTitle({ ...attempt, from }, () => 2)).toBe('from 2, turn 2: “five”');
    expect(attemptTitle({ ...attempt, from: { ...from, word: null } }, () => 2)).toBe('from 2, turn 2: your own');
  });
});

describe('holdSentence(comparison, result)', () => {
  const comparison = { policies: ['mine', 'base'], preset: 'grid', split: 'validation', tasks: 48, temperature: 1 } as const;
  it('gives both shares, who was right alone, and the difference with its interval', () => {
    const result = { questions: 48, right: [24, 12], alone: [15, 3], difference: 0.25, interval: [0.09, 0.39] } as const;
    expect(holdSentence(comparison, result)).toBe(
      'On the same 48 validation questions of grid, sampled with the same keys: mine is right on 24 (50.0 %), base on 12 (25.0 %); ' +
        '15 only mine gets right, 3 only base. Difference +25.0 points, 95 % interval +9.0 to +39.0: mine is better.',
    );
  });
  it('says where the questions do not tell, and where it is worse', () => {
    const result = { questions: 4, right: [1, 1], alone: [0, 0], difference: 0, interval: [-0.4, 0.4] } as const;
    expect(holdSentence({ ...comparison, temperature: 0 }, result)).toMatch(/greedy: .*do not tell them apart/);
    expect(holdSentence(comparison, { ...result, interval: [-0.4, -0.1] })).toMatch(/−40.0 to −10.0: mine is worse/);
  });
});
