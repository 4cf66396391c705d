// Every chart of runs by its name.
import type { ChartName } from '../../../notebook/cells/cellValue.ts';
import { accuracyFigure } from './accuracy.ts';
import { callsFigure, entropyFigure, lengthFigure, timeFigure } from './behaviour.ts';
import type { Figure } from './figure.ts';
import { histogramFigure } from './histogram.ts';
import { misassignmentFigure } from './misassignment.ts';
import type { FigureInput } from './overUpdates.ts';
import { thresholdFigure } from './threshold.ts';

export const FIGURES: Readonly<Record<ChartName, (input: FigureInput) => Figure>> = {
  accuracy: accuracyFigure,
  misassignment: misassignmentFigure,
  threshold: thresholdFigure,
  histogram: histogramFigure,
  entropy: entropyFigure,
  calls: callsFigure,
  length: lengthFigure,
  time: timeFigure,
};

export const CHART_NAMES = Object.keys(FIGURES) as readonly ChartName[];

/** What a card is called until it is drawn: the figure's own title may say more. */
export const TITLES: Readonly<Record<ChartName, string>> = {
  accuracy: 'Accuracy',
  misassignment: 'Misassignment',
  threshold: 'Misassignment by threshold τ',
  histogram: 'Advantages of the steps',
  entropy: 'Entropy of the policy',
  calls: 'Tool calls a rollout',
  length: 'Response length',
  time: "Where an update's time goes",
};
