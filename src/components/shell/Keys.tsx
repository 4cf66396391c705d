// Keyboard shortcuts, and the list of them behind "?".
import { useEffect, useRef } from 'react';
import { BINDINGS, keyReader } from '../../notebook/keyBindings.ts';
import { useNotebookStore } from '../useNotebook.ts';

/** Elements that have their own use for keys. */
const OWN_KEYS = 'input, select, textarea, button, summary, a, dialog, [contenteditable], [role="slider"], [role="grid"], [role="application"], .own-keys';

export function Keys() {
  const store = useNotebookStore();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const read = keyReader(() => performance.now());
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key === 'Escape') (document.activeElement as HTMLElement | null)?.blur();
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest(OWN_KEYS)) return;
      if (event.key === '?') {
        dialog.current?.showModal();
        return;
      }
      const binding = read(event.key);
      if (!binding) return;
      event.preventDefault();
      binding.act(store.actions, store.getState());
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [store]);
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {[...BINDINGS, { shown: '?', meaning: 'this list' }].map(({ shown, meaning }) => (
          <div key={shown}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
