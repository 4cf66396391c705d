// What else a run has to tell, as lines of JSON: its evaluations, its groups, and the rollouts of these groups.

import { recordsOf } from '../../env/outcome.ts';
import { writeRollouts } from '../../tapo/index.ts';
import type { RunState } from '../runs.ts';

/** One line an evaluation: {"update", "sampled", "greedy"}. */
export function evaluationsJsonl(evaluations: RunState['evaluations']): string {
  return evaluations.map((evaluation) => `${JSON.stringify(evaluation)}\n`).join('');
}

/** One line a group with its update: the question, clusters, and each step's words, observation, credit and reason. */
export function groupsJsonl(groups: RunState['groups']): string {
  return groups.flatMap(({ update, groups: told }) => told.map((group) => `${JSON.stringify({ update, ...group })}\n`)).join('');
}

/** The rollouts of these groups as a rollout file (docs/rollouts.md), which `npx tapo audit` reads. */
export function rolloutsJsonl(groups: RunState['groups']): string {
  return writeRollouts(groups.flatMap(({ update, groups: told }) => told.flatMap((group) => recordsOf(group).map((record) => ({ ...record, update })))));
}
