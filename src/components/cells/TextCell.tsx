// A cell of text: Markdown with formulas, live numbers, and terms that explain themselves.
import { useEffect, useRef } from 'react';
import type { CellResult } from '../../notebook/cells/cellResult.ts';
import { fillText } from '../../notebook/cells/textCell.ts';

interface TextCellProps {
  readonly source: string;
  /** The values of its expressions; undefined before they are known. */
  readonly result: CellResult | undefined;
}

export function TextCell({ source, result }: TextCellProps) {
  const frame = useRef<HTMLDivElement>(null);
  const text = fillText(source, textsOf(result));
  useEffect(() => {
    let current = true;
    void Promise.all([import('./markdown.ts'), import('./terms.ts')]).then(([{ renderMarkdown }, { markTerms }]) => {
      if (!current || !frame.current) return;
      const fragment = renderMarkdown(text);
      markTerms(fragment);
      frame.current.replaceChildren(fragment);
    });
    return () => {
      current = false;
    };
  }, [text]);
  return (
    <>
      <div className="prose" ref={frame} />
      {result?.kind === 'error' && <p className="note bad">{result.message}</p>}
      {source.trim() === '' && <p className="hint">Empty text. Enter edits it.</p>}
    </>
  );
}

function textsOf(result: CellResult | undefined): readonly string[] | null {
  const value = result?.kind === 'ok' ? result.values[0] : undefined;
  if (value?.kind !== 'text') return null;
  try {
    return JSON.parse(value.text) as readonly string[];
  } catch {
    return null;
  }
}
