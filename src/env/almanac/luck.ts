// What can be had without a tool: the best score of a policy that never calls one.
import type { Benchmark } from '../types.ts';
import { agrees } from '../variables.ts';

/** Questions that the estimate is made from. */
const TASKS = 20_000;

/**
 * Success of the best policy that calls no tool, on validation questions: for each type and fact the one number that passes for most
 * answers. The vocabulary has no numbers, so that no policy of ours reaches even this.
 */
export function toolFreeScore(almanac: Benchmark, preset: string): number {
  const answers = new Map<string, number[]>(); // type and fact → answers
  for (let i = 0; i < TASKS; i++) {
    const { type, scene, answer } = almanac.task(preset, 'validation', 0, i);
    const key = `${type} ${(scene as { readonly kind: string }).kind}`;
    answers.set(key, [...(answers.get(key) ?? []), Number(answer)]);
  }
  return [...answers.values()].reduce((sum, values) => sum + mostAgreeing(values), 0) / TASKS;
}

/** How many of the values one guess can pass for: it is enough to try the values themselves and the upper ends of what they accept. */
function mostAgreeing(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const guesses = [...counts.keys()].flatMap((value) => [value, value * (1.05 - 1e-9)]);
  return Math.max(...guesses.map((guess) => [...counts].reduce((sum, [value, count]) => sum + (agrees(guess, value) ? count : 0), 0)));
}
