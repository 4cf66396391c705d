// A run's metrics as files: CSV for a spreadsheet, JSON lines as the command line writes them, Parquet for data tools.
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { MetricRecord } from '../../train/metrics.ts';
import { writeCsv } from './csv.ts';
import { metricTable } from './metricTable.ts';

/** One line an update. */
export function metricsCsv(records: readonly MetricRecord[]): string {
  const { columns, rows } = metricTable(records);
  return writeCsv(columns, rows);
}

/** One JSON object an update, as `npx tapo train` writes metrics.jsonl; JSON has no NaN or infinity, so that these become null. */
export function metricsJsonl(records: readonly MetricRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** One row an update: `update` an INT32, the others DOUBLE, null where an update has no value. */
export function metricsParquet(records: readonly MetricRecord[]): Uint8Array<ArrayBuffer> {
  const { columns, rows } = metricTable(records);
  const buffer = parquetWriteBuffer({
    columnData: columns.map((name, column) => ({
      name,
      data: rows.map((row) => row[column]),
      type: name === 'update' ? ('INT32' as const) : ('DOUBLE' as const),
      nullable: name !== 'update',
    })),
  });
  return new Uint8Array(buffer);
}
