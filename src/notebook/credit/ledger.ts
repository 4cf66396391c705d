// The credit ledger: what the steps of each rollout were charged before credit transfer and after it.
import type { GroupReport, RolloutReport } from '../../train/report.ts';

export interface LedgerLine {
  /** Sum of the steps' advantages A. */
  readonly before: number;
  /** Sum of the corrected ones, Ã. */
  readonly after: number;
  /** after − before: what was given back. */
  readonly difference: number;
}

export interface Ledger {
  /** One line a rollout, in order. */
  readonly lines: readonly LedgerLine[];
  readonly total: LedgerLine;
}

/** The sums are over steps: a step counts once, however many tokens it has. */
export function ledgerOf({ rollouts }: GroupReport): Ledger {
  const lines = rollouts.map(lineOf);
  const sum = (key: keyof LedgerLine): number => lines.reduce((total, line) => total + line[key], 0);
  return { lines, total: { before: sum('before'), after: sum('after'), difference: sum('difference') } };
}

function lineOf({ steps }: RolloutReport): LedgerLine {
  const before = steps.reduce((sum, { advantage }) => sum + advantage, 0);
  const after = steps.reduce((sum, { corrected }) => sum + corrected, 0);
  return { before, after, difference: after - before };
}
