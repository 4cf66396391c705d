// Steps in words.
import type { Region } from '../../tapo/index.ts';
import type { StepReport } from '../../train/report.ts';

/** "zoom 333 0 667 333", "text search: capital France", "python: print ( v1 / v2 )", "answer: Paris". */
export function shortCall({ action, words }: Pick<StepReport, 'action' | 'words'>): string {
  switch (action.kind) {
    case 'answer':
      return `answer: ${action.text || '(nothing)'}`;
    case 'malformed':
      return `unreadable: ${words.slice(0, 8).join(' ')}`;
    case 'call': {
      const { bbox_2d: box, query, img_idx: image } = action.arguments as { bbox_2d?: readonly number[]; query?: string; img_idx?: number };
      if (action.toolKind === 'region') return `zoom ${box?.join(' ') ?? ''}${image ? ` in image ${image}` : ''}`;
      if (action.toolKind === 'image') return 'image search';
      if (action.toolKind === 'text') return `text search: ${query ?? ''}`;
      return `${action.tool.replace(/_tool$/, '')}: ${Object.values(action.arguments).join(' ')}`;
    }
    default:
      return action satisfies never;
  }
}

/** As `shortCall`, for narrow places, where the box of a zoom is drawn beside: "zoom", "“capital France”". */
export function briefCall(step: Pick<StepReport, 'action' | 'words'>): string {
  const { action } = step;
  if (action.kind === 'call' && action.toolKind === 'region') return 'zoom';
  if (action.kind === 'call' && action.toolKind === 'text' && typeof action.arguments.query === 'string') return `“${action.arguments.query}”`;
  return shortCall(step);
}

/** Where in the root image a step looked; null if it did not. */
export function regionOf({ observation }: Pick<StepReport, 'observation'>): Region | null {
  return observation?.kind === 'image' || observation?.kind === 'titles' ? (observation.region ?? null) : null;
}

export function thoughtOf({ words }: Pick<StepReport, 'words'>): string {
  const end = words.indexOf('</think>');
  return words[0] === '<think>' && end > 1 ? words.slice(1, end).join(' ') : '';
}
