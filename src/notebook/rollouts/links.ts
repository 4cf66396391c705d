// A link to a step or a token of a run, as the part of an address behind "#".
import type { Place } from './places.ts';

export interface LinkTarget {
  readonly update: number;
  /** Index of the prompt among those that the update told of. */
  readonly group: number;
  readonly step: Place;
  /** Index of a token of the step; null: the whole step. */
  readonly token: number | null;
}

/** "update=20&group=0&step=2.1&token=5": rollout 2, step 1, both counted from 0. */
export function writeLink({ update, group, step, token }: LinkTarget): string {
  const parts = new URLSearchParams({ update: String(update), group: String(group), step: step.join('.') });
  if (token !== null) parts.set('token', String(token));
  return parts.toString();
}

/** The target that `writeLink` wrote, with or without a "#" before it; null for anything else. */
export function readLink(text: string): LinkTarget | null {
  const parts = new URLSearchParams(text.replace(/^#/, ''));
  const whole = (value: string | null | undefined): number => (/^\d{1,9}$/.test(value ?? '') ? Number(value) : Number.NaN);
  const [update, group] = [whole(parts.get('update')), whole(parts.get('group'))];
  const [rollout, step, ...rest] = (parts.get('step') ?? '').split('.').map(whole);
  const token = parts.has('token') ? whole(parts.get('token')) : null;
  if (rest.length > 0 || rollout === undefined || step === undefined) return null;
  return [update, group, rollout, step, token ?? 0].every(Number.isInteger) ? { update, group, step: [rollout, step], token } : null;
}
