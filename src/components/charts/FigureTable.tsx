// The numbers that a figure draws, for those who read numbers.
import { memo } from 'react';
import { DataTable } from '../DataTable.tsx';
import type { Figure } from './figures/figure.ts';
import { tableOf } from './figures/table.ts';

export const FigureTable = memo(function FigureTable({ figure }: { readonly figure: Figure }) {
  return <DataTable label={`${figure.title}, as a table`} {...tableOf(figure)} />;
});
