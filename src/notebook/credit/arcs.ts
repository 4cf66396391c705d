// Which calls an arc joins: a failing call with the cluster that vouches for it, or all that a cluster corrected with its members.
import type { GroupReport } from '../../train/report.ts';
import { memberPlaces, type Place, samePlace, stepAt, witnessPlace } from '../rollouts/places.ts';
import { beneficiaries } from './terms.ts';

export interface Arc {
  readonly from: Place;
  readonly to: Place;
  /** The call that is most like `from`, of its cluster. */
  readonly witness: boolean;
  /** Credit went along it; else the likeness did not suffice. */
  readonly credits: boolean;
}

/** From a failing call to every member of its cluster in this group. */
export function arcsOfStep(group: GroupReport, place: Place): Arc[] {
  const step = stepAt(group, place);
  const witness = witnessPlace(group, place);
  return memberPlaces(group, step?.cluster ?? null).map((to) => ({
    from: place,
    to,
    witness: samePlace(to, witness),
    credits: step?.reason === 'transferred',
  }));
}

/** From every step that a cluster corrected to its witness there. */
export function arcsOfCluster(group: GroupReport, cluster: number): Arc[] {
  return beneficiaries(group, cluster).flatMap((from) => {
    const to = witnessPlace(group, from);
    return to ? [{ from, to, witness: true, credits: true }] : [];
  });
}
