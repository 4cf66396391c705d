// A run's metrics as a table: what every export of them is written from.
import { METRICS, type MetricRecord } from '../../train/metrics.ts';

export interface MetricTable {
  /** `update` first, then in the order of train/metrics.ts, then what else there is, by name. */
  readonly columns: readonly string[];
  /** One row an update; undefined where the update has no value. */
  readonly rows: readonly (readonly (number | undefined)[])[];
}

export function metricTable(records: readonly MetricRecord[]): MetricTable {
  const present = new Set(records.flatMap(Object.keys));
  const listed = METRICS.map(({ name }) => name).filter((name) => present.has(name));
  const others = [...present].filter((name) => name !== 'update' && !listed.includes(name)).sort();
  const columns = ['update', ...listed, ...others];
  return { columns, rows: records.map((record) => columns.map((name) => record[name])) };
}
