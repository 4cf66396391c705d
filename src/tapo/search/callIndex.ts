// The calls of one tool, indexed by the form that decides how they are compared: boxes by image, tokens, or arguments.

import type { PreparedCall, SimilarityOptions } from '../similarity.ts';
import { type BoxIndex, boxIndex } from './boxIndex.ts';
import type { CallFile } from './callFile.ts';
import { argumentForm } from './callForm.ts';
import { ROUNDING, type Row, type SearchGoal } from './searchGoal.ts';
import { tokenIndex } from './tokenIndex.ts';

export interface CallIndex<R extends Row> {
  /** Rows come by rank, with calls of the file. Of rows that are equally similar to every call only the first need be kept. */
  add(row: R): void;
  /** Visits every row that the goal wants, each once, and some others; those it does not visit are less similar, younger, or have similarity 0. */
  search(call: PreparedCall, goal: SearchGoal, visit: (row: R) => void): void;
}

/** An empty index. */
export function callIndex<R extends Row>(file: CallFile, options: SimilarityOptions): CallIndex<R> {
  const slack = options.region === 'giou' ? ROUNDING : 0;
  const boxes = new Map<string, BoxIndex<R>>([...file.boxes].map(([image, of]) => [image, boxIndex(of, slack)]));
  const tokens = tokenIndex<R>();
  const formless = tokenIndex<R>(); // a search without a query, a zoom without a box, tools of kind other: by their arguments
  const formed: R[] = [];
  const formedByArguments = tokenIndex<R>(); // what formless calls are held against; filled up when one comes
  let filled = 0;

  return {
    add(row) {
      const form = file.formOf(row.call);
      if (!form) return formless.add(row, argumentForm(row.call, options));
      formed.push(row);
      if (form.kind === 'tokens') tokens.add(row, form);
      else boxes.get(form.image)?.add(row, form);
    },
    search(call, goal, visit) {
      const form = file.formOf(call);
      if (form?.kind === 'box') boxes.get(form.image)?.search(form, goal, visit);
      else if (form) tokens.search(form, goal, visit);
      if (form && formless.size() === 0) return;
      const byArguments = argumentForm(call, options);
      formless.search(byArguments, goal, visit);
      if (form) return;
      for (; filled < formed.length; filled++) formedByArguments.add(formed[filled] as R, argumentForm((formed[filled] as R).call, options));
      formedByArguments.search(byArguments, goal, visit);
    },
  };
}
