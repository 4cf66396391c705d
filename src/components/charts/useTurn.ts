// The newest of a changing value, as of its last turn: what is heavy to draw is drawn from it.
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { createTurns } from './turns.ts';

/** One for the page. A hidden page has no frames, and draws nothing. */
const TURNS = createTurns(requestAnimationFrame);

/** null before the first turn. Asks for turns only while `awake`. */
export function useTurn<T extends object>(value: T, awake: boolean): T | null {
  const [shown, setShown] = useState<T | null>(null);
  const latest = useRef(value);
  const [draw] = useState(() => () => flushSync(() => setShown(latest.current)));
  useEffect(() => {
    latest.current = value;
    if (awake && value !== shown) TURNS.ask(draw);
  }, [value, shown, awake, draw]);
  useEffect(() => TURNS.ask(draw), [draw]); // taken back when it leaves the page
  return shown;
}
