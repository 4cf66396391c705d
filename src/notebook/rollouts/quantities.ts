// What tokens can be tinted by: one number a token, and the scale that turns it into a tint.
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';

export const QUANTITIES = ['advantage', 'before', 'after', 'difference', 'logProb', 'entropy', 'ratio'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Quantities of a run with this credit rule: where nothing is transferred, there is one advantage. */
export function quantitiesOf(rule: TrainConfig['credit']['rule']): readonly Quantity[] {
  return QUANTITIES.filter((each) => (rule === 'tapo' ? each !== 'advantage' : !TRANSFER.has(each)));
}

const TRANSFER: ReadonlySet<Quantity> = new Set(['before', 'after', 'difference']);

/** What tokens are tinted by at first: the advantage that the policy learned from. */
export function firstQuantity(rule: TrainConfig['credit']['rule']): Quantity {
  return rule === 'tapo' ? 'after' : 'advantage';
}

export interface QuantityWords {
  readonly label: string;
  readonly unit: string;
  /** diverging: has a middle that means nothing happened · sequential: from nothing to much. */
  readonly scale: 'diverging' | 'sequential';
}

export const QUANTITY_WORDS: Readonly<Record<Quantity, QuantityWords>> = {
  advantage: { label: 'advantage', unit: '', scale: 'diverging' },
  before: { label: 'advantage before', unit: '', scale: 'diverging' },
  after: { label: 'advantage after', unit: '', scale: 'diverging' },
  difference: { label: 'difference', unit: '', scale: 'diverging' },
  logProb: { label: 'log-probability', unit: 'nats', scale: 'sequential' },
  entropy: { label: 'entropy', unit: 'nats', scale: 'sequential' },
  ratio: { label: 'ratio π/π_old', unit: '', scale: 'diverging' },
};

/** The advantage of a step where nothing is transferred: its own, where the rule gives it one (older recordings lack it), else the rollout's. */
export function learnedFrom({ advantage, stepAdvantage = advantage }: Pick<StepReport, 'advantage' | 'stepAdvantage'>): number {
  return stepAdvantage;
}

/**
 * The number of a step's token; null where it was not recorded. With the span `call` only the tokens from the call on get Ã.
 */
export function tokenValue(step: StepReport, token: number, quantity: Quantity, span: TrainConfig['credit']['span']): number | null {
  const from = span === 'call' && step.action.kind === 'call' ? step.action.start : 0;
  const after = token >= from ? step.corrected : step.advantage;
  switch (quantity) {
    case 'advantage':
      return learnedFrom(step);
    case 'before':
      return step.advantage;
    case 'after':
      return after;
    case 'difference':
      return after - step.advantage;
    case 'logProb':
      return step.logProbs?.[token] ?? null;
    case 'entropy':
      return step.entropies?.[token] ?? null;
    case 'ratio':
      return step.ratios?.[token] ?? null;
    default:
      return quantity satisfies never;
  }
}

/** Whether any step of the group has the quantity: older recordings lack some. */
export function hasQuantity({ rollouts }: GroupReport, quantity: Quantity): boolean {
  return rollouts.some(({ steps }) => steps.some((step) => step.words.length > 0 && tokenValue(step, 0, quantity, 'step') !== null));
}

/** Tints on each side of a scale's middle, or from nothing to most. */
export const LEVELS = 4;

export interface TintScale {
  readonly quantity: Quantity;
  /** The distance from the middle at which the tint is deepest: of an advantage, a log-probability or an entropy, and of the logarithm of a ratio. */
  readonly most: number;
}

/** The scale of a group: all advantages share one, so that before, after and difference can be compared. */
export function scaleOf({ rollouts }: GroupReport, quantity: Quantity): TintScale {
  const steps = rollouts.flatMap((rollout) => rollout.steps);
  const greatest = (values: Iterable<number>): number => {
    let most = 0;
    for (const value of values) most = Math.max(most, Math.abs(value));
    return most === 0 ? 1 : most;
  };
  switch (quantity) {
    case 'advantage':
      return { quantity, most: greatest(steps.map(learnedFrom)) };
    case 'before':
    case 'after':
    case 'difference':
      return { quantity, most: greatest(steps.flatMap(({ advantage, corrected }) => [advantage, corrected])) };
    case 'logProb':
      return { quantity, most: greatest(steps.flatMap(({ logProbs }) => logProbs ?? [])) };
    case 'entropy':
      return { quantity, most: greatest(steps.flatMap(({ entropies }) => entropies ?? [])) };
    case 'ratio':
      return { quantity, most: greatest(steps.flatMap(({ ratios }) => (ratios ?? []).map(Math.log))) };
    default:
      return quantity satisfies never;
  }
}

/** −4 to 4 on a diverging scale, 0 to 4 on a sequential one; 0 where there is no value, or none to speak of. */
export function tintOf(value: number | null, { quantity, most }: TintScale): number {
  if (value === null) return 0;
  const distance = distanceOf(value, quantity);
  const share = Math.min(1, Math.abs(distance) / most);
  if (share < 1 / 200) return 0;
  const level = Math.max(1, Math.ceil(share * LEVELS - 1e-9));
  return QUANTITY_WORDS[quantity].scale === 'sequential' || distance > 0 ? level : -level;
}

/** The values between which a tint is given, for the legend: [least, greatest] of the level. */
export function boundsOf(level: number, { quantity, most }: TintScale): readonly [number, number] {
  const far = (most * Math.abs(level)) / LEVELS;
  const near = Math.max(0, (most * (Math.abs(level) - 1)) / LEVELS);
  const sign = quantity === 'logProb' ? -1 : Math.sign(level);
  const ends: readonly [number, number] = sign < 0 ? [-far, -near] : [near, far];
  return quantity === 'ratio' ? [Math.exp(ends[0]), Math.exp(ends[1])] : ends;
}

function distanceOf(value: number, quantity: Quantity): number {
  return quantity === 'ratio' ? Math.log(value) : value;
}

export interface TopToken {
  readonly place: readonly [rollout: number, step: number];
  readonly token: number;
  readonly word: string;
  readonly value: number;
}

/** The tokens that stand out most, the farthest from the middle first; equal ones in their order. */
export function topTokens({ rollouts }: GroupReport, quantity: Quantity, span: TrainConfig['credit']['span'], limit = 20): TopToken[] {
  const all = rollouts.flatMap(({ steps }, r) =>
    steps.flatMap((step, s) =>
      step.words.flatMap((word, token): TopToken[] => {
        const value = tokenValue(step, token, quantity, span);
        return value === null ? [] : [{ place: [r, s], token, word, value }];
      }),
    ),
  );
  return all
    .map((entry, order) => ({ entry, order, distance: Math.abs(distanceOf(entry.value, quantity)) }))
    .sort((a, b) => b.distance - a.distance || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** Tokens of a group. */
export function tokenCount({ rollouts }: GroupReport): number {
  return rollouts.reduce((sum, { steps }) => sum + steps.reduce((tokens, { words }) => tokens + words.length, 0), 0);
}
