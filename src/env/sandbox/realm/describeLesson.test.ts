import { describe, expect, it } from 'vitest';
import { describePrediction, describeTour, meansPrediction, meansTour } from './describeLesson.ts';

describe('describePrediction(value)', () => {
  it('gives the question, the choices, the answer and why', () => {
    const given = { predict: 'How many?', choices: ['few', 'many'], answer: 'many', because: 'counted' };
    expect(meansPrediction(given)).toBe(true);
    expect(describePrediction(given)).toEqual({ question: 'How many?', choices: ['few', 'many'], answer: 'many', because: 'counted' });
  });
  it('refuses an answer that is no choice, and fewer than two choices', () => {
    expect(() => describePrediction({ predict: '?', choices: ['a', 'b'], answer: 'c' })).toThrow(/one of the choices \(a, b\)/);
    expect(() => describePrediction({ predict: '?', choices: ['a'], answer: 'a' })).toThrow(/two or more/);
  });
});

describe('describeTour(value)', () => {
  it('gives the stops with what each looks at', () => {
    const given = {
      tour: 'Round',
      stops: [
        { say: 'here', cell: 3 },
        { say: 'there', update: 4, group: 1, step: [0, 2] },
      ],
    };
    expect(meansTour(given)).toBe(true);
    expect(describeTour(given)).toEqual({ title: 'Round', stops: given.stops });
  });
  it('refuses what is no stop, by its number', () => {
    expect(() => describeTour({ tour: 'x', stops: [{ say: 'a' }, { say: 'b', where: 2 }] })).toThrow(/stop 2: no such setting "where"/);
    expect(() => describeTour({ tour: 'x', stops: [{ say: 'a', step: [1] }] })).toThrow(/\[rollout, step\]/);
    expect(() => describeTour({ tour: 'x', stops: [] })).toThrow(/one or more stops/);
  });
});
