// Rollouts as the verifiers library saves them: prime-rl's train_rollouts.jsonl, and results.jsonl of its evaluations:
// {"example_id", "prompt", "completion": messages, "reward", …}, one rollout a line.
import { RolloutFileError } from '../../tapo/index.ts';
import { CHAT_ASSUMED, chatSteps, isChat, messageText } from './chatSteps.ts';
import { KINDS_ASSUMED } from './foreignCall.ts';
import { fieldsBut, numberOf, type RolloutFormat } from './format.ts';
import { rolloutNames } from './groupNames.ts';
import { TEXT_ASSUMED, textSteps } from './textSteps.ts';

export const VERIFIERS: RolloutFormat = {
  name: 'verifiers',
  title: 'rollouts saved by prime-rl’s verifiers: one {"example_id", "prompt", "completion", "reward"} a line',
  assumed: [
    'Rollouts with the same "example_id" are a group; where the file holds several environments, of the same environment.',
    'The sign of the advantage says what is correct: the file does not.',
    'Rollouts that ended in an error of the environment are left out, as in training.',
    ...CHAT_ASSUMED,
    TEXT_ASSUMED[2] as string,
    KINDS_ASSUMED,
  ],
  recognises: ({ example_id, completion, reward }) =>
    (typeof example_id === 'number' || typeof example_id === 'string') &&
    (typeof completion === 'string' || Array.isArray(completion)) &&
    typeof reward === 'number',
  reader() {
    const nameOf = rolloutNames();
    return (record, line) => {
      const { example_id: example, prompt, completion, answer } = record;
      if (record.error !== undefined && record.error !== null) return { kind: 'left out', why: 'the environment had an error' };
      if (typeof example !== 'number' && typeof example !== 'string') throw new RolloutFileError(line, '"example_id" must be a number or a string');
      if (typeof completion !== 'string' && !isChat(completion)) throw new RolloutFileError(line, '"completion" must be a text or a list of messages');
      const environment = [record.env_name, record.env_id, record.task].find((name) => typeof name === 'string');
      const question = typeof prompt === 'string' ? prompt : isChat(prompt) ? prompt.map(({ content }) => messageText(content)).join('\n\n') : '';
      return {
        kind: 'rollouts',
        rollouts: [
          {
            ...fieldsBut(record, ['prompt', 'completion', 'group', 'rollout', 'correct', 'steps', 'question', 'truth', 'answer']),
            ...nameOf(`${environment === undefined ? '' : `${environment}/`}example ${example}`),
            reward: numberOf(record, 'reward', line),
            steps: typeof completion === 'string' ? textSteps(completion) : chatSteps(completion),
            question,
            ...(typeof answer === 'string' ? { truth: answer } : {}),
          },
        ],
      };
    };
  },
};
