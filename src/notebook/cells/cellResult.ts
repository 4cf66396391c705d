// What an evaluation says of a cell.
import type { CellValue } from './cellValue.ts';

export type CellResult =
  | {
      readonly kind: 'ok';
      /** What it shows: displayed values in order, then its own. */
      readonly values: readonly CellValue[];
      /** Names that it declares for other cells. */
      readonly defines: readonly string[];
      /** Names of other cells that it uses. */
      readonly uses: readonly string[];
      /** Keys of the runs whose data it read, or that it shows. */
      readonly usesRuns: readonly string[];
      /** Those of `defines` that are rewards, for `train({ reward })`. */
      readonly rewards: readonly string[];
    }
  | {
      readonly kind: 'error';
      readonly message: string;
      /** Line of the cell, from 1; null where it is not known. */
      readonly line: number | null;
    };
