// The rollouts of the followed question at one update, in full.
import { useMemo } from 'react';
import { arrangeRollouts, NO_FILTER } from '../../notebook/rollouts/arrange.ts';
import type { Place } from '../../notebook/rollouts/places.ts';
import { firstQuantity, scaleOf } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import type { LoadPictures } from '../panelProps.ts';
import { TrajectoryGroup } from '../trajectory/TrajectoryGroup.tsx';
import { useTokenWalk } from '../trajectory/useTokenWalk.ts';

interface QuestionRolloutsProps {
  readonly group: GroupReport;
  readonly credit: TrainConfig['credit'];
  readonly selected: Place | null;
  readonly onSelect: (step: Place | null) => void;
  readonly loadPictures: LoadPictures;
}

export function QuestionRollouts({ group, credit, selected, onSelect, loadPictures }: QuestionRolloutsProps) {
  const arranged = useMemo(() => arrangeRollouts(group, NO_FILTER, 'order'), [group]);
  const scale = useMemo(() => scaleOf(group, firstQuantity(credit.rule)), [group, credit.rule]);
  const walk = useTokenWalk(group, arranged);
  return (
    <TrajectoryGroup
      group={group}
      arranged={arranged}
      scale={scale}
      credit={credit}
      walk={walk}
      selected={selected}
      onSelect={onSelect}
      loadPictures={loadPictures}
    />
  );
}
