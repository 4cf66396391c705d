// In a world without pictures, in the picture's place: the numbers that an attempt has found so far, by the names that it writes them with.
import { boundVariables } from '../../env/variables.ts';
import type { Attempt } from '../../notebook/attempts.ts';
import { withValues } from '../../notebook/rollouts/withValues.ts';
import { useWorld } from './useTryIt.ts';

export function VariableList({ attempt: { view } }: { readonly attempt: Attempt }) {
  const { note } = useWorld();
  const variables = boundVariables(view.turns);
  const names = Object.keys(variables);
  return (
    <section className="tryit-variables" aria-label="Numbers found so far">
      {names.length === 0 ? (
        <p className="hint">Numbers that searches and programs bring will stand here, by the names that the policy writes them with.</p>
      ) : (
        <ul>
          {names.map((name) => (
            <li key={name}>{withValues(name, variables)}</li>
          ))}
        </ul>
      )}
      {note && <p className="hint">{note}</p>}
    </section>
  );
}
