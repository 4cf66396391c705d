// Steps through updates by itself, until the last one. Where less motion is asked for, a press makes one step.
import { useEffect, useState } from 'react';

/** Milliseconds a step. */
const PACE = 800;

export interface Play {
  readonly playing: boolean;
  /** One step a press. */
  readonly stepwise: boolean;
  readonly press: () => void;
}

/** `onStep` is called with the index to go to; from the last one playing begins anew. */
export function usePlay(at: number, count: number, onStep: (index: number) => void): Play {
  const [playing, setPlaying] = useState(false);
  const stepwise = matchMedia('(prefers-reduced-motion: reduce)').matches;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at + 1 < count) onStep(at + 1);
      if (at + 2 >= count) setPlaying(false);
    }, PACE);
    return () => clearTimeout(timer);
  }, [playing, at, count, onStep]);
  const press = (): void => {
    if (stepwise || (!playing && at + 1 >= count)) onStep(at + 1 < count ? at + 1 : 0);
    if (!stepwise) setPlaying(!playing);
  };
  return { playing, stepwise, press };
}
