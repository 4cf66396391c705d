// What a code cell came to: text, a table, a chart, a view; or why it came to nothing.
import { lazy, Suspense } from 'react';
import type { CellResult } from '../../notebook/cells/cellResult.ts';
import type { CellValue } from '../../notebook/cells/cellValue.ts';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { PredictCard } from './PredictCard.tsx';
import { TourCard } from './TourCard.tsx';
import { ValueTable } from './ValueTable.tsx';
import { ViewOutput } from './ViewOutput.tsx';

const ChartFromDescription = lazy(() => import('../charts/ChartFromDescription.tsx').then(({ ChartFromDescription }) => ({ default: ChartFromDescription })));

export function CellOutput({ cell, result }: { readonly cell: Cell; readonly result: CellResult | undefined }) {
  if (cell.mode !== 'js') return <p className="hint">A cell of mode “{cell.mode}”: this page keeps it as it is, and Notebook Kit’s own tools run it.</p>;
  if (!result) return <p className="hint coming">…</p>;
  if (result.kind === 'error')
    return (
      <p className="note bad" role="alert">
        {result.message}
      </p>
    );
  if (cell.hidden) return null;
  return result.values.map((value, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a value is its place in the cell
    <Output key={i} cell={cell} index={i} value={value} />
  ));
}

function Output({ cell, index, value }: { readonly cell: Cell; readonly index: number; readonly value: CellValue }) {
  switch (value.kind) {
    case 'nothing':
      return null;
    case 'text':
      return <pre className="value">{value.text}</pre>;
    case 'table':
      return <ValueTable columns={value.columns} rows={value.rows} label={`Value of cell ${cell.id}`} />;
    case 'chart':
      return (
        <Suspense fallback={<p className="loading">Loading the chart…</p>}>
          <ChartFromDescription chart={value.chart} />
        </Suspense>
      );
    case 'view':
      return <ViewOutput cell={cell} view={value.view} />;
    case 'prediction':
      return <PredictCard id={`${cell.id}/${index}`} prediction={value.prediction} />;
    case 'tour':
      return <TourCard tour={value.tour} />;
    default:
      return value satisfies never;
  }
}
