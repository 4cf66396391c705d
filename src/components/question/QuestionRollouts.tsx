// The rollouts of the followed question at one update, in full.
import { useMemo } from 'react';
import { arrangeRollouts, NO_FILTER } from '../../notebook/rollouts/arrange.ts';
import { type Place, samePlace } from '../../notebook/rollouts/places.ts';
import { scaleOf } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import type { LoadPictures } from '../panelProps.ts';
import { PromptSide } from '../trajectory/PromptSide.tsx';
import { TrajectoryCards } from '../trajectory/TrajectoryCards.tsx';
import { usePicture } from '../trajectory/usePicture.ts';
import { useTokenWalk } from '../trajectory/useTokenWalk.ts';

interface QuestionRolloutsProps {
  readonly group: GroupReport;
  readonly span: TrainConfig['credit']['span'];
  readonly selected: Place | null;
  readonly onSelect: (step: Place | null) => void;
  readonly loadPictures: LoadPictures;
}

export function QuestionRollouts({ group, span, selected, onSelect, loadPictures }: QuestionRolloutsProps) {
  const arranged = useMemo(() => arrangeRollouts(group, NO_FILTER, 'order'), [group]);
  const scale = useMemo(() => scaleOf(group, 'after'), [group]);
  const pictures = usePicture(group.task, loadPictures);
  const walk = useTokenWalk(group, arranged);
  return (
    <div className="group">
      <PromptSide
        group={group}
        pictures={pictures}
        selected={walk.active?.place ?? selected}
        scale={scale}
        span={span}
        active={walk.active}
        onToken={walk.goTo}
        onLink={undefined}
      />
      <TrajectoryCards
        group={group}
        arranged={arranged}
        bitmap={pictures?.full ?? null}
        scale={scale}
        span={span}
        sought=""
        selected={selected}
        walk={walk}
        onSelect={(place) => onSelect(samePlace(place, selected) ? null : place)}
      />
    </div>
  );
}
