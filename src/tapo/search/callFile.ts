// The calls of a library by tool, each in the form it is searched by, and their boxes in trees: what clustering and finding witnesses share.

import { groupBy } from '../groupBy.ts';
import type { PreparedCall, SimilarityOptions } from '../similarity.ts';
import { type BoxFile, boxFile } from './boxIndex.ts';
import { type BoxForm, ownForm, type TokenForm } from './callForm.ts';

/** The calls of one tool. */
export interface CallFile {
  /** The form of a call, filed or not; a filed call and its equals have one and the same. */
  readonly formOf: (call: PreparedCall) => BoxForm | TokenForm | null;
  /** By image. */
  readonly boxes: ReadonlyMap<string, BoxFile>;
}

/** By tool. */
export type CallFiles = ReadonlyMap<string, CallFile>;

export function callFiles(calls: readonly PreparedCall[], options: SimilarityOptions): CallFiles {
  return new Map([...groupBy(calls, (call) => call.tool)].map(([tool, of]) => [tool, callFile(of, options)]));
}

function callFile(calls: readonly PreparedCall[], options: SimilarityOptions): CallFile {
  const forms = new Map<string, BoxForm | TokenForm | null>(); // by identity
  for (const call of calls) if (!forms.has(call.identity)) forms.set(call.identity, ownForm(call, options));
  const boxes = [...forms.values()].filter((form) => form?.kind === 'box');
  return {
    formOf: (call) => {
      const known = forms.get(call.identity);
      return known === undefined ? ownForm(call, options) : known;
    },
    boxes: new Map([...groupBy(boxes, (form) => form.image)].map(([image, of]) => [image, boxFile(of)])),
  };
}
