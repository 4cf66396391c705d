// What was just deleted, with the way back.
import { useEffect } from 'react';
import { useActions, useNotebook } from '../useNotebook.ts';

/** How long it stays, milliseconds. */
const SHOWN_FOR = 8000;

export function Toast() {
  const actions = useActions();
  const toast = useNotebook((state) => state.toast);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => actions.dismissToast(), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [actions, toast]);
  return (
    <div className="toast" role="status">
      {toast && (
        <p>
          {toast.text}{' '}
          {toast.undo && (
            <button
              type="button"
              onClick={() => {
                toast.undo?.();
                actions.dismissToast();
              }}
            >
              Undo
            </button>
          )}
        </p>
      )}
    </div>
  );
}
