// Which rollouts of a group are shown, in which order, and which of their steps were asked for.
import type { CreditReason, Outcome } from '../../tapo/index.ts';
import type { GroupReport, RolloutReport, StepReport } from '../../train/report.ts';

export interface RolloutFilter {
  /** Empty: any. */
  readonly outcome: Outcome | '';
  readonly reason: CreditReason | '';
  /** Name of the tool that was called. */
  readonly tool: string;
  /** Looked for in what was written and in what tools answered; case does not matter. */
  readonly text: string;
}

export const NO_FILTER: RolloutFilter = { outcome: '', reason: '', tool: '', text: '' };

export const SORTS = ['order', 'reward', 'advantage', 'corrected'] as const;
export type Sort = (typeof SORTS)[number];

export interface ArrangedRollout {
  /** Its place in the group. */
  readonly index: number;
  /** Steps that the filter asked for; null while it asks for no step. */
  readonly matches: ReadonlySet<number> | null;
}

/** `sort`: as rolled out · greatest reward first · greatest advantage first · most given back first. Equal ones stay in their order. */
export function arrangeRollouts({ rollouts }: GroupReport, filter: RolloutFilter, sort: Sort): ArrangedRollout[] {
  const asksForSteps = filter.reason !== '' || filter.tool !== '' || filter.text.trim() !== '';
  const kept = rollouts.flatMap((rollout, index): ArrangedRollout[] => {
    if (filter.outcome !== '' && rollout.outcome !== filter.outcome) return [];
    if (!asksForSteps) return [{ index, matches: null }];
    const matches = new Set(rollout.steps.flatMap((step, s) => (isWanted(step, filter) ? [s] : [])));
    return matches.size === 0 ? [] : [{ index, matches }];
  });
  if (sort === 'order') return kept;
  const weight = ({ index }: ArrangedRollout): number => weightOf(rollouts[index] as RolloutReport, sort);
  return kept.sort((a, b) => weight(b) - weight(a) || a.index - b.index);
}

/** Names of the tools that the group's rollouts called, in the order met. */
export function toolsOf({ rollouts }: GroupReport): string[] {
  return [...new Set(rollouts.flatMap(({ steps }) => steps.flatMap(({ action }) => (action.kind === 'call' ? [action.tool] : []))))];
}

/** Reasons that steps of the group have, in the order met. */
export function reasonsOf({ rollouts }: GroupReport): CreditReason[] {
  return [...new Set(rollouts.flatMap(({ steps }) => steps.map(({ reason }) => reason)))];
}

function isWanted(step: StepReport, { reason, tool, text }: RolloutFilter): boolean {
  if (reason !== '' && step.reason !== reason) return false;
  if (tool !== '' && !(step.action.kind === 'call' && step.action.tool === tool)) return false;
  return textOf(step).includes(text.trim().toLowerCase());
}

function textOf({ words, observation }: StepReport): string {
  const answered =
    observation?.kind === 'titles'
      ? observation.results.map(({ title }) => title)
      : observation?.kind === 'documents'
        ? observation.results.map(({ text }) => text)
        : observation?.kind === 'error'
          ? [observation.message]
          : [];
  return [words.join(' '), ...answered].join('\n').toLowerCase();
}

function weightOf({ reward, advantage, steps }: RolloutReport, sort: Exclude<Sort, 'order'>): number {
  switch (sort) {
    case 'reward':
      return reward;
    case 'advantage':
      return advantage;
    case 'corrected':
      return steps.reduce((sum, step) => sum + step.corrected - step.advantage, 0);
    default:
      return sort satisfies never;
  }
}
