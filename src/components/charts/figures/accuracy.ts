// Accuracy of the training rollouts and on the validation questions.
import type { RunState } from '../../../notebook/runs.ts';
import { percent } from '../../format.ts';
import { SHARES } from './axes.ts';
import type { Figure } from './figure.ts';
import { type FigureInput, metric, newestByGroup, onlyRun, overUpdates, type UpdateSeries } from './overUpdates.ts';

const SERIES: readonly UpdateSeries[] = [
  { id: 'train', label: 'training rollouts', noisy: true, read: metric('accuracy') },
  { id: 'sampled', label: 'validation, sampled', noisy: false, dots: true, read: evaluated('sampled') },
  { id: 'greedy', label: 'validation, greedy', noisy: false, dots: true, read: evaluated('greedy') },
];

export function accuracyFigure(input: FigureInput): Figure {
  const { toolFree } = input;
  const marks = toolFree === undefined ? [] : [{ axis: 'y', value: toolFree, label: 'best without tools' } as const];
  const figure = overUpdates(input, { title: 'Accuracy', series: SERIES, axis: () => SHARES, marks });
  const run = onlyRun(input);
  const words = run ? ofOneRun(run) : [`right on validation, sampled: ${newestByGroup(figure, 'sampled')}`, `in training: ${newestByGroup(figure, 'train')}`];
  const best = toolFree === undefined ? [] : [`the best policy without tools would reach ${percent(toolFree, 0)}`];
  return { ...figure, summary: words.length === 0 ? 'No update yet.' : capital(`${[...words, ...best].join('; ')}.`) };
}

function ofOneRun({ metrics, evaluations }: RunState): string[] {
  const [first, last] = [evaluations[0], evaluations[evaluations.length - 1]];
  const newest = metrics[metrics.length - 1];
  const filled = newest?.['sampling/filled'] ?? 0;
  return [
    newest?.accuracy === undefined ? null : `${percent(newest.accuracy, 0)} of the newest training rollouts are right`,
    filled === 0 ? null : `${filled} of the update’s prompts have no mixed outcomes after ${newest?.['sampling/draws']} draws`,
    first && last && last !== first ? `sampled validation went from ${percent(first.sampled, 0)} to ${percent(last.sampled, 0)}` : null,
    first && last === first ? `sampled validation starts at ${percent(first.sampled, 0)}` : null,
  ].filter((part) => part !== null);
}

function evaluated(how: 'sampled' | 'greedy'): UpdateSeries['read'] {
  return ({ evaluations }) => evaluations.map((evaluation) => ({ update: evaluation.update, value: evaluation[how] }));
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
