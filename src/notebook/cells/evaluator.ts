// placeholder types until the engine is merged
import type { CellValue } from './cellValue.ts';
export type CellResult =
  | {
      readonly kind: 'ok';
      readonly values: readonly CellValue[];
      readonly defines: readonly string[];
      readonly uses: readonly string[];
      readonly usesRuns: readonly string[];
    }
  | { readonly kind: 'error'; readonly message: string; readonly line: number | null };
export interface RunData {
  readonly key: string;
}
export interface Evaluator {
  evaluate(cells: readonly { readonly id: number; readonly source: string }[], runs: readonly RunData[]): Promise<ReadonlyMap<number, CellResult>>;
}
