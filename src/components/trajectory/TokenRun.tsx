// The tokens of one step, tinted. Focus and keys are the view's; the sign stands before each run of one sign, so that colour is not alone.
import { Fragment, memo } from 'react';

interface TokenRunProps {
  readonly words: readonly string[];
  /** −4 to 4 a token, by its quantity's scale; text, so that an unchanged run is not drawn again. */
  readonly tints: string;
  /** "2/0": its place. */
  readonly anchor: string;
  readonly label: string;
  /** The quantity has no sign: tints go from nothing to much. */
  readonly sequential: boolean;
  /** Where its call or answer begins, after the thought; 0 where there is none. */
  readonly start: number;
  /** Looked for, in lower case; empty: nothing. */
  readonly sought: string;
  /** The token that is shown, and the one that Tab leads to; −1: neither is here. */
  readonly active: number;
  readonly tabStop: number;
  /** The value of the token that is shown, beside it. */
  readonly value: string;
}

export const TokenRun = memo(function TokenRun({ words, tints, anchor, label, sequential, start, sought, active, tabStop, value }: TokenRunProps) {
  const levels = tints.split(' ').map(Number);
  return (
    <div role="listbox" className={sequential ? 'tokens sequential' : 'tokens'} aria-label={label} aria-orientation="horizontal" tabIndex={-1}>
      {words.map((word, t) => {
        const level = levels[t] ?? 0;
        const begins = level !== 0 && Math.sign(level) !== Math.sign(levels[t - 1] ?? 0);
        const found = sought !== '' && word.toLowerCase().includes(sought);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
          <Fragment key={t}>
            {t > 0 && t === start && <br />}
            <span
              role="option"
              aria-selected={t === active}
              tabIndex={t === tabStop ? 0 : -1}
              className={`token tint${level < 0 ? 'm' : 'p'}${Math.abs(level)}${begins ? ' begins' : ''}${word.startsWith('<') ? ' tag-token' : ''}${found ? ' found' : ''}`}
              data-token={`${anchor}/${t}`}
              data-value={t === active ? value : undefined}
            >
              {word}
            </span>
          </Fragment>
        );
      })}
    </div>
  );
});
