// One row of the list of groups.
import type { GroupRow } from '../../audit/groupList.ts';
import { whole } from './words.ts';

interface GroupListRowProps {
  readonly id: string;
  /** Undefined until it is fetched. */
  readonly row: GroupRow | undefined;
  readonly index: number;
  /** From the top of the rows, pixels. */
  readonly offset: number;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly onChoose: (name: string) => void;
}

export function GroupListRow({ id, row, index, offset, active, chosen, onChoose }: GroupListRowProps) {
  const cells = row
    ? ([
        ['file', row.name],
        ['successes', `${whole(row.successes)} / ${whole(row.rollouts)}`],
        ['failingCalls', whole(row.failingCalls)],
        ['misassigned', whole(row.misassigned)],
        ['corrected', whole(row.corrected)],
      ] as const)
    : ([['file', '…']] as const);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot draw only some of its rows
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`audit-row ${active ? 'active' : ''}`}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => row && onChoose(row.name)}
    >
      {cells.map(([key, text]) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div key={key} role="gridcell" className={key} title={key === 'file' ? text : undefined}>
          {text}
        </div>
      ))}
    </div>
  );
}
