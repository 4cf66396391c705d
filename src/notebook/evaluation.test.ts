import { describe, expect, it } from 'vitest';
import { focusAmong } from './evaluation.ts';

const run = (key: string) => ({ key, spec: {} });

describe('focusAmong(cells, focus)', () => {
  it('takes the first run of the notebook while none has the focus', () => {
    expect(
      focusAmong(
        [
          { before: [], after: [] },
          { before: [], after: [run('a'), run('b')] },
        ],
        null,
      ),
    ).toEqual(run('a'));
    expect(focusAmong([], null)).toBeNull();
  });
  it('follows the cell whose run was edited, and nothing else', () => {
    const cells = [
      { before: [run('a')], after: [run('a2')] },
      { before: [run('b')], after: [run('b')] },
    ];
    expect(focusAmong(cells, run('a'))).toEqual(run('a2'));
    expect(focusAmong(cells, run('b'))).toEqual(run('b'));
    expect(focusAmong([{ before: [run('a')], after: [] }], run('a'))).toEqual(run('a'));
  });
});
