// The head of the page: which notebook, whose version, and what can be done with it as a whole.
import { redoLabel, undoLabel } from '../../notebook/document/undoLog.ts';
import { FIRST_NOTEBOOK } from '../../notebook/linkActions.ts';
import { count } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { NotebookMenu } from './NotebookMenu.tsx';
import { ShippedLink } from './ShippedLink.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

export function Header() {
  const actions = useActions();
  const open = useNotebook((state) => state.open);
  const room = useNotebook((state) => state.room);
  const copy = open?.copy ?? null;
  const undo = open && undoLabel(open.log);
  const redo = open && redoLabel(open.log);
  return (
    <header className="head">
      <div className="head-line">
        <ShippedLink className="brand" name={FIRST_NOTEBOOK}>
          TAPO Notebook
        </ShippedLink>
        <NotebookMenu />
        <div className="buttons head-tools">
          <button type="button" disabled={!undo} title={undo ? `Undo: ${undo}` : 'Nothing to undo'} onClick={() => actions.undo()}>
            Undo
          </button>
          <button type="button" disabled={!redo} title={redo ? `Redo: ${redo}` : 'Nothing to redo'} onClick={() => actions.redo()}>
            Redo
          </button>
          <button type="button" aria-pressed={room} title="Large type for a projector" onClick={() => actions.setRoom(!room)}>
            Room
          </button>
          <ThemeSwitch />
        </div>
      </div>
      <h1>{open?.log.state.document.title ?? 'Loading…'}</h1>
      {open && (copy || undo) && (
        <p className="note copy-note" role="status">
          {open.saving?.kind === 'failed'
            ? `Not saved: ${open.saving.message} `
            : copy
              ? `Your copy “${copy.title}”, ${count(copy.edits, 'edit')}, saved in this browser only. `
              : 'Edited; being saved as your copy… '}
          {open.origin && (
            <button type="button" className="link" onClick={() => void actions.openShipped(open.origin as string)}>
              Open the author’s version
            </button>
          )}
        </p>
      )}
    </header>
  );
}
