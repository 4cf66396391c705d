// Steps in words.
import type { GroupReport, StepReport } from '../../train/report.ts';
import { signed } from '../format.ts';

/** "zoom 333 0 667 333", "text search: capital France", "answer: Paris". */
export function shortCall({ action, words }: Pick<StepReport, 'action' | 'words'>): string {
  switch (action.kind) {
    case 'answer':
      return `answer: ${action.text || '(nothing)'}`;
    case 'malformed':
      return `unreadable: ${words.slice(0, 8).join(' ')}`;
    case 'call': {
      const { bbox_2d: box, query, img_idx: image } = action.arguments as { bbox_2d?: readonly number[]; query?: string; img_idx?: number };
      if (action.toolKind === 'region') return `zoom ${box?.join(' ') ?? ''}${image ? ` in image ${image}` : ''}`;
      if (action.toolKind === 'image') return 'image search';
      return action.toolKind === 'text' ? `text search: ${query ?? ''}` : action.tool;
    }
    default:
      return action satisfies never;
  }
}

export function thoughtOf({ words }: Pick<StepReport, 'words'>): string {
  const end = words.indexOf('</think>');
  return words[0] === '<think>' && end > 1 ? words.slice(1, end).join(' ') : '';
}

/** Where a rollout of a group stands, by its id. */
export function rolloutIndex(group: GroupReport, id: string): number {
  return group.rollouts.findIndex((rollout) => rollout.rollout === id);
}

/** Why a step's advantage is what it is, with its numbers. */
export function explain(
  group: GroupReport,
  step: StepReport,
  { theta, alphaMin, beta, clamp, minSuccess }: { theta: number; alphaMin: number; beta: number; clamp: boolean; minSuccess: number },
): string {
  const n = (x: number | null | undefined): string => (x ?? 0).toFixed(2);
  const cluster = step.cluster === null ? null : group.clusters[step.cluster];
  const confidence = (step.similarity ?? 0) * (step.support ?? 0);
  switch (step.reason) {
    case 'success':
      return 'A step of a successful rollout: it keeps its advantage, and may serve as a witness.';
    case 'neutral':
      return 'All rollouts of this prompt fared alike, or this one was neither better nor worse: nobody is punished, nothing to correct.';
    case 'no-call':
      return 'No tool call (an answer, or a turn that could not be read): only tool calls are corrected.';
    case 'failed-call':
      return 'The call could not be carried out, by the policy’s own fault: it is no candidate.';
    case 'no-witness':
      return 'No successful rollout of this prompt called this tool: there is no witness.';
    case 'below-theta':
      return `The most similar successful call has similarity ${n(step.similarity)} < θ = ${n(theta)}: not the same action.`;
    case 'below-alpha-min':
      return `Similarity ${n(step.similarity)} · support ${n(step.support)} = ${n(confidence)} < α_min = ${n(alphaMin)}: too few successes made this call.`;
    case 'too-few-successes':
      return `Fewer than ${minSuccess} rollouts succeeded: the evidence is too thin.`;
    case 'transferred': {
      const transfer = confidence * (cluster?.advantage ?? 0);
      const raised = step.advantage + beta * transfer;
      return [
        `F = sim ${n(step.similarity)} · sup ${n(step.support)} · Adv ${n(cluster?.advantage)} = ${n(transfer)}`,
        `A + β·F = ${signed(step.advantage)} + ${n(beta)} · ${n(transfer)} = ${signed(raised)}`,
        clamp ? `Ã = min(0, ${signed(raised)}) = ${signed(step.corrected)}` : `Ã = ${signed(step.corrected)}`,
      ].join('\n');
    }
    default:
      return step.reason satisfies never;
  }
}
