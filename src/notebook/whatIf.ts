// What credit transfer would make of one prompt's rollouts under other options: computed in the page, at once, without training.
import { recordsOf } from '../env/outcome.ts';
import { type CreditedGroup, transferCredit } from '../tapo/index.ts';
import type { TrainConfig } from '../train/config.ts';
import type { GroupReport } from '../train/report.ts';
import { similaritiesOf } from '../train/similarities.ts';

/** The options that the page lets one play with. */
export type WhatIf = Pick<TrainConfig['credit'], 'theta' | 'alphaMin' | 'beta' | 'support' | 'clamp' | 'minSuccess' | 'text' | 'region'>;

/** What is tried after one more change; null where that is what the run has. */
export function tryOptions(credit: TrainConfig['credit'], whatIf: WhatIf | null, change: Partial<WhatIf>): WhatIf | null {
  const { theta, alphaMin, beta, support, clamp, minSuccess, text, region } = { ...credit, ...whatIf, ...change };
  const tried: WhatIf = { theta, alphaMin, beta, support, clamp, minSuccess, text, region };
  return (Object.keys(tried) as (keyof WhatIf)[]).every((key) => tried[key] === credit[key]) ? null : tried;
}

/**
 * The group credited anew. Advantages stay as they were; the library is the prompt's own, also where the run's was that of the batch.
 */
export function creditUnder(group: GroupReport, { thetaCluster, ...credit }: TrainConfig['credit']): GroupReport {
  const credited = transferCredit(
    recordsOf(group),
    group.rollouts.map(({ advantage }) => advantage),
    {
      ...credit,
      ...(thetaCluster === null ? {} : { thetaCluster }),
      ...(group.similarities ? { similarities: similaritiesOf(group.similarities) } : {}),
    },
  );
  return {
    ...group,
    clusters: credited.clusters,
    rollouts: group.rollouts.map((rollout, r) => {
      const { steps, ...whole } = credited.rollouts[r] as CreditedGroup['rollouts'][number];
      return { ...rollout, ...whole, steps: rollout.steps.map((step, s) => ({ ...step, ...steps[s] })) };
    }),
  };
}

export interface CreditCount {
  /** Executed calls of failing rollouts. */
  readonly candidates: number;
  readonly corrected: number;
  /** Mean of Ã − A over the corrected; 0 without any. */
  readonly meanShift: number;
}

export function countCredit({ rollouts }: GroupReport): CreditCount {
  const candidates = rollouts.flatMap(({ steps }) => steps.filter(({ similarity }) => similarity !== null));
  const corrected = candidates.filter(({ reason }) => reason === 'transferred');
  const shift = corrected.reduce((sum, step) => sum + step.corrected - step.advantage, 0);
  return { candidates: candidates.length, corrected: corrected.length, meanShift: corrected.length === 0 ? 0 : shift / corrected.length };
}
