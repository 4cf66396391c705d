// Walking over the steps of a group with the arrow keys.
import type { GroupReport } from '../../train/report.ts';
import type { Place } from './places.ts';

/**
 * Where a key leads from a place: up and down through the steps of all rollouts, left and right to the same step of the rollout beside it
 * (its last one, if it has fewer), Home and End within the rollout. Null for any other key, and where there is nothing more.
 */
export function stepByKey({ rollouts }: GroupReport, [rollout, step]: Place, key: string): Place | null {
  const last = (r: number): number => (rollouts[r]?.steps.length ?? 0) - 1;
  const beside = (by: 1 | -1): number => {
    let r = rollout + by;
    while (r >= 0 && r < rollouts.length && last(r) < 0) r += by;
    return r >= 0 && r < rollouts.length ? r : -1;
  };
  const across = (by: 1 | -1): Place | null => {
    const r = beside(by);
    return r < 0 ? null : [r, Math.min(step, last(r))];
  };
  switch (key) {
    case 'ArrowDown':
      return step < last(rollout) ? [rollout, step + 1] : beside(1) < 0 ? null : [beside(1), 0];
    case 'ArrowUp':
      return step > 0 ? [rollout, step - 1] : beside(-1) < 0 ? null : [beside(-1), last(beside(-1))];
    case 'ArrowRight':
      return across(1);
    case 'ArrowLeft':
      return across(-1);
    case 'Home':
      return [rollout, 0];
    case 'End':
      return [rollout, last(rollout)];
    default:
      return null;
  }
}
