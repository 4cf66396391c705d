// Saves a figure: its numbers as CSV, its picture as SVG or PNG. Nothing leaves the page.
import { download } from '../download.ts';
import { figureSvg, type SvgFile } from './figureSvg.ts';
import type { Figure } from './figures/figure.ts';
import { csvOf } from './figures/table.ts';
import type { Geometry } from './geometry.ts';

export type FileKind = 'csv' | 'svg' | 'png';

/** `plot` holds the drawn picture. Throws with what to do where the browser makes no picture of it. */
export async function saveFigure(kind: FileKind, figure: Figure, geometry: Geometry, plot: Element | null): Promise<void> {
  const name = `${
    figure.title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}.]+/gu, '-')
      .replace(/^-|-$/g, '') || 'figure'
  }.${kind}`;
  if (kind === 'csv') return download(name, new Blob([csvOf(figure)], { type: 'text/csv;charset=utf-8' }));
  const svg = svgOf(figure, geometry, plot);
  const blob = new Blob([svg.text], { type: 'image/svg+xml' });
  download(name, kind === 'svg' ? blob : await pngOf(svg, blob));
}

function svgOf(figure: Figure, geometry: Geometry, plot: Element | null): SvgFile {
  const drawn = plot?.querySelector('svg.recharts-surface');
  if (!drawn) throw new Error('the picture is not drawn yet: scroll to it first');
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  copy.removeAttribute('style'); // it fills its frame on the page; here it has its size
  for (const part of copy.querySelectorAll('[tabindex]')) part.removeAttribute('tabindex');
  const styles = getComputedStyle(document.documentElement);
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = '12px system-ui, sans-serif';
  return figureSvg({
    figure,
    geometry,
    picture: new XMLSerializer().serializeToString(copy),
    colourOf: (variable) => styles.getPropertyValue(variable).trim(),
    widthOf: (text) => context?.measureText(text).width ?? 7 * text.length,
  });
}

/** Two dots a pixel: sharp on paper and on a projector. */
const SCALE = 2;

async function pngOf({ width, height }: SvgFile, svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: width * SCALE, height: height * SCALE });
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error('this browser made no PNG of the picture: save it as SVG');
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
