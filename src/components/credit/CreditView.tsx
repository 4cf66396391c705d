// The credit view: a failing rollout's step, the successful calls that vouch for it, and the rule that takes part of its penalty off.
import { memo, useMemo, useState } from 'react';
import { arcsOfCluster, arcsOfStep } from '../../notebook/credit/arcs.ts';
import { clusterSummaries } from '../../notebook/credit/clusters.ts';
import { ledgerOf } from '../../notebook/credit/ledger.ts';
import { lightOfCluster, lightOfTerm } from '../../notebook/credit/terms.ts';
import { type Place, type ShownPlace, shownPlace, stepAt, witnessPlace } from '../../notebook/rollouts/places.ts';
import { creditUnder, type WhatIf } from '../../notebook/whatIf.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { signed } from '../format.ts';
import type { PanelProps } from '../panelProps.ts';
import '../styles/trajectory.css';
import '../styles/credit.css';
import { GroupChooser } from '../trajectory/GroupChooser.tsx';
import { usePicture } from '../trajectory/usePicture.ts';
import { ClusterList } from './ClusterList.tsx';
import { CreditCards } from './CreditCards.tsx';
import { Explanation } from './Explanation.tsx';
import { OutlookPanel } from './OutlookPanel.tsx';
import { UnequalCalls } from './UnequalCalls.tsx';
import { usePointing } from './usePointing.ts';
import { WhatIfPanel } from './WhatIfPanel.tsx';

export interface CreditViewProps extends PanelProps {
  /** Options of credit transfer that the shown rollouts are credited under; null: the run's own. */
  readonly whatIf: WhatIf | null;
  readonly onWhatIf: (whatIf: WhatIf | null) => void;
}

export function CreditView({ run, selection, whatIf, onSelect, onWhatIf, loadPictures }: CreditViewProps) {
  const shown = useMemo(() => shownPlace(run.groups, selection), [run.groups, selection]);
  return (
    <section className="credit-view" aria-label="Credit">
      {shown && run.config ? (
        <>
          <GroupChooser shown={shown} following={selection.update === null} onSelect={onSelect} />
          {run.config.credit.rule !== 'tapo' && (
            <p className="hint">This run learns from A itself (credit rule {run.config.credit.rule}): what TAPO would do is only shown.</p>
          )}
          <Credit
            key={`${shown.update} ${shown.groupIndex}`}
            shown={shown}
            own={run.config.credit}
            whatIf={whatIf}
            onWhatIf={onWhatIf}
            onSelect={onSelect}
            loadPictures={loadPictures}
          />
        </>
      ) : (
        <p className="hint">The rollouts of an update appear here when it is complete.</p>
      )}
    </section>
  );
}

interface CreditProps extends Omit<CreditViewProps, 'run' | 'selection'> {
  readonly shown: ShownPlace;
  /** The run's own options. */
  readonly own: TrainConfig['credit'];
}

/** Drawn anew only when what it shows changes, not with every report of the run. */
const Credit = memo(function Credit({ shown, own, whatIf, onWhatIf, onSelect, loadPictures }: CreditProps) {
  const [peeked, peek] = useState<Place | null>(null);
  const pointing = usePointing();
  const credit = useMemo(() => ({ ...own, ...whatIf }), [own, whatIf]);
  const groups = useMemo(() => (whatIf ? shown.groups.map((group) => creditUnder(group, credit)) : shown.groups), [shown.groups, whatIf, credit]);
  const group = groups[shown.groupIndex] as GroupReport;
  const pictures = usePicture(shown.group.task, loadPictures);
  const clusters = useMemo(() => clusterSummaries(group), [group]);
  const place = stepAt(group, peeked) ? peeked : shown.place;
  const { pointed } = pointing;
  const arcs = useMemo(
    () => (pointed?.kind === 'cluster' ? arcsOfCluster(group, pointed.index) : place ? arcsOfStep(group, place) : []),
    [group, place, pointed],
  );
  if (!place) return <p className="hint">No rollout of this prompt took a step.</p>;
  const witness = witnessPlace(group, place);
  const light = pointed === null ? null : pointed.kind === 'cluster' ? lightOfCluster(group, pointed.index) : lightOfTerm(pointed.term, group, place);
  const choose = (step: Place): void => onSelect({ update: shown.update, group: shown.groupIndex, step });
  return (
    <div className="credit-body">
      <aside className="credit-side" aria-label="Options and what they come to">
        <WhatIfPanel credit={own} whatIf={whatIf} groupSize={group.rollouts.length} lit={light?.option ?? null} onWhatIf={onWhatIf} />
        <OutlookPanel groups={groups} recorded={shown.groups} theta={credit.theta} ownTheta={own.theta} />
      </aside>
      <div className="credit-main">
        <Explanation
          group={group}
          place={place}
          witness={witness}
          isExample={shown.isExample && place === shown.place}
          credit={credit}
          pictures={pictures}
          pointing={pointing}
          onSelect={choose}
        />
        <CreditCards
          group={group}
          credit={credit}
          place={place}
          chosen={shown.place}
          witness={witness}
          light={light}
          arcs={arcs}
          onSelect={choose}
          onPeek={peek}
        />
        <UnequalCalls group={shown.group} />
        <LedgerTotal group={group} />
        <ClusterList group={group} clusters={clusters} own={stepAt(group, place)?.cluster ?? null} pointing={pointing} />
      </div>
    </div>
  );
});

function LedgerTotal({ group }: { readonly group: GroupReport }) {
  const { total } = ledgerOf(group);
  return (
    <p className="hint ledger-total">
      Ledger of the prompt, summed over steps: {signed(total.before)} before, {signed(total.after)} after; <b>{signed(total.difference)}</b> was given back to
      failing rollouts, and nothing was taken from successful ones: the rule makes credit, it does not move it.
    </p>
  );
}
