import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { answerScore, REWARDS } from './rewards.ts';

const outcome = (change: Partial<Outcome>): Outcome => ({
  answer: 'Paris',
  truth: 'Paris',
  correct: true,
  wellFormed: true,
  modelErrors: 0,
  searched: false,
  observed: false,
  dropped: false,
  ...change,
});
const wrong: Partial<Outcome> = { answer: 'Rome', correct: false };

describe('reward presets', () => {
  it.each([
    ['exact', {}, 1],
    ['exact', wrong, 0],
    ['exact-observed', {}, 0],
    ['exact-observed', { observed: true }, 1],
    ['mmsearch-r1', {}, 0.9 + 0.1],
    ['mmsearch-r1', { searched: true }, 0.81 + 0.1],
    ['mmsearch-r1', { ...wrong, searched: true, wellFormed: false }, 0],
    ['deepeyes-v2', {}, 1],
    ['deepeyes-v2', { searched: true }, 0.72 + 0.2],
    ['deepeyes-v2', { ...wrong, searched: true }, 0.2],
    ['sensenova-mars', { searched: true }, 1.5],
    ['sensenova-mars', { ...wrong, modelErrors: 1 }, 0],
    ['sensenova-mars', wrong, 0.5],
    ['tool-augmented', {}, 1],
    ['tool-augmented', { wellFormed: false }, -1],
    ['tool-augmented', { answer: null, correct: false }, -1],
  ] as const)('%s of %j is %d', (preset, change, expected) => {
    expect(REWARDS[preset](outcome(change))).toBeCloseTo(expected, 12);
  });
});

describe('answerScore(answer, truth)', () => {
  it.each([
    ['Paris', 'Paris', 1],
    ['in Paris', 'Paris', 1],
    ['', 'Paris', 0],
    ['Paris Rome London', 'Paris', 0],
    ['Pariss', 'Paris', 1 - 1 / 6],
    ['Rome', 'Paris', 0],
    ['104', '100', 1],
    ['106', '100', 0],
    ['0.0005', '0', 1],
    ['0.01', '0', 0],
    ['0.0005', '0.0001', 0],
    ['1.5e-7', '0.00000015', 1],
    ['+34', '+33', 0],
  ])('%j against %j is %d', (given, truth, expected) => {
    expect(answerScore(given, truth)).toBeCloseTo(expected, 12);
  });
});
