// Every group of a file credited as `npx tapo audit` does: GRPO advantages, then credit transfer. What is kept is a few numbers a step, so that
// 10⁵ rollouts fit; a group's full story is computed again when it is looked at.
import {
  type CreditedGroup,
  type CreditOptions,
  type CreditReason,
  type GroupAdvantageOptions,
  groupAdvantages,
  type MisassignmentRates,
  type MisassignmentTotals,
  misassignmentTally,
  type Outcome,
  transferCredit,
} from '../tapo/index.ts';
import { HISTOGRAM_EDGES, histogram } from '../train/metrics.ts';
import type { RolloutTable, TableGroup } from './rolloutTable.ts';

/** Options of an audit in the page: those of `npx tapo audit`, with a library of each group. */
export type AuditCreditOptions = CreditOptions & GroupAdvantageOptions;

/** τ of the counts of a group. */
export const COUNTED_TAU = 0.7;

/** What stands in a group's row. */
export interface GroupCounts {
  readonly name: string;
  readonly rollouts: number;
  readonly successes: number;
  readonly failures: number;
  /** Executed calls of failing rollouts, and those of them that a successful rollout made too, at τ = 0.7. */
  readonly failingCalls: number;
  readonly misassigned: number;
  readonly corrected: number;
  /** Sum of Ã − A over the corrected steps. */
  readonly shift: number;
}

export interface AuditSummary {
  readonly rollouts: number;
  readonly groups: number;
  /** Groups with a success and a failure: only they can give credit. */
  readonly mixedGroups: number;
  readonly steps: number;
  readonly clusters: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** By failing rollouts, as the rates of `npx tapo audit --json`, and by every incorrect one. */
  readonly failing: { readonly rates: MisassignmentRates; readonly counts: MisassignmentTotals };
  readonly incorrect: { readonly rates: MisassignmentRates; readonly counts: MisassignmentTotals };
  /** Steps by advantage, in the bins of train/metrics.ts; groups whose rollouts all fared alike are left out. */
  readonly histogram: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Steps by what happened to their advantage, the most frequent first. */
  readonly reasons: readonly (readonly [CreditReason, number])[];
  readonly corrected: number;
  /** Mean of Ã − A over the corrected steps; 0 without any. */
  readonly meanShift: number;
}

export interface CreditTable {
  readonly options: AuditCreditOptions;
  readonly summary: AuditSummary;
  /** In the order of the table's groups. */
  readonly groups: readonly GroupCounts[];
  /** A, by index of the rollout. */
  readonly advantage: Float64Array; // [rollouts]
  /** Ã, and index in REASONS, by index of the step. */
  readonly corrected: Float64Array; // [steps]
  readonly reason: Uint8Array; // [steps]
}

export const REASONS: readonly CreditReason[] = [
  'success',
  'neutral',
  'no-call',
  'failed-call',
  'no-witness',
  'below-theta',
  'below-alpha-min',
  'too-few-successes',
  'transferred',
];

/** One group, as `npx tapo audit` credits it. */
export function creditGroup({ rollouts }: TableGroup, options: AuditCreditOptions): CreditedGroup {
  const rewards = rollouts.map(({ reward }) => reward);
  return transferCredit(rollouts, groupAdvantages(rewards, options), options);
}

/** Credits every group. `onGroup` is asked after each whether to go on; null where it said no. */
export async function creditTable(
  table: RolloutTable,
  options: AuditCreditOptions,
  onGroup: (done: number) => boolean | Promise<boolean>,
): Promise<CreditTable | null> {
  const advantage = new Float64Array(table.rollouts);
  const corrected = new Float64Array(table.steps);
  const reason = new Uint8Array(table.steps);
  const groups: GroupCounts[] = [];
  const tallies = { failing: misassignmentTally({ of: 'failing' }), incorrect: misassignmentTally({ of: 'incorrect' }) };
  const bins = { before: HISTOGRAM_EDGES.slice(1).map(() => 0), after: HISTOGRAM_EDGES.slice(1).map(() => 0) };
  let clusters = 0;

  for (const group of table.groups) {
    const credited = creditGroup(group, options);
    credited.rollouts.forEach((rollout, r) => {
      const index = group.indices[r] as number;
      const first = table.firstStep[index] as number;
      advantage[index] = rollout.advantage;
      rollout.steps.forEach((step, s) => {
        corrected[first + s] = step.corrected;
        reason[first + s] = REASONS.indexOf(step.reason);
      });
    });
    clusters += credited.clusters.length;
    tallies.failing.add(credited);
    tallies.incorrect.add(credited);
    addToBins(bins, credited);
    groups.push(countsOf(credited));
    const goOn = onGroup(groups.length);
    if (!(typeof goOn === 'boolean' ? goOn : await goOn)) return null;
  }

  const sum = (of: (counts: GroupCounts) => number): number => groups.reduce((total, counts) => total + of(counts), 0);
  const [successes, failures] = [sum((g) => g.successes), sum((g) => g.failures)];
  const moved = sum((g) => g.corrected);
  const summary: AuditSummary = {
    rollouts: table.rollouts,
    groups: groups.length,
    mixedGroups: groups.filter((g) => g.successes > 0 && g.failures > 0).length,
    steps: table.steps,
    clusters,
    outcomes: { success: successes, failure: failures, neutral: table.rollouts - successes - failures },
    failing: { rates: tallies.failing.rates(), counts: tallies.failing.counts() },
    incorrect: { rates: tallies.incorrect.rates(), counts: tallies.incorrect.counts() },
    histogram: bins,
    reasons: countedReasons(reason),
    corrected: moved,
    meanShift: moved === 0 ? 0 : sum((g) => g.shift) / moved,
  };
  return { options, summary, groups, advantage, corrected, reason };
}

function countsOf({ group, rollouts }: CreditedGroup): GroupCounts {
  const failing = rollouts.filter(({ outcome }) => outcome === 'failure').flatMap(({ steps }) => steps.filter((step) => step.witnessSimilarity !== null));
  const moved = failing.filter((step) => step.reason === 'transferred');
  return {
    name: group,
    rollouts: rollouts.length,
    successes: rollouts.filter(({ outcome }) => outcome === 'success').length,
    failures: rollouts.filter(({ outcome }) => outcome === 'failure').length,
    failingCalls: failing.length,
    misassigned: failing.filter(({ witnessSimilarity }) => (witnessSimilarity ?? 0) >= COUNTED_TAU).length,
    corrected: moved.length,
    shift: moved.reduce((total, step) => total + step.corrected - step.advantage, 0),
  };
}

function addToBins(bins: { before: number[]; after: number[] }, { rollouts }: CreditedGroup): void {
  if (rollouts.every(({ advantage }) => advantage === 0)) return;
  const steps = rollouts.flatMap((rollout) => rollout.steps);
  const add = (to: number[], values: readonly number[]): void =>
    histogram(values).forEach((count, bin) => {
      to[bin] = (to[bin] as number) + count;
    });
  add(
    bins.before,
    steps.map((step) => step.advantage),
  );
  add(
    bins.after,
    steps.map((step) => step.corrected),
  );
}

function countedReasons(codes: Uint8Array): [CreditReason, number][] {
  const counts = REASONS.map(() => 0);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return REASONS.map((reason, code): [CreditReason, number] => [reason, counts[code] as number])
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
}
