// The reward of a run: a preset, or one that a cell of the notebook declares.
import { choicesOf } from '../../notebook/form.ts';
import type { OptionDefinition } from '../../train/options/optionTable.ts';
import { useExperiment } from './experimentContext.ts';
import { Choice, type ControlProps } from './Field.tsx';

export function RewardChoice({ option, ...props }: ControlProps & { readonly option: OptionDefinition; readonly disabled: boolean }) {
  const { spec, choose, rewards, chooseReward } = useExperiment();
  const { reward } = spec;
  const own = typeof reward === 'string' ? null : reward.name;
  const names = own === null || rewards.includes(own) ? rewards : [...rewards, own];
  const choices = [...choicesOf(option, spec), ...names.map((name) => [`${OF_CELL}${name}`, `${name}, of a cell`] as const)];
  const take = (chosen: string): void => (chosen.startsWith(OF_CELL) ? chooseReward(chosen.slice(OF_CELL.length)) : choose('reward', chosen));
  return <Choice {...props} value={own === null ? String(reward) : `${OF_CELL}${own}`} choices={choices} onChange={take} />;
}

/** Before the names of cells, so that one named as a preset is another choice. */
const OF_CELL = '#';
