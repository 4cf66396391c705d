import { describe, expect, it } from 'vitest';
import { BINDINGS, keyReader } from './keyBindings.ts';

describe('keyReader(now)', () => {
  it('gives the binding of a key, and of one pressed twice in a short time', () => {
    let time = 0;
    const read = keyReader(() => time);
    expect(read('z')?.meaning).toBe('undo');
    expect(read('d')).toBeUndefined();
    time += 100;
    expect(read('d')?.meaning).toBe('delete the cell');
    expect(read('d')).toBeUndefined();
    time += 2000;
    expect(read('d')).toBeUndefined();
    expect(read('q')).toBeUndefined();
  });
});

it('no key does two things', () => {
  const keys = BINDINGS.flatMap((binding) => binding.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
