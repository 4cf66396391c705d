// Which tasks have a picture.
import type { GroupReport } from '../../train/report.ts';

/** Whether the task shows a scene of things: a world of texts has none to draw. */
export function isPictured({ scene }: Pick<GroupReport['task'], 'scene'>): boolean {
  return Array.isArray((scene as { readonly items?: unknown } | null)?.items);
}
