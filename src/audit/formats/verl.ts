// verl's rollout dumps (trainer.rollout_data_dir and validation_data_dir): {"input", "output", "gts", "score", "step", …}, one rollout a line.
import { RolloutFileError } from '../../tapo/index.ts';
import { KINDS_ASSUMED } from './foreignCall.ts';
import { fieldsBut, numberOf, type RolloutFormat } from './format.ts';
import { promptNames } from './groupNames.ts';
import { TEXT_ASSUMED, textSteps } from './textSteps.ts';

export const VERL: RolloutFormat = {
  name: 'verl',
  title: 'a verl rollout dump: one {"input", "output", "score", "step"} a line',
  assumed: [
    'Rollouts of one step with the same "input" are a group; the reward is "score".',
    'A rollout is correct where "acc" is 1 or true; without "acc" the sign of the advantage stands in for it.',
    ...TEXT_ASSUMED,
    KINDS_ASSUMED,
  ],
  recognises: ({ input, output, score }) => typeof input === 'string' && typeof output === 'string' && typeof score === 'number',
  reader() {
    const nameOf = promptNames();
    return (record, line) => {
      const { input, output, step, gts, acc } = record;
      if (typeof input !== 'string' || typeof output !== 'string') throw new RolloutFileError(line, '"input" and "output" must be strings');
      const reward = numberOf(record, 'score', line);
      const correct = acc === 1 || acc === true ? true : acc === 0 || acc === false ? false : null;
      const name = nameOf(typeof step === 'number' ? `step ${step}` : '', input);
      return {
        kind: 'rollouts',
        rollouts: [
          {
            ...fieldsBut(record, ['input', 'output', 'score', 'gts', 'group', 'rollout', 'reward', 'correct', 'steps', 'question', 'truth']),
            ...name,
            reward,
            ...(correct === null ? {} : { correct }),
            steps: textSteps(output),
            question: input,
            ...(gts === undefined || gts === null ? {} : { truth: gts }),
          },
        ],
      };
    };
  },
};
