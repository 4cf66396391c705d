// The newest of a changing value, as of its last turn: what is heavy to draw is drawn from it.
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { createTurns } from './turns.ts';

/** One for the page. A hidden page has no frames, and draws nothing. */
const TURNS = createTurns(requestAnimationFrame);

/** A card out of sight waits until its numbers have been still for so long, in milliseconds: it is there for who prints or searches the page. */
const STILL = 600;

/** null before the first turn. Turns go to what is in sight. */
export function useTurn<T extends object>(value: T, inSight: boolean): T | null {
  const [shown, setShown] = useState<T | null>(null);
  const latest = useRef(value);
  const [draw] = useState(() => () => flushSync(() => setShown(latest.current)));
  useEffect(() => {
    latest.current = value;
    if (value === shown) return;
    if (inSight) {
      TURNS.ask(draw);
      return;
    }
    const timer = setTimeout(() => TURNS.ask(draw), STILL);
    return () => clearTimeout(timer);
  }, [value, shown, inSight, draw]);
  useEffect(() => () => TURNS.drop(draw), [draw]);
  return shown;
}
