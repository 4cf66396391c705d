// The views of a run's rollouts, given what the page holds.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type LinkTarget, readLink, writeLink } from '../../notebook/rollouts/links.ts';
import type { RuleName } from '../../notebook/rules/ruleNames.ts';
import type { Selection } from '../../notebook/store.ts';
import { CreditView } from '../credit/CreditView.tsx';
import { QuestionView } from '../question/QuestionView.tsx';
import { RulesView } from '../rules/RulesView.tsx';
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
  const truths = useNotebook((state) => state.truths);
  const [rules, compare] = useState<readonly [RuleName, RuleName]>(['none', 'tapo']);
  const [followed, setFollowed] = useState<Selection>({ update: null, group: 0, step: null });
  const follow = useCallback((change: Partial<Selection>) => setFollowed((before) => ({ ...before, ...change })), []);
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
      <section className="card trajectories" aria-label="Rules compared">
        <h2>Same rollouts, two rules</h2>
        <RulesView {...panel} rules={rules} onRules={compare} truths={truths} />
      </section>
      <section className="card trajectories" aria-label="A question followed">
        <h2>One question through training</h2>
        <QuestionView {...panel} selection={followed} onSelect={follow} />
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
