// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of text cells are what is tested

import { describe, expect, it } from 'vitest';
import { codeOfText, fillText, splitText } from './textCell.ts';

describe('splitText(source)', () => {
  it('finds expressions, with braces and quotes inside', () => {
    expect(splitText('a ${x} b ${f({y: "}"})}')).toEqual({ texts: ['a ', ' b ', ''], expressions: ['x', 'f({y: "}"})'] });
    expect(splitText('none: $5 and {x}')).toEqual({ texts: ['none: $5 and {x}'], expressions: [] });
  });
  it('leaves an escaped or unfinished one as text', () => {
    expect(splitText('\\${x} ${y')).toEqual({ texts: ['${x} ${y'], expressions: [] });
  });
});

describe('codeOfText(source)', () => {
  it('is a cell of code that makes the texts, or null', () => {
    expect(codeOfText('${a + 1} of ${b}')).toBe('JSON.stringify([String(a + 1), String(b)])');
    expect(codeOfText('plain')).toBeNull();
  });
});

describe('fillText(source, values)', () => {
  it('puts values in, and dots where there are none yet', () => {
    expect(fillText('${a} of ${b}.', ['3', '4'])).toBe('3 of 4.');
    expect(fillText('${a} of ${b}.', null)).toBe('… of ….');
  });
});
