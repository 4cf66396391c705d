// The page: head, pinned bar, outline, the notebook's cells.
import { useEffect } from 'react';
import type { NotebookStore } from '../notebook/store.ts';
import { CellFrame } from './cells/CellFrame.tsx';
import { ControlBar } from './shell/ControlBar.tsx';
import { Glossary } from './shell/Glossary.tsx';
import { Header } from './shell/Header.tsx';
import { Keys } from './shell/Keys.tsx';
import { Outline } from './shell/Outline.tsx';
import { Toast } from './shell/Toast.tsx';
import { useLesson } from './useLesson.ts';
import { NotebookContext, useActions, useNotebook } from './useNotebook.ts';

export function App({ notebook }: { readonly notebook: NotebookStore }) {
  return (
    <NotebookContext value={notebook}>
      <Keys />
      <Header />
      <ControlBar />
      <Problem />
      <div className="page">
        <Outline />
        <main>
          <Cells />
        </main>
      </div>
      <footer className="foot">
        <Glossary /> · keys: <kbd>?</kbd> · Flags from flag-icons, facts from countries-list, both MIT. Credit transfer after{' '}
        <cite>Tool-Aware Policy Optimization</cite> (arXiv:2606.05784); what the paper does not publish is our choice and listed in the documentation.
      </footer>
      <Toast />
    </NotebookContext>
  );
}

function Cells() {
  const actions = useActions();
  const cells = useNotebook(({ open }) => open?.log.state.document.cells);
  const lesson = useLesson('cells');
  const room = useNotebook((state) => state.room);
  useEffect(() => {
    document.documentElement.dataset.room = room ? 'on' : 'off';
  }, [room]);
  if (!cells) return <p className="loading">Loading the notebook…</p>;
  return (
    <>
      {cells.map((cell, i) => (
        <CellFrame key={cell.id} cell={cell} number={i + 1} />
      ))}
      {lesson === 'free' && (
        <div className="buttons add-cells">
          <button type="button" onClick={() => actions.insertBelow(cells.at(-1)?.id ?? null, 'md')}>
            + Text
          </button>
          <button type="button" onClick={() => actions.insertBelow(cells.at(-1)?.id ?? null, 'js')}>
            + Code
          </button>
        </div>
      )}
    </>
  );
}

function Problem() {
  const actions = useActions();
  const problem = useNotebook((state) => state.problem);
  if (problem === null) return null;
  return (
    <p className="note bad problem" role="alert">
      {problem}{' '}
      <button type="button" className="quiet" onClick={() => actions.dismissProblem()}>
        dismiss
      </button>
    </p>
  );
}
