// The library's table: columns that sort, a box that chooses all, a row a run.
import type { RunRecord } from '../../notebook/runLibrary/runLibrary.ts';
import type { LibraryQuery, RecordOrder } from '../../notebook/runLibrary/shownRecords.ts';
import { type RecordIntents, RecordRow } from './RecordRow.tsx';

interface RecordTableProps extends RecordIntents {
  readonly records: readonly RunRecord[];
  readonly query: LibraryQuery;
  readonly onQuery: (change: Partial<LibraryQuery>) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], chosen: boolean) => void;
}

const COLUMNS: readonly { readonly title: string; readonly order: RecordOrder | null; readonly descending?: boolean }[] = [
  { title: 'Name', order: 'name' },
  { title: 'Changes', order: null },
  { title: 'Update', order: 'update', descending: true },
  { title: 'Validation', order: 'validation', descending: true },
  { title: 'Machine', order: 'machine' },
  { title: 'Date', order: 'date', descending: true },
];

export function RecordTable({ records, query, onQuery, chosen, onChoose, ...intents }: RecordTableProps) {
  const all = records.length > 0 && records.every(({ id }) => chosen.has(id));
  return (
    <table className="library-table">
      <caption className="unseen">{query.deleted ? 'Deleted runs' : 'Runs that are kept'}</caption>
      <thead>
        <tr>
          <td className="library-box">
            {!query.deleted && (
              <input
                type="checkbox"
                aria-label="Choose all runs that are shown"
                checked={all}
                onChange={(event) =>
                  onChoose(
                    records.map(({ id }) => id),
                    event.target.checked,
                  )
                }
              />
            )}
          </td>
          {COLUMNS.map(({ title, order, descending = false }) => (
            <th scope="col" key={title} aria-sort={order !== query.order ? undefined : query.descending ? 'descending' : 'ascending'}>
              {order === null ? (
                title
              ) : (
                <button
                  type="button"
                  className="library-sort"
                  onClick={() => onQuery(order === query.order ? { descending: !query.descending } : { order, descending })}
                >
                  {title}
                  <span aria-hidden="true">{order !== query.order ? '' : query.descending ? ' ↓' : ' ↑'}</span>
                </button>
              )}
            </th>
          ))}
          <td>
            <span className="unseen">what can be done</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <RecordRow
            key={record.id}
            record={record}
            chosen={chosen.has(record.id)}
            onChoose={(value) => onChoose([record.id], value)}
            onFilter={(tag) => onQuery({ tag })}
            {...intents}
          />
        ))}
      </tbody>
    </table>
  );
}
