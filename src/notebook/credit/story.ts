// Why a step's advantage is what it is, as a plain sentence made of its numbers; each number knows the term of the formula that it is.
import type { GroupReport, StepReport } from '../../train/report.ts';
import { type Place, stepAt } from '../rollouts/places.ts';
import { callWords, number, plural, type StoryPart, two, witnessName } from './storyParts.ts';
import { beneficiaries, type CreditOptionsShown, type TermValues, termValues } from './terms.ts';

/** Differences below this are rounding. */
const ROUNDING = 5e-3;

/** Rollouts and steps are counted from 1, as on the page. */
export function storyOf(group: GroupReport, place: Place, credit: CreditOptionsShown): StoryPart[] {
  const step = stepAt(group, place);
  if (!step) return [];
  const values = termValues(group, step, credit);
  const [rollout] = place;
  const call = callWords(step, credit);
  const failed = `Rollout ${rollout + 1} failed, `;
  const keeps = (parts: readonly StoryPart[]): StoryPart[] => [
    ...parts,
    ' So it keeps its whole penalty of ',
    number('advantage', values.advantage, true),
    '.',
  ];
  switch (step.reason) {
    case 'transferred':
      return [
        failed,
        `but its ${call.noun} `,
        ...likeness(group, place, values, credit),
        ' ',
        ...support(values, credit, call.noun),
        ' ',
        ...relief(values, credit),
      ];
    case 'below-theta': {
      const nearest = witnessName(group, place);
      return keeps([
        failed,
        `and its ${call.noun} is unlike any of a success: the nearest, ${nearest}, has ${call.measure} `,
        number('similarity', values.similarity),
        ' < θ ',
        number('theta', credit.theta),
        '.',
      ]);
    }
    case 'below-alpha-min':
      return keeps([
        failed,
        `but its ${call.noun} `,
        ...likeness(group, place, values, credit),
        ' ',
        ...support(values, credit, call.noun),
        ' That is too few: ',
        number('similarity', values.similarity),
        ' · ',
        number('support', values.support),
        ' = ',
        number('confidence', values.confidence),
        ' < α_min ',
        number('alphaMin', credit.alphaMin),
        '.',
      ]);
    case 'too-few-successes':
      return keeps([
        failed,
        `but its ${call.noun} `,
        ...likeness(group, place, values, credit),
        ' Yet ',
        { text: plural(values.successes, 'rollout'), term: 'minSuccess' },
        ' succeeded, and the rule asks for ',
        { text: String(credit.minSuccess), term: 'minSuccess' },
        '.',
      ]);
    case 'no-witness':
      return keeps([failed, `and no successful rollout of this prompt made any ${call.noun}: there is no witness.`]);
    case 'failed-call':
      return keeps([failed, `and this ${call.noun} could not be carried out, by the policy’s own fault: it is no candidate.`]);
    case 'no-call':
      return keeps([failed, `and this step is ${step.action.kind === 'answer' ? 'its answer' : 'no call that could be read'}: only tool calls are corrected.`]);
    case 'success':
      return success(group, place, values, step, credit);
    case 'neutral':
      return group.rollouts.every(({ outcome }) => outcome === 'neutral')
        ? ['All rollouts of this prompt fared alike: nobody is punished, so there is nothing to correct.']
        : [
            `Rollout ${rollout + 1} neither succeeded nor failed (A = `,
            number('advantage', values.advantage, true),
            '): it is left alone and gives no witness.',
          ];
    default:
      return step.reason satisfies never;
  }
}

/** The story as plain text. */
export function storyText(parts: readonly StoryPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** "shows the same region as rollout 1's, which succeeded (overlap 0.81)." */
function likeness(group: GroupReport, place: Place, values: TermValues, credit: CreditOptionsShown): StoryPart[] {
  const { same, measure } = callWords(stepAt(group, place) as StepReport, credit);
  const nearly = (values.similarity ?? 0) < 0.995 ? `nearly ${same}` : same;
  return [`${nearly} ${witnessName(group, place)}, which succeeded (${measure} `, number('similarity', values.similarity), ').'];
}

/** "5 of 6 successes made such a zoom." */
function support({ supporters, support: share }: TermValues, { support: used }: CreditOptionsShown, noun: string): StoryPart[] {
  const made = supporters
    ? { text: `${supporters[0]} of ${supporters[1]} ${supporters[1] === 1 ? 'success' : 'successes'}`, term: 'support' as const }
    : { text: `${two(share)} of the successes`, term: 'support' as const };
  return [made, ` made such ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}${used ? '.' : ', which does not count, since support is off.'}`];
}

/** "So 0.27 of its penalty of −0.35 is taken off." */
function relief(values: TermValues, { beta }: CreditOptionsShown): StoryPart[] {
  const { advantage, corrected, raised } = values;
  const penalty = number('advantage', advantage, true);
  if (beta === 0) return ['But β is ', number('beta', beta), ': nothing of its penalty of ', penalty, ' is taken off.'];
  if (corrected > ROUNDING) return ['So its penalty of ', penalty, ' turns into a reward of ', number('corrected', corrected, true), ': the clamp is off.'];
  if (corrected > -ROUNDING) {
    const more: StoryPart[] =
      (raised ?? 0) > ROUNDING
        ? [' (β·F = ', number('transfer', (raised ?? 0) - advantage), ', and the ', { text: 'clamp', term: 'clamp' }, ' stops at 0)']
        : [];
    return ['So its whole penalty of ', penalty, ' is taken off', ...more, '.'];
  }
  return [
    'So ',
    number('corrected', corrected - advantage),
    ' of its penalty of ',
    penalty,
    ' is taken off; ',
    number('corrected', corrected, true),
    ' is left.',
  ];
}

function success(group: GroupReport, [rollout, s]: Place, values: TermValues, step: StepReport, credit: CreditOptionsShown): StoryPart[] {
  const begin: StoryPart[] = [`Rollout ${rollout + 1} succeeded: each of its steps keeps `, number('advantage', values.advantage, true), '.'];
  if (step.tool === null) return begin;
  const id = group.rollouts[rollout]?.rollout;
  const cluster = group.clusters.findIndex(({ members }) => members.some(([member, at]) => member === id && at === s));
  const helped = cluster < 0 ? 0 : beneficiaries(group, cluster).length;
  const { noun } = callWords(step, credit);
  return [
    ...begin,
    helped === 0
      ? ` No failing step leans on this ${noun}.`
      : ` ${plural(helped, 'failing step')} had part of the penalty taken off thanks to this ${noun} and those like it.`,
  ];
}
