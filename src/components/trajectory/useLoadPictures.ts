// The pictures of scenes, from the notebook's tools worker: one store of them for all views.

import type { LoadPictures } from '../panelProps.ts';
import { useActions } from '../useNotebook.ts';
import { scenePictures } from './scenePictures.ts';

const byTools = new WeakMap<object, LoadPictures>();

export function useLoadPictures(): LoadPictures {
  const { tools } = useActions();
  const known = byTools.get(tools) ?? scenePictures(tools);
  byTools.set(tools, known);
  return known;
}
