import { describe, expect, it } from 'vitest';
import type { Continuations } from '../train/player/continuations.ts';
import type { PlayView } from '../train/player/playView.ts';
import { type Attempt, addContinuations, endOf, isUntouched, isUpTo, leastExpected, markAt, withBranch, withContinuations, withView } from './attempts.ts';

const view = (change: Partial<PlayView>): PlayView => ({ turns: [], draft: [], ...change }) as PlayView;
const lot = (right: number, total: number, ...answers: readonly [string | null, number, boolean][]): Continuations => ({
  right,
  total,
  answers: answers.map(([answer, count, correct]) => ({ answer, count, correct })),
});

describe('withView(attempts, numbered)', () => {
  it('adds an attempt, and afterwards changes its view alone', () => {
    const [first, second] = [view({}), view({ key: 2 })];
    const from = { play: 0, place: { turn: 0, token: 1 }, word: 'red' };
    const one = withView([], { play: 4, view: first }, from);
    expect(one).toEqual([{ play: 4, view: first, from, guess: null }]);
    const guessed = one.map((each): Attempt => ({ ...each, guess: true }));
    expect(withView(guessed, { play: 4, view: second })).toEqual([{ play: 4, view: second, from, guess: true }]);
  });
  it('keeps the records of turns that are whole, so that they need not be drawn again', () => {
    const turn = () => ({ words: ['a'] }) as unknown as PlayView['turns'][number];
    const old = turn();
    const [attempt] = withView(withView([], { play: 0, view: view({ turns: [old] }) }), { play: 0, view: view({ turns: [turn(), turn()] }) });
    expect(attempt?.view.turns).toHaveLength(2);
    expect(attempt?.view.turns[0]).toBe(old);
  });
});

describe('isUntouched(attempt) and endOf(view)', () => {
  it('know whether something was written, and where the next token stands', () => {
    const turn = {} as PlayView['turns'][number];
    const token = {} as PlayView['draft'][number];
    const attempt = (change: Partial<PlayView>): Attempt => ({ play: 0, view: view(change), from: null, guess: null });
    expect(isUntouched(attempt({}))).toBe(true);
    expect(isUntouched(attempt({ draft: [token] }))).toBe(false);
    expect(isUntouched(attempt({ turns: [turn] }))).toBe(false);
    expect(endOf(view({ turns: [turn, turn], draft: [token] }))).toEqual({ turn: 2, token: 1 });
  });
});

describe('leastExpected(view)', () => {
  it('finds the token with the lowest log-prob, the first of equals', () => {
    const tokens = (...logProbs: number[]) => logProbs.map((logProb) => ({ logProb }) as PlayView['draft'][number]);
    const turn = (...logProbs: number[]) => ({ tokens: tokens(...logProbs) }) as unknown as PlayView['turns'][number];
    expect(leastExpected(view({ turns: [turn(-0.1, -3), turn(-1)], draft: tokens(-3) }))).toEqual({ turn: 0, token: 1 });
    expect(leastExpected(view({ turns: [turn(-0.1)], draft: tokens(-0.2, -0.3) }))).toEqual({ turn: 1, token: 1 });
    expect(leastExpected(view({}))).toBeNull();
  });
});

describe('isUpTo(a, b)', () => {
  it('orders places by turn, then by token', () => {
    expect(isUpTo({ turn: 0, token: 9 }, { turn: 1, token: 0 })).toBe(true);
    expect(isUpTo({ turn: 1, token: 2 }, { turn: 1, token: 2 })).toBe(true);
    expect(isUpTo({ turn: 1, token: 3 }, { turn: 1, token: 2 })).toBe(false);
  });
});

describe('marks of re-rolling', () => {
  it('add up at a place', () => {
    let marks = withContinuations([], 1, { turn: 0, token: 0 }, lot(1, 2, ['Paris', 1, true], [null, 1, false]));
    marks = withContinuations(marks, 1, { turn: 2, token: 0 }, lot(0, 2));
    marks = withContinuations(marks, 1, { turn: 0, token: 0 }, lot(2, 3, ['Rome', 1, false], ['Paris', 2, true]));
    expect(markAt(marks, 1, { turn: 0, token: 0 })).toEqual(lot(3, 5, ['Paris', 3, true], [null, 1, false], ['Rome', 1, false]));
    expect(markAt(marks, 1, { turn: 2, token: 0 })).toEqual(lot(0, 2));
    expect(markAt(marks, 2, { turn: 0, token: 0 })).toBeNull();
    expect(marks).toHaveLength(2);
  });
  it('up to the branching point hold for the branch too, and go apart from there', () => {
    const places = [0, 1, 2].map((turn) => ({ turn, token: 0 }));
    const marks = places.reduce((all, place) => withContinuations(all, 1, place, lot(1, 1)), [] as ReturnType<typeof withContinuations>);
    let both = withBranch(marks, 5, { play: 1, place: { turn: 1, token: 3 }, word: 'red' });
    expect(places.map((place) => markAt(both, 5, place)?.total ?? null)).toEqual([1, 1, null]);
    both = withContinuations(both, 5, places[0] as (typeof places)[0], lot(0, 4));
    expect(markAt(both, 5, { turn: 0, token: 0 })?.total).toBe(5);
    expect(markAt(both, 1, { turn: 0, token: 0 })?.total).toBe(1);
  });
});

describe('addContinuations(a, b)', () => {
  it('changes neither', () => {
    const a = lot(1, 1, ['Paris', 1, true]);
    addContinuations(a, a);
    expect(a).toEqual(lot(1, 1, ['Paris', 1, true]));
  });
});
