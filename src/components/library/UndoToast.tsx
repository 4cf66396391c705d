// Says what was deleted, and takes it back. It stays until it is answered: nobody has to be quick.
import { useEffect, useRef } from 'react';

interface UndoToastProps {
  readonly names: readonly string[];
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

export function UndoToast({ names, onUndo, onClose }: UndoToastProps) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus({ preventScroll: true }), []); // the row that had the focus is gone
  return (
    <div className="library-toast" role="status">
      <span>Deleted {names.length === 1 ? `“${names[0]}”` : `${names.length} runs`}.</span>
      <button type="button" ref={undo} onClick={onUndo}>
        Undo
      </button>
      <button type="button" className="quiet" aria-label="Close this message" onClick={onClose}>
        close
      </button>
    </div>
  );
}
