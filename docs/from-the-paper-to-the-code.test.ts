// Runs the page: its code blocks in order, its hand calculations, and a look at every other number on it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as tapo from '../src/tapo/index.ts';

const page = readFileSync(new URL('./from-the-paper-to-the-code.md', import.meta.url), 'utf8');
const blocks = (language: string): string => [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, body]) => body).join('\n');
const code = blocks('js');
const byHand = blocks('text').replaceAll('−', '-');

interface Result {
  readonly line: string;
  readonly value: unknown;
  readonly expected: string;
}

/** `name = …; // → value` and `expression; // → value`: the value, as code that hands it to `check`. */
function instrumented(line: string, index: number): string {
  const [statement = '', expected] = line.split(' // → ');
  if (expected === undefined) return line;
  const name = /^const (\w+) =/.exec(statement)?.[1];
  return name ? `${statement} check(${index}, ${name});` : `check(${index}, (${statement.replace(/;$/, '')}));`;
}

function run(): Result[] {
  const lines = code.replaceAll(/^import (.*) from 'tapo-notebook\/tapo';$/gm, 'const $1 = library;').split('\n');
  const results: Result[] = [];
  const check = (index: number, value: unknown): void => {
    const [line = '', expected = ''] = (lines[index] as string).split(' // → ');
    results.push({ line, value, expected });
  };
  new Function('library', 'check', `'use strict';\n${lines.map(instrumented).join('\n')}`)(tapo, check);
  return results;
}

/** The value as text, each number with as many decimals as the one that stands in its place in `like`. */
function shown(value: unknown, like: string): string {
  const decimals = [...like.replaceAll(/'[^']*'/g, '').matchAll(/\d+(?:\.(\d+))?/g)].map(([, fraction = '']) => fraction.length);
  const show = (x: unknown): string => {
    if (typeof x === 'number') return x.toFixed(decimals.shift() ?? 0).replace(/^-(0(?:\.0*)?)$/, '$1');
    if (typeof x === 'string') return `'${x}'`;
    if (x instanceof Float64Array || Array.isArray(x)) return `[${Array.from(x, show).join(', ')}]`;
    if (typeof x === 'object' && x !== null)
      return `{ ${Object.entries(x)
        .map(([key, item]) => `'${key}': ${show(item)}`)
        .join(', ')} }`;
    return String(x);
  };
  return show(value);
}

const results = run();

describe('the code on the page', () => {
  it('imports only what there is', () => {
    const names = [...code.matchAll(/^import \{ (.*) \} from/gm)].flatMap(([, list = '']) => list.split(', '));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(tapo).toHaveProperty(name);
  });

  it('reaches every line that promises a value', () => {
    expect(results.length).toBe(code.split(' // → ').length - 1);
    expect(results.length).toBeGreaterThan(40);
  });

  it.each(results.map((result) => [result.line, result] as const))('%s', (_, { value, expected }) => {
    expect(shown(value, expected)).toBe(expected);
  });
});

/** A side of an equation as a number, or null if it holds words or symbols. */
function evaluated(side: string): number | null {
  const arithmetic = side
    .replaceAll('·', '*')
    .replaceAll('√', 'Math.sqrt')
    .replaceAll(/ {2}.*$/g, '');
  return /^(?:[\d.\s()+*/-]|Math\.sqrt)+$/.test(arithmetic) && /\d/.test(arithmetic) ? (new Function(`return ${arithmetic}`)() as number) : null;
}

describe('the calculations by hand', () => {
  const equations = byHand.split('\n').filter((line) => line.includes(' = '));
  const given = new Set(
    results.flatMap(({ expected }) => [...expected.replaceAll(/'[^']*'/g, '').matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number))),
  );

  it.each(equations)('%s', (equation) => {
    const sides = equation.split(' = ').map((side) => side.replace(/,.*$/, '').trim());
    const numbers = sides.flatMap((side) => evaluated(side) ?? []);
    expect(numbers.length).toBeGreaterThan(1);
    const last = sides.at(-1) as string;
    const decimals = (last.split('.')[1] ?? '').length;
    const tolerance = decimals < 4 ? 1e-9 : 1.5 * 10 ** -decimals; // four decimals and more are rounded
    for (const number of numbers) expect(Math.abs(number - Number(last)), `${number} and ${last}`).toBeLessThanOrEqual(tolerance);
    expect(given, `a result of the code that is ${last}`).toContain(Number(last));
  });
});

describe('the words around them', () => {
  it('hold no number that stands in no block', () => {
    const numbersOf = (text: string): string[] => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => number);
    const known = new Set(numbersOf(`${code} ${byHand}`).map(Number));
    const prose = page
      .replaceAll(/^```.*?^```$/gms, '')
      .replaceAll(/\]\([^)]*\)/g, ']')
      .replaceAll(/arXiv:[\d.]+/g, '');
    expect(numbersOf(prose).length).toBeGreaterThan(20);
    for (const number of numbersOf(prose)) expect(known, number).toContain(Number(number));
  });
});
