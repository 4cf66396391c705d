// Gives components the notebook's state, piece by piece, and its actions.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { NotebookState, NotebookStore } from '../notebook/store.ts';

export const NotebookContext = createContext<NotebookStore | null>(null);

/** Part of the state; the component renders again only when that part changes. */
export function useNotebook<T>(select: (state: NotebookState) => T): T {
  return useStore(useNotebookStore(), select);
}

export function useActions(): NotebookStore['actions'] {
  return useNotebookStore().actions;
}

export function useNotebookStore(): NotebookStore {
  const store = useContext(NotebookContext);
  if (!store) throw new Error('useNotebook: expected a NotebookContext around this component');
  return store;
}
