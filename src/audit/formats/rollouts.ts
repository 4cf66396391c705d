// Our own rollout files (docs/rollouts.md), read by the library's reader.
import { checkRollout } from '../../tapo/index.ts';
import type { RolloutFormat } from './format.ts';

export const ROLLOUTS: RolloutFormat = {
  name: 'rollouts',
  title: 'a rollout file: one {"group", "rollout", "reward", "steps"} a line',
  assumed: [],
  recognises: ({ steps, group, rollout }) => Array.isArray(steps) || (typeof group === 'string' && typeof rollout === 'string'),
  reader: () => (record, line) => ({ kind: 'rollouts', rollouts: [checkRollout(record, line)] }),
};
