// Everything written so far, turn by turn: think, call, what came back. Arrow keys go from token to token.
import { type KeyboardEvent, memo, useRef } from 'react';
import { type Attempt, markAt } from '../../notebook/attempts.ts';
import type { TokenPlace } from '../../train/player/play.ts';
import { shortCall } from '../trajectory/words.ts';
import { Observed } from './Observed.tsx';
import { TokenChips } from './TokenChips.tsx';
import { useBusy, useTryIt, useTryItActions } from './useTryIt.ts';
import { shareSentence } from './words.ts';

interface TranscriptProps {
  readonly attempt: Attempt;
  readonly bitmap: ImageBitmap | null;
  readonly onHover: (place: TokenPlace | null) => void;
}

export function Transcript({ attempt: { play, view }, bitmap, onHover }: TranscriptProps) {
  const frame = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || !frame.current) return;
    const chips = [...frame.current.querySelectorAll<HTMLElement>('.tryit-token')];
    const at = chips.indexOf(document.activeElement as HTMLElement);
    (at < 0 ? chips.at(by < 0 ? -1 : 0) : chips[at + by])?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const { turns, draft, end } = view;
  const written = [
    ...turns.map((turn) => ({ tokens: turn.tokens, title: shortCall(turn), observation: turn.observation })),
    ...(draft.length > 0 ? [{ tokens: draft, title: '…', observation: null }] : []),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the view count here, also before the first token is written
    <section className="tryit-transcript" ref={frame} aria-label="Transcript" tabIndex={0} onKeyDown={onKeyDown} onPointerLeave={() => onHover(null)}>
      {written.length === 0 && <p className="hint">Nothing is written yet. The bars above show how the policy may begin.</p>}
      {written.map(({ tokens, title, observation }, turn) => (
        <article
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is its place in the play
          key={turn}
          className="tryit-turn"
          aria-label={`Turn ${turn + 1}${turn === turns.length ? ', being written' : ''}`}
        >
          <TurnHead play={play} turn={turn} title={title} />
          <TokenChips turn={turn} tokens={tokens} onHover={onHover} />
          {observation && <Observed observation={observation} bitmap={bitmap} />}
        </article>
      ))}
      {!end && <Mark play={play} place={{ turn: turns.length, token: draft.length }} />}
    </section>
  );
}

const TurnHead = memo(function TurnHead({ play, turn, title }: { readonly play: number; readonly turn: number; readonly title: string }) {
  const { reroll } = useTryItActions();
  const busy = useBusy();
  return (
    <>
      <Mark play={play} place={{ turn, token: 0 }} />
      <div className="tryit-turn-head">
        <h3>
          {turn + 1} · {title}
        </h3>
        <button type="button" className="quiet" disabled={busy} aria-label={`Re-roll ×16 from before turn ${turn + 1}`} onClick={() => void reroll(turn, 16)}>
          Re-roll ×16
        </button>
      </div>
    </>
  );
});

/** What re-rolling said of a place. */
function Mark({ play, place }: { readonly play: number; readonly place: TokenPlace }) {
  const result = useTryIt(({ marks }) => markAt(marks, play, place));
  if (!result) return null;
  return (
    <div className="tryit-value" role="note" aria-label="Re-rolled from here">
      <span className="tryit-share" aria-hidden="true">
        <span style={{ inlineSize: `${result.total === 0 ? 0 : (100 * result.right) / result.total}%` }} />
      </span>
      <span>From here, {shareSentence(result)}.</span>
      <span className="hint">
        {result.answers
          .slice(0, 6)
          .map(({ answer, count, correct }) => `${answer === null ? 'no answer' : answer || 'an empty answer'} ×${count} ${correct ? '✓' : '✗'}`)
          .join(' · ')}
      </span>
    </div>
  );
}
