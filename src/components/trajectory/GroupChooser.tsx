// Which update and which prompt of it a view shows.
import type { ShownPlace } from '../../notebook/rollouts/places.ts';
import type { Selection } from '../../notebook/store.ts';

interface GroupChooserProps {
  readonly shown: ShownPlace;
  readonly following: boolean;
  readonly onSelect: (change: Partial<Selection>) => void;
}

export function GroupChooser({ shown, following, onSelect }: GroupChooserProps) {
  const { updates, at, update, groups, groupIndex } = shown;
  const go = (index: number): void => {
    const next = updates[index];
    if (next) onSelect({ update: next.update, group: 0, step: null });
  };
  return (
    <div className="chooser">
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
      <nav className="buttons" aria-label="Prompts of this update">
        {groups.map((each, index) => (
          <button type="button" key={each.group} aria-pressed={index === groupIndex} onClick={() => onSelect({ update, group: index, step: null })}>
            {each.task.type}: {each.rollouts.filter((r) => r.correct).length}/{each.rollouts.length} right
          </button>
        ))}
      </nav>
    </div>
  );
}
