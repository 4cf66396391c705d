// Numbers and reasons of an audit in words.
import type { AuditGroupDetail, AuditStep } from '../../audit/groupDetail.ts';
import type { AuditOptions } from '../../notebook/audit.ts';
import type { CreditReason } from '../../tapo/index.ts';
import { signed } from '../format.ts';

/** 102400 → "102,400" */
export function whole(n: number): string {
  return n.toLocaleString('en-GB');
}

/** 1 → "1 line", 1200 → "1,200 lines" */
export function several(n: number, noun: string): string {
  return `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** 1536 → "1.5 kB" */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`;
  const [scale, unit] = n < 1e6 ? [1e3, 'kB'] : n < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${(n / scale).toFixed(n / scale < 10 ? 1 : 0)} ${unit}`;
}

/** What happened to steps, as the name of a kind of step. */
export const REASON_NAMES: Readonly<Record<CreditReason, string>> = {
  success: 'of a successful rollout',
  neutral: 'of a rollout that nobody punishes',
  'no-call': 'no call',
  'failed-call': 'a call that failed',
  'no-witness': 'tool that no success called',
  'below-theta': 'unlike every success’s call',
  'below-alpha-min': 'like a call of too few successes',
  'too-few-successes': 'too few successes',
  transferred: 'corrected',
};

/** In a step's row: "like a success’s call, 0.82". */
export function shortReason({ reason, similarity, support }: AuditStep): string {
  const n = (x: number | null): string => (x ?? 0).toFixed(2);
  switch (reason) {
    case 'success':
    case 'neutral':
      return '';
    case 'no-call':
      return 'no call';
    case 'failed-call':
      return 'failed call';
    case 'no-witness':
      return 'no success called this';
    case 'below-theta':
      return `unlike, ${n(similarity)}`;
    case 'below-alpha-min':
      return `rare, ${n((similarity ?? 0) * (support ?? 0))}`;
    case 'too-few-successes':
      return 'too few successes';
    case 'transferred':
      return `alike, ${n(similarity)}`;
    default:
      return reason satisfies never;
  }
}

/** Why a step's advantage is what it is, with its numbers. */
export function fullReason(step: AuditStep, { clusters }: AuditGroupDetail, { theta, alphaMin, beta, clamp, support }: AuditOptions): string {
  const n = (x: number | null | undefined): string => (x ?? 0).toFixed(2);
  const confidence = (step.similarity ?? 0) * (step.support ?? 0);
  switch (step.reason) {
    case 'success':
      return 'A step of a successful rollout keeps its advantage, and its call may serve as a witness.';
    case 'neutral':
      return 'All rollouts of this group fared alike, or this one was neither better nor worse than they: there is no penalty to correct.';
    case 'no-call':
      return 'Only tool calls are corrected; this step answers, or its call could not be read.';
    case 'failed-call':
      return 'The file says that the call could not be executed: it is no candidate.';
    case 'no-witness':
      return 'No successful rollout of this group called this tool.';
    case 'below-theta':
      return `The most similar call of a success has similarity ${n(step.similarity)} < θ = ${n(theta)}: not the same action.`;
    case 'below-alpha-min':
      return `Similarity ${n(step.similarity)} · support ${n(step.support)} = ${n(confidence)} < α_min = ${n(alphaMin)}: too few successes made this call.`;
    case 'too-few-successes':
      return 'Too few rollouts of this group succeeded.';
    case 'transferred': {
      const of = step.cluster === null ? undefined : clusters[step.cluster]?.advantage;
      const transfer = confidence * (of ?? 0);
      const raised = step.advantage + beta * transfer;
      return [
        `F = sim ${n(step.similarity)} · sup ${n(step.support)}${support ? '' : ' (off)'} · Adv ${n(of)} = ${n(transfer)}`,
        `A + β·F = ${signed(step.advantage)} + ${n(beta)} · ${n(transfer)} = ${signed(raised)}`,
        clamp ? `Ã = min(0, ${signed(raised)}) = ${signed(step.corrected)}` : `Ã = ${signed(step.corrected)}`,
      ].join('\n');
    }
    default:
      return step.reason satisfies never;
  }
}
