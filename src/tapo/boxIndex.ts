// The boxes of one image. Those that overlap too little with a given one are skipped, a subtree of a k-d tree at a time.
import { boxArea } from './boxes.ts';
import { type BoxEntry, type BoxTree, boxTree, greatestIou } from './boxTree.ts';
import type { BoxForm } from './callForm.ts';
import type { Box } from './rollout.ts';
import { canBeWanted, type Row, type SearchGoal } from './searchGoal.ts';

export interface BoxIndex<R extends Row> {
  /** Of rows of equal signature only the first need be kept. */
  add(row: R, form: BoxForm): void;
  /** Visits every row that the goal wants, each once, and some others. `visit` may narrow the goal. */
  search(form: BoxForm, goal: SearchGoal, visit: (row: R) => void): void;
}

/** So many new boxes are compared one by one before they are put into a tree. */
const FRESH = 8;

/** Similarities exceed the IoU by at most `slack`. */
export function boxIndex<R extends Row>(slack: number): BoxIndex<R> {
  const signatures = new Set<string>();
  const wild: BoxEntry<R>[] = []; // always visited
  let fresh: BoxEntry<R>[] = []; // not in a tree yet
  const forest: BoxTree<R>[] = []; // each larger than the next, so that a box moves to a larger tree a logarithmic number of times

  const settle = (): void => {
    let entries = fresh;
    fresh = [];
    while (forest.length > 0 && (forest.at(-1) as BoxTree<R>).entries.length <= entries.length) entries = entries.concat((forest.pop() as BoxTree<R>).entries);
    forest.push(boxTree(entries));
  };

  return {
    add(row, { signature, box }) {
      if (!isTame(box)) wild.push({ row, box });
      else if (!signatures.has(signature)) fresh.push({ row, box });
      signatures.add(signature);
    },
    search({ box }, goal, visit) {
      if (fresh.length > FRESH) settle();
      const sought = new Float64Array(box);
      const extra = isTame(box) ? slack : Number.POSITIVE_INFINITY;
      for (const tree of forest) {
        const open = [0]; // nodes to look into, and their bounds; a stack and no recursion, since calls with such numbers cost memory
        const bounds = [greatestIou(sought, tree, 0) + extra];
        while (open.length > 0) {
          const node = open.pop() as number;
          if (!canBeWanted(goal, bounds.pop() as number, tree.rank[node] as number)) continue;
          const second = tree.link[node] as number;
          if (second < 0) {
            visit((tree.entries[-1 - second] as BoxEntry<R>).row);
            continue;
          }
          const p = greatestIou(sought, tree, node + 1) + extra;
          const q = greatestIou(sought, tree, second) + extra;
          const [better, worse] = p < q ? [second, node + 1] : [node + 1, second];
          if (canBeWanted(goal, Math.min(p, q), tree.rank[worse] as number)) {
            open.push(worse);
            bounds.push(Math.min(p, q));
          }
          if (canBeWanted(goal, Math.max(p, q), tree.rank[better] as number)) {
            open.push(better); // on top: what it holds narrows the goal
            bounds.push(Math.max(p, q));
          }
        }
      }
      for (const { row } of fresh) visit(row);
      for (const { row } of wild) visit(row);
    },
  };
}

/** Coordinates so large, or areas so small, that products overflow or vanish would break the bounds. */
function isTame(box: Box): boolean {
  const area = boxArea(box);
  return box.every((x) => Math.abs(x) < 1e100) && (area === 0 || area > 1e-100);
}
