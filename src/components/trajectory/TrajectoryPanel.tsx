// The views of a run's rollouts, given what the page holds.
import { useEffect, useMemo, useRef } from 'react';
import { type LinkTarget, readLink, writeLink } from '../../notebook/rollouts/links.ts';
import { CreditView } from '../credit/CreditView.tsx';
import { useActions, useNotebook } from '../useNotebook.ts';
import { scenePictures } from './scenePictures.ts';
import { TrajectoriesView } from './TrajectoriesView.tsx';

export function TrajectoryPanel() {
  const { select, tryCredit, tools } = useActions();
  const run = useNotebook((state) => state.run);
  const selection = useNotebook((state) => state.selection);
  const whatIf = useNotebook((state) => state.whatIf);
  const loadPictures = useMemo(() => scenePictures(tools), [tools]);
  const linked = useLinkedPlace();
  const panel = { run, selection, onSelect: select, loadPictures };
  return (
    <>
      <section className="card trajectories" aria-label="Rollouts of one prompt">
        <h2>Why did the penalty shrink?</h2>
        <CreditView {...panel} whatIf={whatIf} onWhatIf={tryCredit} />
      </section>
      <section className="card trajectories" aria-label="Rollouts in full">
        <h2>What each attempt saw, said and did</h2>
        <TrajectoriesView {...panel} linked={linked} onLink={copyLink} />
      </section>
    </>
  );
}

/** Follows a link of `copyLink` once the run tells of its update. */
function useLinkedPlace(): LinkTarget | null {
  const { select } = useActions();
  const groups = useNotebook((state) => state.run.groups);
  const target = useMemo(() => readLink(location.hash), []);
  const followed = useRef(false);
  useEffect(() => {
    if (!target || followed.current || !groups.some(({ update }) => update === target.update)) return;
    followed.current = true;
    select({ update: target.update, group: target.group, step: target.step });
  }, [groups, select, target]);
  return target;
}

/** Into the address bar too, for browsers that keep the clipboard to themselves. */
function copyLink(target: LinkTarget): void {
  history.replaceState(null, '', `#${writeLink(target)}`);
  navigator.clipboard?.writeText(location.href).catch((error: unknown) => console.info('the link is in the address bar only:', error));
}
