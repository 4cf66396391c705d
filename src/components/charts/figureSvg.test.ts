import { expect, test } from 'vitest';
import { figureSvg } from './figureSvg.ts';
import { FIGURES } from './figures/figures.ts';
import { inputOf, shownRun } from './figures/testing.ts';
import { geometryOf } from './geometry.ts';

const draw = (picture: string, width = 400) => {
  const figure = { ...FIGURES.accuracy(inputOf([shownRun({}, [{ accuracy: 0.5 }])])), title: 'Right & <wrong>' };
  const geometry = geometryOf(figure, { width, height: 200, large: false });
  return figureSvg({ figure, geometry, picture, colourOf: (name) => (name === '--series-1' ? '#123456' : '#777777'), widthOf: (text) => 7 * text.length });
};

test('figureSvg(parts) writes colours out, names the figure and its lines, and escapes words', () => {
  const { text } = draw('<svg><path stroke="var(--series-1)"/></svg>');
  expect(text).toContain('<path stroke="#123456"/>');
  expect(text).not.toContain('var(');
  expect(text).toContain('<title>Right &amp; &lt;wrong&gt;</title>');
  for (const label of ['training rollouts', 'validation, sampled', 'validation, greedy']) expect(text).toContain(`>${label}</text>`);
});

test('figureSvg(parts) is as large as picture, title and legend need', () => {
  const wide = draw('', 900);
  const narrow = draw('', 300);
  expect(wide.width).toBe(932);
  expect(narrow.height).toBeGreaterThan(wide.height); // the keys take more rows
  expect(wide.text).toContain(`viewBox="0 0 ${wide.width} ${wide.height}"`);
});
