// Which update a view shows.
import type { ShownPlace } from '../../notebook/rollouts/places.ts';
import type { Selection } from '../../notebook/store.ts';

interface UpdateChooserProps {
  readonly shown: Pick<ShownPlace, 'updates' | 'at' | 'update' | 'groupIndex'>;
  readonly following: boolean;
  readonly onSelect: (change: Partial<Selection>) => void;
}

export function UpdateChooser({ shown: { updates, at, update, groupIndex }, following, onSelect }: UpdateChooserProps) {
  const go = (index: number): void => {
    const next = updates[index];
    if (next) onSelect({ update: next.update, group: 0, step: null });
  };
  return (
    <div className="buttons">
      <button type="button" disabled={at <= 0} onClick={() => go(at - 1)} aria-label="Earlier update">
        ←
      </button>
      <span>update {update}</span>
      <button type="button" disabled={at >= updates.length - 1} onClick={() => go(at + 1)} aria-label="Later update">
        →
      </button>
      <button type="button" aria-pressed={following} onClick={() => onSelect({ update: following ? update : null, group: groupIndex, step: null })}>
        follow the newest
      </button>
    </div>
  );
}
