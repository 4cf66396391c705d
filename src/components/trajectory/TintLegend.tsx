// What the tints mean, in numbers.
import { boundsOf, LEVELS, QUANTITY_WORDS, type TintScale } from '../../notebook/rollouts/quantities.ts';
import { quantityText } from './quantityText.ts';

export function TintLegend({ scale }: { readonly scale: TintScale }) {
  const { label, unit, scale: kind } = QUANTITY_WORDS[scale.quantity];
  const sides = Array.from({ length: LEVELS }, (_, i) => i + 1);
  const levels = kind === 'diverging' ? [...sides.map((level) => -level).reverse(), 0, ...sides] : [0, ...sides];
  return (
    <div className="tint-legend">
      <p>
        Tint: <b>{label}</b>
        {unit && `, ${unit}`}
      </p>
      <ul className={kind} aria-label={`Legend of ${label}`}>
        {levels.map((level) => (
          <li key={level}>
            <span className={`token tint${level < 0 ? 'm' : 'p'}${Math.abs(level)}`} aria-hidden="true">
              {kind === 'diverging' ? (level < 0 ? '−' : level > 0 ? '+' : scale.quantity === 'ratio' ? '=' : '0') : '\u00a0'}
            </span>
            <small>{level === 0 ? (scale.quantity === 'ratio' ? '1' : '0') : endOf(level, scale)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The end of a tint that is farther from the middle. */
function endOf(level: number, scale: TintScale): string {
  const [low, high] = boundsOf(level, scale);
  return quantityText(scale.quantity === 'logProb' || level < 0 ? low : high, scale.quantity);
}
