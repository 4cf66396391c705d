// The library of notebooks: those that ship, the reader's copies, and files.
import { useActions, useNotebook } from '../useNotebook.ts';
import { ShippedLink } from './ShippedLink.tsx';

export default function NotebookList({ onLeave }: { readonly onLeave: () => void }) {
  const actions = useActions();
  const shipped = useNotebook((state) => state.shipped);
  const copies = useNotebook((state) => state.copies);
  const open = useNotebook((state) => state.open);
  const leave = (act: () => void): void => {
    onLeave();
    act();
  };
  return (
    <>
      <ol className="notebook-list">
        {shipped.map(({ name, title, summary, minutes }) => (
          <li key={name} aria-current={open?.origin === name && open.copy === null ? 'page' : undefined}>
            <ShippedLink name={name} onOpen={onLeave}>
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
    </>
  );
}
