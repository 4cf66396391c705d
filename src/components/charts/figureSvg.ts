// A figure as a file of its own: the drawn picture with title and legend around it, colours written out.
import type { Figure, LegendEntry } from './figures/figure.ts';
import { dashOf, type Geometry } from './geometry.ts';

export interface SvgParts {
  readonly figure: Figure;
  readonly geometry: Geometry;
  /** The picture as drawn: an <svg> element as text. */
  readonly picture: string;
  /** Value of a colour variable, "--ink" → "#1b2430". */
  readonly colourOf: (variable: string) => string;
  /** Width of a text at 12 px. */
  readonly widthOf: (text: string) => number;
}

export interface SvgFile {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const PAD = 16;
const HEAD = 44;
const ROW = 20;
const GLYPH = 30;

export function figureSvg({ figure, geometry, picture, colourOf, widthOf }: SvgParts): SvgFile {
  const width = geometry.width + 2 * PAD;
  const rows = legendRows(figure, geometry.width, widthOf);
  const height = HEAD + geometry.height + 12 + rows.length * ROW + PAD;
  const below = HEAD + geometry.height + 20;
  const legend = rows.flatMap((row, r) =>
    row.map(({ entry, left }) => `<g transform="translate(${PAD + left} ${below + r * ROW})">${keyOf(figure, entry)}</g>`),
  );
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" role="img">
<title>${escaped(figure.title)}</title>
<desc>${escaped(figure.summary)}</desc>
<rect width="${width}" height="${height}" fill="var(--card)"/>
<text x="${PAD}" y="28" font-size="16" font-weight="600" fill="var(--ink)">${escaped(figure.title)}</text>
<g transform="translate(${PAD} ${HEAD})">${picture}</g>
${legend.join('\n')}
</svg>
`;
  return { text: text.replace(/var\((--[\w-]+)\)/g, (_, variable: string) => colourOf(variable)), width, height };
}

interface Placed {
  readonly entry: LegendEntry & { readonly n?: number };
  readonly left: number;
}

/** Keys that are switched on, side by side, in as many rows as they need. */
function legendRows({ legend: { groups, series } }: Figure, width: number, widthOf: (text: string) => number): Placed[][] {
  const rows: Placed[][] = [];
  let right = Number.POSITIVE_INFINITY;
  for (const entry of [...groups, ...series].filter(({ shown }) => shown)) {
    const needed = GLYPH + widthOf(wordsOf(entry)) + 18;
    if (right + needed > width) {
      rows.push([]);
      right = 0;
    }
    rows[rows.length - 1]?.push({ entry, left: right });
    right += needed;
  }
  return rows;
}

const wordsOf = ({ label, n }: Placed['entry']): string => (n === undefined ? label : `${label} (N = ${n})`);

function keyOf({ kind, legend: { groups } }: Figure, entry: Placed['entry']): string {
  const paint = entry.colour === null ? 'var(--ink-soft)' : `var(--series-${entry.colour})`;
  const group = entry.n !== undefined;
  const box = group || kind.endsWith('bars');
  const hollow = !group && kind === 'overlaid bars' && entry.dash > 0;
  if (group && groups.length === 1) return `<text x="0" y="0" font-size="12" fill="var(--ink)">${escaped(wordsOf(entry))}</text>`;
  const glyph = box
    ? `<rect x="2" y="-9" width="18" height="10" ${hollow ? `fill="none" stroke="${paint}" stroke-width="1.5"` : `fill="${paint}" fill-opacity="0.75"`}/>`
    : `<line x1="0" y1="-4" x2="22" y2="-4" stroke="${paint}" stroke-width="2.5" stroke-dasharray="${dashOf(entry)}"/>`;
  return `${glyph}<text x="${GLYPH - 2}" y="0" font-size="12" fill="var(--ink)">${escaped(wordsOf(entry))}</text>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
