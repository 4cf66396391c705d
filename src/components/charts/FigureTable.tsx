// The numbers that a figure draws, for those who read numbers.
import { memo } from 'react';
import type { Figure } from './figures/figure.ts';
import { tableOf } from './figures/table.ts';

export const FigureTable = memo(function FigureTable({ figure }: { readonly figure: Figure }) {
  const { columns, rows } = tableOf(figure);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by the keys that scroll it
    <section className="table" aria-label={`${figure.title}, as a table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may say the same, and none has a state to keep
            <tr key={at}>
              {row.map((cell, i) => (
                <td key={columns[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
