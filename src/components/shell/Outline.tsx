// The headings of the notebook, as links to their cells.
import { useMemo } from 'react';
import { useNotebook } from '../useNotebook.ts';

/** `onGo`: called when a heading was followed. */
export function Outline({ onGo }: { readonly onGo?: () => void }) {
  const document = useNotebook(({ open }) => open?.log.state.document);
  const headings = useMemo(
    () =>
      (document?.cells ?? []).flatMap(({ id, mode, source }) =>
        mode === 'md' ? [...source.matchAll(/^(#{1,3}) (.+)$/gm)].map(([, marks = '', text = '']) => ({ id, level: marks.length, text })) : [],
      ),
    [document],
  );
  if (headings.length < 2) return null;
  return (
    <nav className="outline" aria-label="Outline">
      <ol>
        {headings.map(({ id, level, text }) => (
          <li key={`${id} ${text}`} className={`level-${level}`}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                onGo?.();
                window.document.getElementById(`cell-${id}`)?.scrollIntoView();
              }}
            >
              {text.replaceAll(/[*_`]|\$\{[^}]*\}/g, '')}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
