// The calls of one tool, filed by the form that decides how they are compared: boxes by image, tokens, or arguments.
import { type BoxIndex, boxIndex } from './boxIndex.ts';
import { argumentForm, ownForm } from './callForm.ts';
import { ROUNDING, type Row, type SearchGoal } from './searchGoal.ts';
import type { PreparedCall, SimilarityOptions } from './similarity.ts';
import { tokenIndex } from './tokenIndex.ts';

export interface CallIndex<R extends Row> {
  /** Rows come in the order of their ranks. Of rows that are equally similar to every call only the first need be kept. */
  add(row: R): void;
  /** Visits every row that the goal wants, each once, and some others; those it does not visit are less similar, younger, or have similarity 0. */
  search(call: PreparedCall, goal: SearchGoal, visit: (row: R) => void): void;
}

export function callIndex<R extends Row>(options: SimilarityOptions): CallIndex<R> {
  const boxes = new Map<string, BoxIndex<R>>();
  const tokens = tokenIndex<R>();
  const formless = tokenIndex<R>(); // a search without a query, a zoom without a box, tools of kind other: by their arguments
  const formed: R[] = [];
  const formedByArguments = tokenIndex<R>(); // what formless calls are held against; filled up when one comes
  let filed = 0;
  return {
    add(row) {
      const form = ownForm(row.call, options);
      if (!form) return formless.add(row, argumentForm(row.call, options));
      formed.push(row);
      if (form.kind === 'tokens') return tokens.add(row, form);
      let index = boxes.get(form.image);
      if (!index) {
        index = boxIndex(row.call.call.kind === 'region' && options.region === 'giou' ? ROUNDING : 0);
        boxes.set(form.image, index);
      }
      index.add(row, form);
    },
    search(call, goal, visit) {
      const form = ownForm(call, options);
      if (form?.kind === 'box') boxes.get(form.image)?.search(form, goal, visit);
      else if (form) tokens.search(form, goal, visit);
      if (form && formless.size() === 0) return;
      const byArguments = argumentForm(call, options);
      formless.search(byArguments, goal, visit);
      if (form) return;
      for (; filed < formed.length; filed++) formedByArguments.add(formed[filed] as R, argumentForm((formed[filed] as R).call, options));
      formedByArguments.search(byArguments, goal, visit);
    },
  };
}
