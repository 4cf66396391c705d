// The library of notebooks: those that ship, the reader's copies, and files.
import { useRef } from 'react';
import { useActions, useNotebook } from '../useNotebook.ts';
import { ContentsMenu } from './ContentsMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { ShippedLink } from './ShippedLink.tsx';

export function NotebookMenu() {
  const actions = useActions();
  const shipped = useNotebook((state) => state.shipped);
  const copies = useNotebook((state) => state.copies);
  const open = useNotebook((state) => state.open);
  const menu = useRef<HTMLDetailsElement>(null);
  const leave = (act: () => void): void => {
    if (menu.current) menu.current.open = false;
    act();
  };
  return (
    <nav className="menus" aria-label="Notebooks">
      <details className="menu" ref={menu} name="head-menu" onToggle={({ currentTarget }) => currentTarget.open && actions.listCopies()}>
        <summary>Notebooks</summary>
        <div className="menu-body">
          <ol className="notebook-list">
            {shipped.map(({ name, title, summary, minutes }) => (
              <li key={name} aria-current={open?.origin === name && open.copy === null ? 'page' : undefined}>
                <ShippedLink name={name} onOpen={() => leave(() => {})}>
                  {title}
                </ShippedLink>
                <p className="hint">
                  {summary} About {minutes} minutes.
                </p>
              </li>
            ))}
          </ol>
          {copies.length > 0 && (
            <>
              <h3>Your copies</h3>
              <ul className="notebook-list">
                {copies.map(({ id, title, edits, updated }) => (
                  <li key={id} aria-current={open?.copy?.id === id ? 'page' : undefined}>
                    <button type="button" className="link" onClick={() => leave(() => void actions.openCopy(id))}>
                      {title}
                    </button>{' '}
                    <span className="hint">
                      {edits} {edits === 1 ? 'edit' : 'edits'}, {new Date(updated).toLocaleString()}
                    </span>{' '}
                    <button type="button" className="quiet" aria-label={`Delete the copy ${title}`} onClick={() => void actions.removeCopy(id)}>
                      delete
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
          <label className="file-button">
            Open a notebook file…
            <input
              type="file"
              accept=".html,text/html"
              onChange={({ target }) => {
                const file = target.files?.[0];
                target.value = '';
                if (file) leave(() => void file.text().then(actions.openFile));
              }}
            />
          </label>
        </div>
      </details>
      <ContentsMenu />
      <ExportMenu />
    </nav>
  );
}
