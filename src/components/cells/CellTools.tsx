// The small tools at a cell's edge: edit, add, move, delete. They show when the cell is looked at.
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { useLesson } from '../useLesson.ts';
import { useActions } from '../useNotebook.ts';

export function CellTools({ cell: { id, mode, pinned }, number }: { readonly cell: Cell; readonly number: number }) {
  const actions = useActions();
  if (useLesson('cells') !== 'free') return null;
  const tool = (label: string, glyph: string, act: () => void) => (
    <button type="button" className="tool" title={`${label} cell ${number}`} aria-label={`${label} cell ${number}`} onClick={act}>
      {glyph}
    </button>
  );
  return (
    <div className="cell-tools" role="toolbar" aria-label={`Tools of cell ${number}`}>
      {tool('Edit', '✎', () => actions.editCell(id))}
      {mode !== 'md' && tool(pinned ? 'Hide the code of' : 'Show the code of', '{ }', () => actions.change([{ kind: 'setPinned', id, pinned: !pinned }]))}
      {tool('Add text below', '¶+', () => actions.insertBelow(id, 'md'))}
      {tool('Add code below', '{}+', () => actions.insertBelow(id, 'js'))}
      {tool('Move up', '↑', () => actions.move(id, -1))}
      {tool('Move down', '↓', () => actions.move(id, 1))}
      {tool('Copy a link to', '§', () => void actions.copyLink({ cell: id }))}
      {tool('Delete', '✕', () => actions.remove(id))}
    </div>
  );
}
