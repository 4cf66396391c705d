// What each term of the formula is, in one sentence with this step's numbers, and how sure we are of it.

import { mean, standardDeviation } from '../../train/metrics.ts';
import type { Evidence } from '../../train/options/evidence.ts';
import type { GroupReport, StepReport } from '../../train/report.ts';
import { memberPlaces, type Place, stepAt, witnessPlace } from '../rollouts/places.ts';
import { two } from './storyParts.ts';
import { type CreditOptionsShown, type Term, type TermValues, termValues } from './terms.ts';

export interface TermWords {
  /** "similarity", for those who do not see the symbol. */
  readonly name: string;
  /** One sentence with the numbers of the step. */
  readonly meaning: string;
  readonly tag: Evidence;
}

/** `used`: the run learns from corrected advantages. */
export function termWords(term: Term, group: GroupReport, place: Place, credit: CreditOptionsShown, used: boolean): TermWords {
  const step = stepAt(group, place) as StepReport;
  const values = termValues(group, step, credit);
  return { name: TERM_NAMES[term], tag: TAGS[term], meaning: meaningOf(term, group, place, values, credit, used) };
}

export const TERM_NAMES: Readonly<Record<Term, string>> = {
  corrected: 'corrected advantage',
  advantage: 'advantage',
  beta: 'strength',
  similarity: 'similarity',
  support: 'support',
  clusterAdvantage: 'advantage of the cluster',
  transfer: 'transferred credit',
  theta: 'similarity filter',
  confidence: 'similarity times support',
  alphaMin: 'confidence gate',
  clamp: 'clamp at zero',
  minSuccess: 'successes needed',
};

const TAGS: Readonly<Record<Term, Evidence>> = {
  corrected: 'fig',
  advantage: 'paper',
  beta: 'digest',
  similarity: 'ours',
  support: 'digest',
  clusterAdvantage: 'ours',
  transfer: 'fig',
  theta: 'ours',
  confidence: 'fig',
  alphaMin: 'ours',
  clamp: 'digest',
  minSuccess: 'ours',
};

function meaningOf(term: Term, group: GroupReport, place: Place, values: TermValues, credit: CreditOptionsShown, used: boolean): string {
  switch (term) {
    case 'corrected':
      return used
        ? 'What this step is trained with in place of A.'
        : 'What this step would be trained with; this run learns from A itself, the correction is only shown.';
    case 'advantage':
      return advantageWords(group, place);
    case 'beta':
      return 'The share of F that is added; the sliders set it.';
    case 'similarity':
      return similarityWords(group, place, values);
    case 'support':
      return supportWords(group, place, values, credit);
    case 'clusterAdvantage':
      return clusterAdvantageWords(group, place, values);
    case 'transfer':
      return values.transfer === null
        ? 'What successes vouch for: nothing here.'
        : `What successes vouch for: ${two(values.similarity)} · ${two(values.support)} · ${two(values.clusterAdvantage)} = ${two(values.transfer)}.`;
    case 'theta':
      return `Calls less alike than ${two(credit.theta)} count as different actions.${values.similarity === null ? '' : ` This one: ${two(values.similarity)}.`}`;
    case 'confidence':
      return values.confidence === null
        ? 'How sure the match is: there is none.'
        : `How sure the match is: ${two(values.similarity)} · ${two(values.support)} = ${two(values.confidence)}.`;
    case 'alphaMin':
      return `Below ${two(credit.alphaMin)} a match is too thin to give credit.${values.confidence === null ? '' : ` This one: ${two(values.confidence)}.`}`;
    case 'clamp':
      return credit.clamp
        ? 'However much is vouched for, a failing rollout never gets a positive signal.'
        : 'Off: a failing rollout’s step may even be rewarded.';
    case 'minSuccess':
      return `${values.successes} of this prompt’s rollouts succeeded; the rule asks for ${credit.minSuccess} at least.`;
    default:
      return term satisfies never;
  }
}

function advantageWords({ rollouts }: GroupReport, [r]: Place): string {
  const rewards = rollouts.map(({ reward }) => reward);
  return `How rollout ${r + 1} fared against its group: reward ${two(rewards[r] ?? 0)}, where the ${rewards.length} rewards have mean ${two(mean(rewards))} and standard deviation ${two(standardDeviation(rewards))}. Each of its steps gets the same.`;
}

function similarityWords(group: GroupReport, place: Place, { similarity }: TermValues): string {
  const witness = witnessPlace(group, place);
  const step = stepAt(group, place);
  if (similarity === null) return 'How alike two calls are: this step is no candidate.';
  if (!witness) return 'How alike this call and its nearest in a success are: there is none to compare it with.';
  const kind = step?.action.kind === 'call' ? step.action.toolKind : 'other';
  const how = kind === 'region' || kind === 'image' ? 'by the overlap of their boxes' : kind === 'text' ? 'by their words' : 'argument by argument';
  return `How alike this call and rollout ${witness[0] + 1}’s step ${witness[1] + 1} are, ${how}: ${two(similarity)}.`;
}

function supportWords(group: GroupReport, place: Place, { supporters, support }: TermValues, { support: used }: CreditOptionsShown): string {
  if (support === null) return 'The share of successful rollouts that made such a call: no cluster was found.';
  if (!used) return 'The support factor is off: every cluster counts as if all successes had made such a call.';
  if (!supporters) return `The share of the batch’s successful rollouts that made such a call: ${two(support)}.`;
  const makers = [...new Set(memberPlaces(group, stepAt(group, place)?.cluster ?? null).map(([r]) => r + 1))];
  return `${supporters[0]} of ${supporters[1]} successful rollouts made such a call (${makers.join(', ')}): ${two(support)}.`;
}

function clusterAdvantageWords(group: GroupReport, place: Place, { clusterAdvantage }: TermValues): string {
  if (clusterAdvantage === null) return 'The mean advantage of the calls in the cluster: no cluster was found.';
  const members = group.clusters[stepAt(group, place)?.cluster ?? -1]?.members.length ?? 0;
  return `The mean advantage of the ${members === 1 ? 'one call' : `${members} calls`} in the cluster: ${two(clusterAdvantage)}.`;
}
