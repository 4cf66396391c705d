// One chart of runs, by its name: what it is made from, and what its crosshair and a click in it mean.
import { memo, type ReactNode, useCallback, useState } from 'react';
import type { ChartName } from '../../notebook/cells/cellValue.ts';
import { type Crosshair, createCrosshair, useCrosshair } from './crosshair.ts';
import { FigureCard } from './FigureCard.tsx';
import { FIGURES, TITLES } from './figures/figures.ts';
import type { FigureInput } from './figures/overUpdates.ts';
import type { Choice } from './PlotFrame.tsx';
import { useToggles } from './useToggles.ts';

export interface ChartOfRunsProps {
  readonly name: ChartName;
  readonly input: Omit<FigureInput, 'hiddenSeries'>;
  /** The update that every chart points at. */
  readonly crosshair: Crosshair;
  readonly onUpdate: (update: number) => void;
  readonly onTau: (tau: number) => void;
  readonly onGroup: (key: string) => void;
  readonly controls?: ReactNode;
}

export const ChartOfRuns = memo(function ChartOfRuns(props: ChartOfRunsProps) {
  return props.name === 'threshold' || props.name === 'histogram' ? <ChartOfUpdate {...props} /> : <ChartOverUpdates {...props} />;
});

function ChartOverUpdates({ name, input, crosshair, onUpdate, onGroup, controls }: ChartOfRunsProps) {
  const [hiddenSeries, onSeries] = useToggles();
  const make = useCallback(() => FIGURES[name]({ ...input, hiddenSeries }), [name, input, hiddenSeries]);
  const choice: Choice = { words: 'show the rollouts of this update', onChoose: onUpdate };
  return (
    <FigureCard
      make={make}
      title={TITLES[name]}
      crosshair={crosshair}
      selected={input.update}
      choice={choice}
      controls={controls}
      onSeries={onSeries}
      onGroup={onGroup}
    />
  );
}

/** Shows one update: the one that the other charts' crosshair points at, else the selected one. Its own axis is another, with a crosshair of its own. */
function ChartOfUpdate({ name, input, crosshair, onTau, onGroup, controls }: ChartOfRunsProps) {
  const [hiddenSeries, onSeries] = useToggles();
  const [own] = useState(createCrosshair);
  const update = useCrosshair(crosshair) ?? input.update;
  const make = useCallback(() => FIGURES[name]({ ...input, update, hiddenSeries }), [name, input, update, hiddenSeries]);
  const choice: Choice | undefined = name === 'threshold' ? { words: 'take this threshold in the other charts', onChoose: onTau } : undefined;
  return (
    <FigureCard make={make} title={TITLES[name]} crosshair={own} selected={null} choice={choice} controls={controls} onSeries={onSeries} onGroup={onGroup} />
  );
}
