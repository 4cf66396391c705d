// The views of a run's rollouts, given what the page holds.
import { useMemo } from 'react';
import { CreditView } from '../credit/CreditView.tsx';
import { useActions, useNotebook } from '../useNotebook.ts';
import { scenePictures } from './scenePictures.ts';

export function TrajectoryPanel() {
  const { select, tryCredit, tools } = useActions();
  const run = useNotebook((state) => state.run);
  const selection = useNotebook((state) => state.selection);
  const whatIf = useNotebook((state) => state.whatIf);
  const loadPictures = useMemo(() => scenePictures(tools), [tools]);
  const panel = { run, selection, onSelect: select, loadPictures };
  return (
    <section className="card trajectories" aria-label="Rollouts of one prompt">
      <h2>Why did the penalty shrink?</h2>
      <CreditView {...panel} whatIf={whatIf} onWhatIf={tryCredit} />
    </section>
  );
}
