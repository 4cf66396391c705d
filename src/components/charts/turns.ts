// Charts are drawn one at a time: drawing one holds the page for some milliseconds, drawing all at once would make it stutter.

export interface Turns {
  /** Draws when it is its turn, and then only once however often it asked. */
  readonly ask: (draw: () => void) => void;
  /** Takes the request back. */
  readonly drop: (draw: () => void) => void;
}

/** Frames between two drawings: the ones in between belong to the rest of the page. */
const EVERY = 2;

/** `schedule` calls back in the next frame. Who asked first is drawn first. */
export function createTurns(schedule: (callback: () => void) => void): Turns {
  const waiting = new Set<() => void>();
  let frames = 0;
  let scheduled = false;
  const frame = (): void => {
    frames++;
    const [next] = waiting;
    if (next && frames % EVERY === 0) {
      waiting.delete(next);
      next();
    }
    scheduled = waiting.size > 0;
    if (scheduled) schedule(frame);
  };
  return {
    ask: (draw) => {
      waiting.add(draw);
      if (!scheduled) {
        scheduled = true;
        schedule(frame);
      }
    },
    drop: (draw) => void waiting.delete(draw),
  };
}
