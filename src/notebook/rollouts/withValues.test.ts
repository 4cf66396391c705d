import { describe, expect, it } from 'vitest';
import { outputText, withValues } from './withValues.ts';

describe('withValues(text, variables)', () => {
  it('puts values beside the variables that are bound', () => {
    expect(withValues('The mass of Iron is v1.', { v1: 55.84 })).toBe('The mass of Iron is v1 = 55.84.');
    expect(withValues('v1 v10 v2', { v1: 1, v10: [1, 2, 3] })).toBe('v1 = 1 v10 = [3 numbers] v2');
    expect(withValues('Paris')).toBe('Paris');
  });
});

describe('outputText(output)', () => {
  it.each([
    [{ text: 'r1', printed: '0.75', variables: { r1: 0.75 } }, 'r1 = 0.75'],
    [{ text: '1 2', printed: '1 2', variables: {} }, '1 2'],
    [{ text: '', printed: '', variables: {} }, '(nothing printed)'],
  ])('%j is %j', (output, expected) => {
    expect(outputText(output)).toBe(expected);
  });
});
