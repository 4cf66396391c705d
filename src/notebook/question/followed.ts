// One question through training: what its rollouts came to at each update that looked at it.
import type { GroupReport } from '../../train/report.ts';
import type { RunState } from '../runs.ts';
import { countCredit } from '../whatIf.ts';

export interface QuestionPoint {
  readonly update: number;
  readonly group: GroupReport;
  /** Share of the rollouts that are right. */
  readonly success: number;
  readonly reward: number;
  /** Share of the failing rollouts' calls that are corrected; null where there are none. */
  readonly corrected: number | null;
  /** Calls a rollout, by the tool's name. */
  readonly calls: Readonly<Record<string, number>>;
}

export interface FollowedQuestion {
  readonly question: string;
  readonly points: readonly QuestionPoint[];
}

export interface FollowedQuestions {
  /** probes: the same questions each time · groups: the run has no probes, so each update shows another question. */
  readonly source: 'probes' | 'groups';
  readonly questions: readonly FollowedQuestion[];
  /** Names of the tools that are called anywhere, in the order met. */
  readonly tools: readonly string[];
}

export function followedQuestions({ probes, groups }: Pick<RunState, 'probes' | 'groups'>): FollowedQuestions {
  const source = probes.length > 0 ? 'probes' : 'groups';
  const updates = probes.length > 0 ? probes : groups;
  const count = Math.max(0, ...updates.map((each) => each.groups.length));
  const questions = Array.from({ length: count }, (_, index): FollowedQuestion => {
    const points = updates.flatMap(({ update, groups: told }) => (told[index] ? [pointOf(update, told[index])] : []));
    return { question: points[0]?.group.task.question ?? '', points };
  });
  const tools = new Set(questions.flatMap(({ points }) => points.flatMap(({ calls }) => Object.keys(calls))));
  return { source, questions, tools: [...tools] };
}

function pointOf(update: number, group: GroupReport): QuestionPoint {
  const { rollouts } = group;
  const share = (total: number): number => (rollouts.length === 0 ? 0 : total / rollouts.length);
  const { candidates, corrected } = countCredit(group);
  const calls: Record<string, number> = {};
  for (const { action } of rollouts.flatMap(({ steps }) => steps)) if (action.kind === 'call') calls[action.tool] = (calls[action.tool] ?? 0) + share(1);
  return {
    update,
    group,
    success: share(rollouts.filter(({ correct }) => correct).length),
    reward: share(rollouts.reduce((sum, { reward }) => sum + reward, 0)),
    corrected: candidates === 0 ? null : corrected / candidates,
    calls,
  };
}

/** Index of the point of an update: that of the newest one not after it, the last where `update` is null. −1 without points. */
export function pointAt({ points }: FollowedQuestion, update: number | null): number {
  if (update === null) return points.length - 1;
  const at = points.findLastIndex((point) => point.update <= update);
  return at < 0 ? Math.min(0, points.length - 1) : at;
}
