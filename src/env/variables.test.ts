import { describe, expect, it } from 'vitest';
import { agrees, binder, boundVariables, numberOf, withValue } from './variables.ts';

describe('binder(letter, bound)', () => {
  it('goes on after the names of its own letter', () => {
    const { bind, variables } = binder('v', { v1: 5, r1: 6, v2: [1, 2] });
    expect([bind(7), bind([8])]).toEqual(['v3', 'v4']);
    expect(variables).toEqual({ v3: 7, v4: [8] });
    expect(binder('r', {}).bind(1)).toBe('r1');
  });
});

describe('boundVariables(turns)', () => {
  it('collects what every observation bound', () => {
    const turns = [
      { observation: { variables: { v1: 1 } } },
      { observation: null },
      { observation: { kind: 'error' } },
      { observation: { variables: { r1: 2 } } },
    ];
    expect(boundVariables(turns)).toEqual({ v1: 1, r1: 2 });
    expect(boundVariables([])).toEqual({});
  });
});

describe('withValue(text, variables)', () => {
  it.each([
    ['v1', '55.84'],
    ['v2', 'v2'],
    ['v9', 'v9'],
    ['v1 v1', 'v1 v1'],
    ['constructor', 'constructor'],
  ])('%j becomes %j', (text, expected) => {
    expect(withValue(text, { v1: 55.84, v2: [1] })).toBe(expected);
  });
});

describe('numberOf(text)', () => {
  it.each([
    ['55.84', 55.84],
    ['-1e-7', -1e-7],
    [' 3 ', 3],
    ['+33', null],
    ['', null],
    ['Paris', null],
    ['1 2', null],
    ['inf', null],
  ])('%j is %j', (text, expected) => {
    expect(numberOf(text)).toBe(expected);
  });
});

describe('agrees(value, truth)', () => {
  it.each([
    [104.9, 100, true],
    [105, 100, false],
    [-104, -100, true],
    [0.0009, 0, true],
    [0.001, 0, false],
    [0.00095, 0.001, false],
  ])('%d against %d: %s', (value, truth, expected) => {
    expect(agrees(value, truth)).toBe(expected);
  });
});
