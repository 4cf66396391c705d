// All terms with their meanings, behind a button.
import { useRef } from 'react';
import { GLOSSARY } from '../../notebook/glossary.ts';

export function Glossary() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" className="link" onClick={() => dialog.current?.showModal()}>
        Glossary
      </button>
      <dialog ref={dialog} className="glossary" aria-label="Glossary">
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
        <dl>
          {GLOSSARY.map(({ term, meaning }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </dialog>
    </>
  );
}
