// Where one looks: a step by its place in a group, and the update, prompt and step that a selection shows of a run.
import type { GroupReport, StepReport } from '../../train/report.ts';
import type { UpdateGroups } from '../runs.ts';
import type { Selection } from '../store.ts';

/** Index of the rollout in its group, index of the step in its rollout. */
export type Place = readonly [rollout: number, step: number];

/** "2/0": the name of a place in sets and in the page. */
export function placeKey([rollout, step]: Place): string {
  return `${rollout}/${step}`;
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a[0] === b[0] && a[1] === b[1];
}

export function stepAt(group: GroupReport, place: Place | null): StepReport | null {
  return place ? (group.rollouts[place[0]]?.steps[place[1]] ?? null) : null;
}

/** Where the rollout with this id stands in its group; −1 where it is another prompt's. */
export function rolloutIndex(group: GroupReport, id: string): number {
  return group.rollouts.findIndex((rollout) => rollout.rollout === id);
}

/** Places of a cluster's members; those in other prompts' rollouts are left out. */
export function memberPlaces(group: GroupReport, cluster: number | null): Place[] {
  const members = cluster === null ? [] : (group.clusters[cluster]?.members ?? []);
  return members.flatMap(([id, step]) => {
    const rollout = rolloutIndex(group, id);
    return rollout < 0 ? [] : [[rollout, step] as const];
  });
}

/** Where a step's witness stands; null without one, or where it is another prompt's. */
export function witnessPlace(group: GroupReport, place: Place | null): Place | null {
  const witness = stepAt(group, place)?.witness;
  const rollout = witness ? rolloutIndex(group, witness[0]) : -1;
  return witness && rollout >= 0 ? [rollout, witness[1]] : null;
}

/** All places of a group, rollout by rollout. */
export function placesOf({ rollouts }: GroupReport): Place[] {
  return rollouts.flatMap(({ steps }, r) => steps.map((_, s) => [r, s] as const));
}

/** What a view shows of a run. */
export interface ShownPlace {
  /** All updates that told of groups, and which of them is shown. */
  readonly updates: readonly UpdateGroups[];
  readonly at: number;
  readonly update: number;
  readonly groups: readonly GroupReport[];
  readonly groupIndex: number;
  readonly group: GroupReport;
  /** The chosen step, or the example that stands for it; null in a group without steps. */
  readonly place: Place | null;
  /** The step was not chosen by anybody: it is the view's own example. */
  readonly isExample: boolean;
}

/**
 * What a selection shows: the update and group that it names, else the newest update with a corrected zoom and the first such group of it
 * (else with any corrected call, else the newest of all). Without a chosen step, the group's example. Null while no update told of groups.
 */
export function shownPlace(updates: readonly UpdateGroups[], selection: Selection): ShownPlace | null {
  const named = updates.findIndex(({ update }) => update === selection.update);
  const opening = named >= 0 ? null : selection.step ? { at: updates.length - 1, groupIndex: selection.group } : openingOf(updates);
  const at = opening?.at ?? named;
  const shown = updates[at];
  if (!shown || shown.groups.length === 0) return null;
  const groupIndex = Math.max(0, Math.min(opening?.groupIndex ?? selection.group, shown.groups.length - 1));
  const group = shown.groups[groupIndex] as GroupReport;
  const chosen = stepAt(group, selection.step) ? selection.step : null;
  return { updates, at, update: shown.update, groups: shown.groups, groupIndex, group, place: chosen ?? exampleOf(group), isExample: chosen === null };
}

/** The step to begin with: the first corrected zoom, else the first corrected call, else the first call of a failing rollout, else the first step. */
export function exampleOf(group: GroupReport): Place | null {
  const places = placesOf(group);
  const wanted: readonly ((step: StepReport) => boolean)[] = [isCorrectedZoom, isCorrected, ({ similarity }) => similarity !== null, () => true];
  for (const wants of wanted) {
    const found = places.find((place) => wants(stepAt(group, place) as StepReport));
    if (found) return found;
  }
  return null;
}

function openingOf(updates: readonly UpdateGroups[]): { readonly at: number; readonly groupIndex: number } {
  for (const wants of [isCorrectedZoom, isCorrected]) {
    for (let at = updates.length - 1; at >= 0; at--) {
      const groupIndex = (updates[at] as UpdateGroups).groups.findIndex(({ rollouts }) => rollouts.some(({ steps }) => steps.some(wants)));
      if (groupIndex >= 0) return { at, groupIndex };
    }
  }
  return { at: updates.length - 1, groupIndex: 0 };
}

function isCorrected({ reason }: StepReport): boolean {
  return reason === 'transferred';
}

function isCorrectedZoom({ reason, action }: StepReport): boolean {
  return reason === 'transferred' && action.kind === 'call' && action.toolKind === 'region';
}
