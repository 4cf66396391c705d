// What the policy might have written in a place: its five best tokens as bars. Another one can be put there.
import { type Attempt, endOf, leastExpected } from '../../notebook/attempts.ts';
import type { TokenPlace } from '../../train/player/play.ts';
import { useBusy, useTryIt, useTryItActions } from './useTryIt.ts';
import { focusTranscript } from './useTryItKeys.ts';
import { chance } from './words.ts';

interface AlternativesProps {
  readonly attempt: Attempt;
  /** The token under the cursor; null: none. */
  readonly hovered: TokenPlace | null;
}

export function Alternatives({ attempt: { view }, hovered }: AlternativesProps) {
  const { choose, pick } = useTryItActions();
  const picked = useTryIt((state) => state.picked);
  const busy = useBusy();
  const place = hovered ?? picked ?? ((view.end && leastExpected(view)) || endOf(view));
  const least = view.end !== null && !hovered && !picked;
  const token = (view.turns[place.turn]?.tokens ?? view.draft)[place.token] ?? null;
  const outlook = token ?? view.upcoming;
  if (!outlook) return null;
  const rows = outlook.alternatives;
  const beyond = token && !rows.some(({ word }) => word === token.word) ? [token] : [];
  return (
    <section className="tryit-alternatives" aria-label={`Best alternatives: ${token ? `turn ${place.turn + 1}, token ${place.token + 1}` : 'the next token'}`}>
      <p className="tryit-alternatives-head">
        <b>{token ? `${least ? 'Least expected: turn' : 'Turn'} ${place.turn + 1}, token ${place.token + 1}` : 'Next token'}</b>
        <span className="hint">
          entropy {outlook.entropy.toFixed(2)} nats
          {token?.by === 'person' && ', written by you'}
        </span>
        {picked && !hovered && (
          <button type="button" className="quiet" onClick={() => pick(null)}>
            {view.end ? 'back to the least expected' : 'back to the next token'}
          </button>
        )}
      </p>
      <ol>
        {[...rows, ...beyond].map(({ word, logProb }) => {
          const written = word === token?.word;
          return (
            <li key={word}>
              <button
                type="button"
                aria-current={written ? 'true' : undefined}
                disabled={busy}
                onClick={({ currentTarget }) => {
                  if (written) return;
                  focusTranscript(currentTarget); // the button may be gone afterwards, and the focus with it
                  void choose(place, word);
                }}
              >
                <span className="tryit-word">{word}</span>
                <span className="tryit-bar" aria-hidden="true">
                  <span style={{ inlineSize: `${100 * Math.exp(logProb)}%` }} />
                </span>
                <span className="tryit-chance">{chance(logProb)}</span>
                <span className="tryit-mark" aria-hidden="true">
                  {written ? '●' : ''}
                </span>
                <span className="unseen">{written ? 'written here' : token ? 'put it here and go on' : 'write it next'}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
