// A prompt's rollouts side by side: what each saw, thought, called and got back, with every token tinted by a chosen quantity.
import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { arrangeRollouts, NO_FILTER, type RolloutFilter, type Sort } from '../../notebook/rollouts/arrange.ts';
import type { LinkTarget } from '../../notebook/rollouts/links.ts';
import { type Place, type ShownPlace, shownPlace } from '../../notebook/rollouts/places.ts';
import { firstQuantity, scaleOf } from '../../notebook/rollouts/quantities.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { PanelProps } from '../panelProps.ts';
import '../styles/trajectory.css';
import { GroupChooser } from './GroupChooser.tsx';
import { TrajectoryBar } from './TrajectoryBar.tsx';
import { TrajectoryGroup } from './TrajectoryGroup.tsx';
import { useTokenWalk } from './useTokenWalk.ts';

export interface TrajectoriesViewProps extends PanelProps {
  /** Where a link led to: its token gets the focus, once for each object. */
  readonly linked?: LinkTarget | null;
  /** Asked for a link to a step or a token; absent: no links are offered. */
  readonly onLink?: (target: LinkTarget) => void;
}

export function TrajectoriesView({ run, selection, linked = null, onSelect, onLink, loadPictures }: TrajectoriesViewProps) {
  const shown = useMemo(() => shownPlace(run.groups, selection), [run.groups, selection]);
  const followed = useRef<LinkTarget | null>(null);
  return (
    <section className="trajectories-view" aria-label="Trajectories">
      {shown && run.config ? (
        <>
          <GroupChooser shown={shown} following={selection.update === null} onSelect={onSelect} />
          <Trajectories
            key={`${shown.update} ${shown.groupIndex} ${run.config.credit.rule}`}
            shown={shown}
            credit={run.config.credit}
            selected={selection.step}
            linked={linked}
            followed={followed}
            onSelect={onSelect}
            onLink={onLink}
            loadPictures={loadPictures}
          />
        </>
      ) : (
        <p className="hint">The rollouts of an update appear here when it is complete.</p>
      )}
    </section>
  );
}

interface TrajectoriesProps extends Pick<PanelProps, 'onSelect' | 'loadPictures'> {
  readonly shown: ShownPlace;
  readonly selected: Place | null;
  readonly linked: LinkTarget | null;
  /** The link that was followed last. */
  readonly followed: RefObject<LinkTarget | null>;
  readonly onLink: TrajectoriesViewProps['onLink'];
  readonly credit: TrainConfig['credit'];
}

/** Drawn anew only when what it shows changes, not with every report of the run. */
const Trajectories = memo(function Trajectories({ shown, credit, selected, linked, followed, onSelect, onLink, loadPictures }: TrajectoriesProps) {
  const { update, groupIndex, group } = shown;
  const [quantity, tintBy] = useState(firstQuantity(credit.rule));
  const [filter, setFilter] = useState<RolloutFilter>(NO_FILTER);
  const [sort, sortBy] = useState<Sort>('order');
  const arranged = useMemo(() => arrangeRollouts(group, filter, sort), [group, filter, sort]);
  const scale = useMemo(() => scaleOf(group, quantity), [group, quantity]);
  const walk = useTokenWalk(group, arranged);
  useEffect(() => {
    if (!linked || linked === followed.current || linked.update !== update || linked.group !== groupIndex) return;
    followed.current = linked;
    walk.goTo({ place: linked.step, token: linked.token ?? 0 });
  });
  return (
    <>
      <TrajectoryBar
        group={group}
        rule={credit.rule}
        quantity={quantity}
        filter={filter}
        sort={sort}
        shown={arranged.length}
        matches={arranged.some(({ matches }) => matches) ? arranged.reduce((sum, { matches }) => sum + (matches?.size ?? 0), 0) : null}
        onQuantity={tintBy}
        onFilter={(change) => setFilter({ ...filter, ...change })}
        onSort={sortBy}
      />
      <TrajectoryGroup
        group={group}
        arranged={arranged}
        scale={scale}
        credit={credit}
        walk={walk}
        sought={filter.text.trim().toLowerCase()}
        selected={selected}
        onSelect={(step) => onSelect({ update, group: groupIndex, step })}
        onLink={onLink && ((target) => onLink({ update, group: groupIndex, ...target }))}
        loadPictures={loadPictures}
      />
    </>
  );
});
