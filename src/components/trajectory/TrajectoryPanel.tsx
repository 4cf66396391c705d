// One prompt's rollouts side by side: what each saw and did, and what credit transfer makes of it.
import { useMemo, useRef } from 'react';
import type { UpdateGroups } from '../../notebook/runs.ts';
import { creditUnder } from '../../notebook/whatIf.ts';
import type { TrainConfig } from '../../train/config.ts';
import type { GroupReport } from '../../train/report.ts';
import { count } from '../format.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { CreditNote } from './CreditNote.tsx';
import { RolloutCard } from './RolloutCard.tsx';
import { SceneView } from './SceneView.tsx';
import { useNarrow } from './useNarrow.ts';
import { usePicture } from './usePicture.ts';
import { WhatIfBar } from './WhatIfBar.tsx';
import { WitnessArcs } from './WitnessArcs.tsx';
import { rolloutIndex } from './words.ts';

export function TrajectoryPanel() {
  const updates = useNotebook((state) => state.run.groups);
  const selection = useNotebook((state) => state.selection);
  const shown = updates.find(({ update }) => update === selection.update) ?? updates[updates.length - 1];
  const group = shown?.groups[Math.min(selection.group, shown.groups.length - 1)] ?? null;
  return (
    <section className="card trajectories" aria-label="Rollouts of one prompt">
      <h2>One prompt, {group ? count(group.rollouts.length, 'attempt') : 'several attempts'}</h2>
      {shown && group ? (
        <>
          <Chooser updates={updates} shown={shown} group={group} />
          <Group recorded={group} />
        </>
      ) : (
        <p className="hint">The rollouts of an update appear here when it is complete.</p>
      )}
    </section>
  );
}

function Chooser({ updates, shown, group }: { readonly updates: readonly UpdateGroups[]; readonly shown: UpdateGroups; readonly group: GroupReport }) {
  const { select } = useActions();
  const following = useNotebook((state) => state.selection.update === null);
  const at = updates.indexOf(shown);
  const go = (index: number): void => {
    const next = updates[index];
    if (next) select({ update: next.update, group: 0, step: null });
  };
  return (
    <div className="chooser">
      <div className="buttons">
        <button type="button" disabled={at <= 0} onClick={() => go(at - 1)} aria-label="Earlier update">
          ←
        </button>
        <span>update {shown.update}</span>
        <button type="button" disabled={at >= updates.length - 1} onClick={() => go(at + 1)} aria-label="Later update">
          →
        </button>
        <button type="button" aria-pressed={following} onClick={() => select({ update: following ? shown.update : null, step: null })}>
          follow the newest
        </button>
      </div>
      <nav className="buttons" aria-label="Prompts of this update">
        {shown.groups.map((each, index) => (
          <button type="button" key={each.group} aria-pressed={each === group} onClick={() => select({ update: shown.update, group: index, step: null })}>
            {each.task.type}: {each.rollouts.filter((r) => r.correct).length}/{each.rollouts.length} right
          </button>
        ))}
      </nav>
    </div>
  );
}

function Group({ recorded }: { readonly recorded: GroupReport }) {
  const credit = useNotebook((state) => state.run.config?.credit ?? null);
  const whatIf = useNotebook((state) => state.whatIf);
  const tried = useMemo(() => (credit && whatIf ? { ...credit, ...whatIf } : credit), [credit, whatIf]);
  const group = useMemo(() => (tried && whatIf ? creditUnder(recorded, tried) : recorded), [recorded, tried, whatIf]);
  return (
    <>
      {credit && <WhatIfBar credit={credit} whatIf={whatIf} recorded={recorded} shown={group} />}
      {tried && <Attempts group={group} credit={tried} />}
    </>
  );
}

function Attempts({ group, credit }: { readonly group: GroupReport; readonly credit: TrainConfig['credit'] }) {
  const { select } = useActions();
  const step = useNotebook((state) => state.selection.step);
  const update = useNotebook((state) => state.selection.update);
  const newest = useNotebook((state) => state.run.groups[state.run.groups.length - 1]?.update ?? null);
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const note = <CreditNote group={group} place={step} credit={credit} />;
  const pictures = usePicture(group.task);
  const chosen = step ? (group.rollouts[step[0]]?.steps[step[1]] ?? null) : null;
  const witness = chosen?.witness ? ([rolloutIndex(group, chosen.witness[0]), chosen.witness[1]] as const) : null;
  const roleOf = (r: number, s: number): 'plain' | 'selected' | 'witness' =>
    step?.[0] === r && step[1] === s ? 'selected' : witness?.[0] === r && witness[1] === s ? 'witness' : 'plain';
  return (
    <div className="group">
      <div className="prompt">
        <p className="question">{group.task.question}</p>
        <p className="truth">
          The answer is <b>{group.task.answer}</b>.
        </p>
        <SceneView group={group} pictures={pictures} selected={step} witness={witness} />
        {!(narrow && step) && note}
      </div>
      <div className="rollouts" ref={frame}>
        <WitnessArcs frame={frame} group={group} selected={step} />
        {group.rollouts.map((rollout, r) => (
          <RolloutCard
            key={rollout.rollout}
            rollout={rollout}
            index={r}
            bitmap={pictures?.full ?? null}
            roleOf={(s) => roleOf(r, s)}
            note={narrow && step?.[0] === r ? note : null}
            onSelect={(s) => select({ update: update ?? newest, step: step?.[0] === r && step[1] === s ? null : [r, s] })}
          />
        ))}
      </div>
    </div>
  );
}
