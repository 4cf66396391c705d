// The form of a run and all its options, over the text of the cell's `train({...})`. Loaded when it is unfolded.
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RunReference } from '../../notebook/cells/cellValue.ts';
import { declaredRewards } from '../../notebook/cells/declaredRewards.ts';
import { withTrainOption, withTrainReward, withTrainSpec, withTrainTools } from '../../notebook/cells/trainOptionEdit.ts';
import type { Cell } from '../../notebook/document/notebookDocument.ts';
import { trainConfig } from '../../train/config.ts';
import { useActions, useNotebook } from '../useNotebook.ts';
import { AllOptions } from './AllOptions.tsx';
import { ExperimentForm } from './ExperimentForm.tsx';
import { type Experiment, ExperimentContext } from './experimentContext.ts';
import { ToolsSection } from './ToolsSection.tsx';

interface ExperimentEditorProps {
  readonly cell: Cell;
  readonly reference: RunReference;
  readonly locked: boolean;
}

export default function ExperimentEditor({ cell, reference, locked }: ExperimentEditorProps) {
  const actions = useActions();
  const rewards = useNotebook(useShallow((state) => declaredRewards(state.results, cell.id)));
  const experiment = useMemo(
    (): Experiment => ({
      spec: trainConfig(reference.spec),
      choose: (path, value) => actions.edit(cell.id, withTrainOption(cell.source, 0, path, value)),
      chooseTools: (tools) => actions.edit(cell.id, withTrainTools(cell.source, 0, tools)),
      rewards,
      chooseReward: (name) => actions.edit(cell.id, withTrainReward(cell.source, 0, name)),
      fill: (spec) => actions.edit(cell.id, withTrainSpec(cell.source, 0, spec)),
    }),
    [actions, cell, reference, rewards],
  );
  return (
    <ExperimentContext value={experiment}>
      <fieldset className="plain" disabled={locked}>
        <ExperimentForm />
        <ToolsSection />
        <AllOptions />
      </fieldset>
    </ExperimentContext>
  );
}
