// Why a step was left alone, short enough for its row.
import type { StepReport } from '../../train/report.ts';
import { two } from './storyParts.ts';
import type { CreditOptionsShown } from './terms.ts';

/** Null where it was corrected or there is nothing to say. */
export function shortReason(step: StepReport, credit: CreditOptionsShown, successes: number): string | null {
  switch (step.reason) {
    case 'below-theta':
      return `${two(step.similarity)} < θ ${two(credit.theta)}`;
    case 'below-alpha-min':
      return `${two((step.similarity ?? 0) * (step.support ?? 0))} < α ${two(credit.alphaMin)}`;
    case 'too-few-successes':
      return `${successes} < ${credit.minSuccess} successes`;
    case 'no-witness':
      return 'no witness';
    case 'failed-call':
      return 'failed call';
    case 'no-call':
      return 'no call';
    case 'success':
    case 'neutral':
    case 'transferred':
      return null;
    default:
      return step.reason satisfies never;
  }
}
