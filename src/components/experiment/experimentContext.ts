// The run whose form is shown: its values, and how one of them is changed.
import { createContext, useContext } from 'react';
import type { FormSpec } from '../../notebook/form.ts';
import type { OptionPath, OptionValue } from '../../train/options/optionTable.ts';

export interface Experiment {
  readonly spec: FormSpec;
  readonly choose: (path: OptionPath, value: OptionValue) => void;
  /** Who answers its tools, as texts of `--tool`. */
  readonly chooseTools: (tools: readonly string[]) => void;
  /** Rewards that other cells declare, by their names. */
  readonly rewards: readonly string[];
  readonly chooseReward: (name: string) => void;
  /** Puts a whole setting in its place. */
  readonly fill: (spec: FormSpec) => void;
}

export const ExperimentContext = createContext<Experiment | null>(null);

export function useExperiment(): Experiment {
  const experiment = useContext(ExperimentContext);
  if (!experiment) throw new Error('useExperiment: expected an ExperimentContext around this component');
  return experiment;
}
