// TRL's logged completions (log_completions): columns step, prompt, completion, one for each reward function, advantage. A Parquet file a
// step, or the same rows as JSON lines.
import { RolloutFileError } from '../../tapo/index.ts';
import { KINDS_ASSUMED } from './foreignCall.ts';
import { fieldsBut, numberOf, type RolloutFormat } from './format.ts';
import { promptNames } from './groupNames.ts';
import { TEXT_ASSUMED, textSteps } from './textSteps.ts';

export const TRL: RolloutFormat = {
  name: 'trl',
  title: 'completions logged by TRL: columns step, prompt, completion, rewards, advantage',
  assumed: [
    'Rollouts of one step with the same "prompt" are a group.',
    'The reward is the "advantage" column, since the rows do not say how the reward functions were weighted; normalising it again within a group leaves it as it is. Rows without that column give their "reward".',
    'A rollout is correct where its advantage is above 0: the rows do not say more.',
    ...TEXT_ASSUMED,
    KINDS_ASSUMED,
  ],
  recognises: ({ prompt, completion, advantage, reward, step }) =>
    typeof prompt === 'string' && typeof completion === 'string' && (typeof advantage === 'number' || (typeof reward === 'number' && typeof step === 'number')),
  reader() {
    const nameOf = promptNames();
    return (record, line) => {
      const { prompt, completion, step } = record;
      if (typeof prompt !== 'string' || typeof completion !== 'string') throw new RolloutFileError(line, '"prompt" and "completion" must be strings');
      const reward = numberOf(record, record.advantage === undefined ? 'reward' : 'advantage', line);
      return {
        kind: 'rollouts',
        rollouts: [
          {
            ...fieldsBut(record, ['prompt', 'completion', 'advantage', 'reward', 'group', 'rollout', 'correct', 'steps', 'question']),
            ...nameOf(typeof step === 'number' ? `step ${step}` : '', prompt),
            reward,
            steps: textSteps(completion),
            question: prompt,
          },
        ],
      };
    };
  },
};
