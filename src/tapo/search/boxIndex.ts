// The boxes of one image. Those that overlap too little with a given one are skipped, a subtree of a k-d tree at a time.
import { boxArea } from '../boxes.ts';
import type { Box } from '../rollout.ts';
import { type BoxTree, boxTree, greatestIou, NODE, PARENT, SECOND } from './boxTree.ts';
import type { BoxForm } from './callForm.ts';
import { canBeWanted, type Row, type SearchGoal } from './searchGoal.ts';

/** What indices of the same boxes share. */
export interface BoxFile {
  /** Null without a tame box. */
  readonly tree: BoxTree | null;
  /** Index in the tree of a form's box; forms of equal signature have one in common. Absent where the box is not tame. */
  readonly places: ReadonlyMap<BoxForm, number>;
}

export interface BoxIndex<R extends Row> {
  /** Rows come by rank, with a form of the file. Of rows with one place only the first need be kept. */
  add(row: R, form: BoxForm): void;
  /** Visits every row that the goal wants, each once, and some others. `visit` may narrow the goal. */
  search(form: BoxForm, goal: SearchGoal, visit: (row: R) => void): void;
}

export function boxFile(forms: readonly BoxForm[]): BoxFile {
  const boxes: Box[] = [];
  const bySignature = new Map<string, number>();
  const places = new Map<BoxForm, number>();
  for (const form of forms) {
    if (!isTame(form.box)) continue;
    const signature = form.signature();
    const place = bySignature.get(signature) ?? boxes.push(form.box) - 1;
    bySignature.set(signature, place);
    places.set(form, place);
  }
  return { tree: boxes.length > 0 ? boxTree(boxes) : null, places };
}

/** An empty index. Similarities exceed the IoU by at most `slack`. */
export function boxIndex<R extends Row>({ tree, places }: BoxFile, slack: number): BoxIndex<R> {
  const rows = new Map<number, R>(); // by place
  const wild: R[] = []; // always visited
  const ranks = new Float64Array(tree ? tree.nodes.length / NODE : 0).fill(Number.POSITIVE_INFINITY); // the least below a node
  const sought = new Float64Array(4);
  const open: number[] = []; // nodes that a search has still to look into, and their bounds: no recursion, since numbers passed on cost memory
  const bounds: number[] = [];

  return {
    add(row, form) {
      const place = places.get(form);
      if (!tree || place === undefined) wild.push(row);
      else if (!rows.has(place)) {
        rows.set(place, row);
        for (let node = tree.leaves[place] as number; node >= 0 && (ranks[node] as number) > row.rank; node = tree.nodes[node * NODE + PARENT] as number)
          ranks[node] = row.rank;
      }
    },
    search({ box }, goal, visit) {
      for (const row of wild) visit(row);
      if (!tree || rows.size === 0) return;
      const { nodes } = tree;
      sought.set(box);
      const extra = isTame(box) ? slack : Number.POSITIVE_INFINITY;
      open.push(0);
      bounds.push(greatestIou(sought, nodes, 0) + extra);
      while (open.length > 0) {
        let node = open.pop() as number;
        let bound = bounds.pop() as number;
        while ((ranks[node] as number) < Number.POSITIVE_INFINITY && canBeWanted(goal, bound, ranks[node] as number)) {
          const second = nodes[node * NODE + SECOND] as number;
          if (second < 0) {
            visit(rows.get(-1 - second) as R);
            break;
          }
          const first = node + 1;
          const p = greatestIou(sought, nodes, first) + extra;
          const q = greatestIou(sought, nodes, second) + extra;
          open.push(p < q ? first : second); // the worse half waits: what the better one holds narrows the goal
          bounds.push(Math.min(p, q));
          node = p < q ? second : first;
          bound = Math.max(p, q);
        }
      }
    },
  };
}

/** Coordinates so large, or areas so small, that products overflow or vanish would break the bounds. */
function isTame(box: Box): boolean {
  const area = boxArea(box);
  return box.every((x) => Math.abs(x) < 1e100) && (area === 0 || area > 1e-100);
}
