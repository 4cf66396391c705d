// What can be had without a tool: the best score of a policy that never calls one, and a probe that overviews must not name flags.
import type { Benchmark, Picture, Task } from '../types.ts';
import type { Atlas } from './atlas.ts';
import { VIEW } from './render.ts';
import type { Scene } from './scene.ts';

/** Questions that the estimate is made from. */
const TASKS = 20_000;

/**
 * Success of the best policy that sees the overview and calls no tool, on validation questions: it can answer every `look`
 * question, and for each other type its most frequent answer.
 */
export function toolFreeScore(atlas: Benchmark, preset: string): number {
  const answers = new Map<string, Map<string, number>>(); // type → answer → count
  let looks = 0;
  for (let i = 0; i < TASKS; i++) {
    const { type, answer } = atlas.task(preset, 'validation', 0, i);
    if (type.startsWith('look')) looks++;
    else answers.set(type, (answers.get(type) ?? new Map<string, number>()).set(answer, (answers.get(type)?.get(answer) ?? 0) + 1));
  }
  const guessed = [...answers.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
  return (looks + guessed) / TASKS;
}

/** Nearest neighbour over the 8 × 8 px overview patches of grid cells: how often it names the flag, and how often chance would. */
export function probeOverviews(atlas: Atlas, seed: number, scenes = 400): { readonly accuracy: number; readonly chance: number } {
  const gallery: { country: string; patch: Float64Array }[] = [];
  const queries: typeof gallery = [];
  for (let i = 0; i < scenes; i++) {
    const task = atlas.task('grid', 'train', seed, i) as Task<Scene>;
    const view = atlas.overview(task);
    task.scene.items.forEach(({ country }, cell) => {
      (i < scenes / 2 ? gallery : queries).push({ country, patch: patchOf(view, cell) });
    });
  }
  const countries = new Set(gallery.map(({ country }) => country)).size;
  const right = queries.filter(({ country, patch }) => nearest(patch, gallery) === country).length;
  return { accuracy: right / queries.length, chance: 1 / countries };
}

function patchOf({ pixels }: Picture, cell: number): Float64Array {
  const side = VIEW / 3;
  const [x0, y0] = [(cell % 3) * side, Math.floor(cell / 3) * side];
  return Float64Array.from({ length: side * side * 3 }, (_, i) => {
    const [y, x, c] = [Math.floor(i / (side * 3)), Math.floor(i / 3) % side, i % 3];
    return pixels[((y0 + y) * VIEW + x0 + x) * 3 + c] as number;
  });
}

function nearest(patch: Float64Array, gallery: readonly { readonly country: string; readonly patch: Float64Array }[]): string {
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const { country, patch: other } of gallery) {
    let distance = 0;
    for (let i = 0; i < patch.length; i++) distance += ((patch[i] as number) - (other[i] as number)) ** 2;
    if (distance < least) {
      least = distance;
      best = country;
    }
  }
  return best;
}
