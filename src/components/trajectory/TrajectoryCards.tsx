// The rollouts' cards, in the order that was asked for.
import type { ArrangedRollout } from '../../notebook/rollouts/arrange.ts';
import type { Place } from '../../notebook/rollouts/places.ts';
import { type TintScale, tokenCount } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport, RolloutReport } from '../../train/report.ts';
import { TrajectoryCard } from './TrajectoryCard.tsx';
import type { TokenWalk } from './useTokenWalk.ts';

/** Tokens that are all drawn at once; in larger groups cards are drawn as one comes near them. */
const AT_ONCE = 5000;

interface TrajectoryCardsProps {
  readonly group: GroupReport;
  readonly arranged: readonly ArrangedRollout[];
  readonly bitmap: ImageBitmap | null;
  readonly scale: TintScale;
  readonly credit: TrainConfig['credit'];
  /** Looked for in the words. */
  readonly sought: string;
  readonly selected: Place | null;
  readonly walk: TokenWalk;
  readonly onSelect: (place: Place) => void;
}

export function TrajectoryCards({ group, arranged, bitmap, scale, credit, sought, selected, walk, onSelect }: TrajectoryCardsProps) {
  const all = tokenCount(group) <= AT_ONCE;
  return (
    <div className="rollouts trajectory-cards" ref={walk.frame} {...walk.handlers}>
      {arranged.map((each) => {
        const isActive = walk.active?.place[0] === each.index;
        return (
          <TrajectoryCard
            key={each.index}
            rollout={group.rollouts[each.index] as RolloutReport}
            arranged={each}
            bitmap={bitmap}
            scale={scale}
            credit={credit}
            sought={sought}
            always={all || isActive}
            selected={selected}
            active={isActive ? walk.active : null}
            tabStop={walk.tabStop}
            onSelect={(step) => onSelect([each.index, step])}
          />
        );
      })}
      {arranged.length === 0 && <p className="hint">No rollout of this prompt is like that.</p>}
    </div>
  );
}
