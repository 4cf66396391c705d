// One prompt and its rollouts: the picture and the question at the side, the cards beside them.
import type { ArrangedRollout } from '../../notebook/rollouts/arrange.ts';
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import { type Place, samePlace } from '../../notebook/rollouts/places.ts';
import type { TintScale } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import type { LoadPictures } from '../panelProps.ts';
import { PromptSide } from './PromptSide.tsx';
import { TrajectoryCards } from './TrajectoryCards.tsx';
import { usePicture } from './usePicture.ts';
import type { TokenWalk } from './useTokenWalk.ts';

interface TrajectoryGroupProps {
  readonly group: GroupReport;
  readonly arranged: readonly ArrangedRollout[];
  readonly scale: TintScale;
  readonly credit: TrainConfig['credit'];
  readonly walk: TokenWalk;
  /** Looked for in the words. */
  readonly sought?: string;
  readonly selected: Place | null;
  /** A second press takes the choice back. */
  readonly onSelect: (step: Place | null) => void;
  readonly onLink?: ((target: Pick<LinkTarget, 'step' | 'token'>) => void) | undefined;
  readonly loadPictures: LoadPictures;
}

export function TrajectoryGroup({ group, arranged, scale, credit, walk, sought = '', selected, onSelect, onLink, loadPictures }: TrajectoryGroupProps) {
  const pictures = usePicture(group.task, loadPictures);
  return (
    <div className="group">
      <PromptSide
        group={group}
        pictures={pictures}
        selected={walk.active?.place ?? selected}
        scale={scale}
        credit={credit}
        active={walk.active}
        onToken={walk.goTo}
        onLink={onLink}
      />
      <TrajectoryCards
        group={group}
        arranged={arranged}
        bitmap={pictures?.full ?? null}
        scale={scale}
        credit={credit}
        sought={sought}
        selected={selected}
        walk={walk}
        onSelect={(place) => onSelect(samePlace(place, selected) ? null : place)}
      />
    </div>
  );
}
