// Plays a recorded run: the same events as a live one, at a pace for watching.
import type { Recording } from '../train/recording.ts';
import type { TrainerEvent } from '../workers/trainer.protocol.ts';

export interface Player {
  stop(): void;
}

/**
 * Plays a recording: up to the first update at once, then `rate` updates a second. `onEvents` gets what is due, in order; `schedule`
 * calls back after so many milliseconds and gives a function that calls it off.
 */
export function playRecording(
  { reports }: Recording,
  rate: number,
  onEvents: (events: readonly TrainerEvent[]) => void,
  schedule: (callback: () => void, milliseconds: number) => () => void,
): Player {
  let at = 0;
  let cancel = (): void => {};
  const playUntilNextUpdate = (): void => {
    const next = reports.findIndex((report, i) => i >= at && report.kind === 'updated');
    const due: TrainerEvent[] = reports.slice(at, next < 0 ? reports.length : next + 1);
    at += due.length;
    const last = reports[at - 1];
    onEvents(at < reports.length ? due : [...due, { kind: 'status', status: 'finished', update: last && 'update' in last ? last.update : 0 }]);
    if (at < reports.length) cancel = schedule(playUntilNextUpdate, 1000 / rate);
  };
  playUntilNextUpdate();
  return { stop: () => cancel() };
}
