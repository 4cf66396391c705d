// A short guided tour: text, then a key press, then one motion. Nothing moves while one reads. Under way, it stands at the window's foot,
// beside what it speaks of.
import { useState } from 'react';
import type { Tour } from '../../notebook/cells/cellValue.ts';
import { useActions } from '../useNotebook.ts';

export function TourCard({ tour: { title, stops } }: { readonly tour: Tour }) {
  const actions = useActions();
  const [at, setAt] = useState(-1);
  const stop = stops[at];
  const go = (to: number): void => {
    setAt(to);
    const next = stops[to];
    if (next) actions.visit(next);
  };
  return (
    <aside
      className={stop ? 'tour card under-way' : 'tour card'}
      aria-label={`Tour: ${title}`}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' && at < stops.length - 1) go(at + 1);
        else if (event.key === 'ArrowLeft' && at > 0) go(at - 1);
        else if (event.key === 'Escape' && stop) setAt(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <h3>{title}</h3>
      <p className="tour-text" aria-live="polite">
        {stop ? stop.say : `${stops.length} stops, a minute or two. The right arrow key goes on.`}
      </p>
      <div className="buttons">
        {at > 0 && (
          <button type="button" onClick={() => go(at - 1)}>
            ← Back
          </button>
        )}
        {at < stops.length - 1 ? (
          <button type="button" className="primary" onClick={() => go(at + 1)}>
            {at < 0 ? 'Start the tour' : `Next → (${at + 2} of ${stops.length})`}
          </button>
        ) : (
          <button type="button" className="primary" onClick={() => setAt(-1)}>
            Done
          </button>
        )}
        {stop && at < stops.length - 1 && (
          <button type="button" className="quiet" onClick={() => setAt(-1)}>
            End the tour
          </button>
        )}
      </div>
    </aside>
  );
}
