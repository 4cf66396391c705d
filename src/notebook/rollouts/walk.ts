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

/** A token of a step. */
export interface TokenPlace {
  readonly place: Place;
  readonly token: number;
}

/**
 * Where a key leads from a token: left and right through all tokens, up and down to the turn before or after (to the same token, or its
 * last), Page keys to the rollout before or after, Home and End within the turn. `order`: the rollouts that are shown, as they are shown.
 * Null for any other key, and where there is nothing more.
 */
export function tokenByKey({ rollouts }: GroupReport, order: readonly number[], { place, token }: TokenPlace, key: string): TokenPlace | null {
  const turns = order.flatMap((r) =>
    (rollouts[r]?.steps ?? []).flatMap((step, s) => (step.words.length > 0 ? [{ place: [r, s] as Place, length: step.words.length }] : [])),
  );
  const at = turns.findIndex((turn) => turn.place[0] === place[0] && turn.place[1] === place[1]);
  const here = turns[at];
  if (!here) return null;
  const go = (index: number, to: (length: number) => number): TokenPlace | null => {
    const turn = turns[index];
    return turn ? { place: turn.place, token: to(turn.length) } : null;
  };
  const same = (length: number): number => Math.min(token, length - 1);
  const first = (): number => 0;
  switch (key) {
    case 'ArrowRight':
      return token + 1 < here.length ? { place, token: token + 1 } : go(at + 1, first);
    case 'ArrowLeft':
      return token > 0 ? { place, token: token - 1 } : go(at - 1, (length) => length - 1);
    case 'ArrowDown':
      return go(at + 1, same);
    case 'ArrowUp':
      return go(at - 1, same);
    case 'PageDown':
      return go(
        turns.findIndex((turn, i) => i > at && turn.place[0] !== place[0]),
        first,
      );
    case 'PageUp': {
      const before = turns.slice(0, at).findLast((turn) => turn.place[0] !== place[0])?.place[0];
      return go(
        turns.findIndex((turn) => turn.place[0] === before),
        first,
      );
    }
    case 'Home':
      return { place, token: 0 };
    case 'End':
      return { place, token: here.length - 1 };
    default:
      return null;
  }
}
