// Which update and which prompt of it a view shows.
import type { ShownPlace } from '../../notebook/rollouts/places.ts';
import type { Selection } from '../../notebook/store.ts';
import { UpdateChooser } from './UpdateChooser.tsx';

interface GroupChooserProps {
  readonly shown: ShownPlace;
  readonly following: boolean;
  readonly onSelect: (change: Partial<Selection>) => void;
}

export function GroupChooser({ shown, following, onSelect }: GroupChooserProps) {
  const { update, groups, groupIndex } = shown;
  return (
    <div className="chooser">
      <UpdateChooser shown={shown} following={following} onSelect={onSelect} />
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
