// A turn's tokens. The less a token was to be expected, the stronger its tint and the shorter the line below it.
import { memo } from 'react';
import type { TokenPlace } from '../../train/player/play.ts';
import type { TokenView } from '../../train/player/playView.ts';
import { useTryIt, useTryItActions } from './useTryIt.ts';
import { chance, surprise } from './words.ts';

interface TokenChipsProps {
  readonly turn: number;
  readonly tokens: readonly TokenView[];
  readonly onHover: (place: TokenPlace | null) => void;
}

export const TokenChips = memo(function TokenChips({ turn, tokens, onHover }: TokenChipsProps) {
  const { pick } = useTryItActions();
  const picked = useTryIt((state) => (state.picked?.turn === turn ? state.picked.token : null));
  return (
    <div className="tryit-tokens" role="listbox" aria-label={`Tokens of turn ${turn + 1}`} aria-orientation="horizontal">
      {tokens.map(({ word, logProb, by }, token) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: focus picks it too, and keys belong to the view
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the turn
          key={token}
          className={`tryit-token ${word.startsWith('<') ? 'tag' : ''} ${by}`}
          role="option"
          aria-selected={picked === token}
          aria-label={`${word}, ${chance(logProb)}${by === 'person' ? ', written by you' : ''}`}
          tabIndex={picked === token || (picked === null && token === 0) ? 0 : -1}
          style={{ '--surprise': surprise(logProb), '--chance': Math.exp(logProb) } as React.CSSProperties}
          onFocus={() => pick({ turn, token })}
          onClick={() => pick({ turn, token })}
          onPointerEnter={() => onHover({ turn, token })}
        >
          {by === 'person' && <span aria-hidden="true">✎ </span>}
          {word}
        </span>
      ))}
    </div>
  );
});
