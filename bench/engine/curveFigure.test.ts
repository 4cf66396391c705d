import { describe, expect, it } from 'vitest';
import { curveFigure } from './curveFigure.ts';

describe('curveFigure(curves, axes)', () => {
  const svg = curveFigure(
    [
      { name: 'a', values: [0, 1, 0.5] },
      { name: 'b', values: [1, 1, 1] },
    ],
    { x: 'update', y: 'reward' },
  );
  it('puts 0 at the bottom, 1 at the top, the first value left and the last right', () => {
    expect(svg).toContain('points="48.0,224.0 338.0,28.0 628.0,126.0"');
    expect(svg).toContain('points="48.0,28.0 338.0,28.0 628.0,28.0"');
  });
  it('names curves and axes', () => {
    for (const name of ['a', 'b', 'update', 'reward']) expect(svg).toContain(`>${name}</text>`);
  });
});
