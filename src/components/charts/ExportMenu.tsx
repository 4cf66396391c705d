// What can be saved of a figure.
import { type RefObject, useRef, useState } from 'react';
import type { Figure } from './figures/figure.ts';
import type { Geometry } from './geometry.ts';
import { IconButton } from './IconButton.tsx';
import { type FileKind, saveFigure } from './saveFigure.ts';

const FILES: readonly (readonly [kind: FileKind, words: string])[] = [
  ['csv', 'CSV: the numbers drawn'],
  ['svg', 'SVG: the picture'],
  ['png', 'PNG: the picture, twice the size'],
];

interface ExportMenuProps {
  readonly figure: Figure;
  readonly geometry: Geometry;
  readonly plot: RefObject<Element | null>;
}

export function ExportMenu({ figure, geometry, plot }: ExportMenuProps) {
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const save = (kind: FileKind): void => {
    setOpen(false);
    setFault(null);
    saveFigure(kind, figure, geometry, plot.current).catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its buttons let through
    <div
      className="export"
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && setOpen(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <IconButton name="save" opener={opener} expanded={open} onPress={() => setOpen(!open)} />
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a press keeps the focus where it is, or the menu would close under it
        <div className="export-files" onMouseDown={(event) => event.preventDefault()}>
          {FILES.map(([kind, words]) => (
            <button type="button" key={kind} onClick={() => save(kind)}>
              {words}
            </button>
          ))}
        </div>
      )}
      {fault && (
        <p className="hint fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
