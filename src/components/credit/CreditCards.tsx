// The rollouts of a prompt side by side, with arcs between calls. One stop of the Tab key; arrow keys walk over the steps.
import { type KeyboardEvent, useState } from 'react';
import type { Arc } from '../../notebook/credit/arcs.ts';
import { ledgerOf } from '../../notebook/credit/ledger.ts';
import type { CreditOptionsShown, Light } from '../../notebook/credit/terms.ts';
import { type Place, placeKey, samePlace } from '../../notebook/rollouts/places.ts';
import { stepByKey } from '../../notebook/rollouts/walk.ts';
import type { GroupReport } from '../../train/report.ts';
import { Arcs } from './Arcs.tsx';
import { CreditCard } from './CreditCard.tsx';

/** Rollouts that are all drawn at once; in larger groups cards are drawn as one comes near them. */
const AT_ONCE = 64;

interface CreditCardsProps {
  readonly group: GroupReport;
  readonly credit: CreditOptionsShown;
  /** The step whose numbers are shown. */
  readonly place: Place | null;
  /** The step that was chosen; Tab leads to it. */
  readonly chosen: Place | null;
  readonly witness: Place | null;
  readonly light: Light | null;
  readonly arcs: readonly Arc[];
  readonly onSelect: (place: Place) => void;
  readonly onPeek: (place: Place | null) => void;
}

export function CreditCards({ group, credit, place, chosen, witness, light, arcs, onSelect, onPeek }: CreditCardsProps) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const ledger = ledgerOf(group);
  const successes = group.rollouts.filter(({ outcome }) => outcome === 'success').length;
  const walk = (event: KeyboardEvent): void => {
    const next = place && !event.ctrlKey && !event.metaKey && !event.altKey ? stepByKey(group, place, event.key) : null;
    if (!next) return;
    event.preventDefault();
    event.stopPropagation(); // the page has arrow keys of its own
    frame?.querySelector<HTMLElement>(`[data-anchor="${placeKey(next)}"] button`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div className={`rollouts credit-cards ${arcs.some(({ credits }) => credits) ? '' : 'refused'}`} ref={setFrame} onKeyDown={walk}>
      <Arcs frame={frame} arcs={arcs} of={group} />
      {group.rollouts.map((rollout, r) => (
        <CreditCard
          key={rollout.rollout}
          rollout={rollout}
          index={r}
          credit={credit}
          successes={successes}
          line={ledger.lines[r] ?? ledger.total}
          always={group.rollouts.length <= AT_ONCE || place?.[0] === r || witness?.[0] === r}
          light={light?.rollouts.get(r)}
          stateOf={(s) => ({
            role: samePlace(place, [r, s]) ? 'selected' : samePlace(witness, [r, s]) ? 'witness' : 'plain',
            lit: light?.steps.has(placeKey([r, s])) ?? false,
            tabStop: samePlace(chosen, [r, s]),
          })}
          onSelect={(s) => onSelect([r, s])}
          onPeek={(s) => onPeek(s === null ? null : [r, s])}
        />
      ))}
    </div>
  );
}
