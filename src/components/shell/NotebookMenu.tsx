// The menus of the head: which notebook, where in it, and what can be made of it.
import { lazy, Suspense, useRef, useState } from 'react';
import { useActions } from '../useNotebook.ts';
import { ContentsMenu } from './ContentsMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';

const NotebookList = lazy(() => import('./NotebookList.tsx'));

export function NotebookMenu() {
  const actions = useActions();
  const menu = useRef<HTMLDetailsElement>(null);
  const [wanted, want] = useState(false);
  const close = (): void => {
    if (menu.current) menu.current.open = false;
  };
  const onToggle = (open: boolean): void => {
    if (!open) return;
    want(true);
    actions.listCopies();
  };
  return (
    <nav className="menus" aria-label="Notebooks">
      <details className="menu" ref={menu} name="head-menu" onToggle={({ currentTarget }) => onToggle(currentTarget.open)}>
        <summary>Notebooks</summary>
        <div className="menu-body">
          <Suspense fallback={<p className="hint">Loading the list…</p>}>{wanted && <NotebookList onLeave={close} />}</Suspense>
        </div>
      </details>
      <ContentsMenu />
      <ExportMenu />
    </nav>
  );
}
