// Chats with a reward, as many programs write them: {"messages": [{"role", "content", "tool_calls"}], "reward"}, one rollout a line.
import { RolloutFileError } from '../../tapo/index.ts';
import { CHAT_ASSUMED, chatSteps, isChat, messageText } from './chatSteps.ts';
import { KINDS_ASSUMED } from './foreignCall.ts';
import { fieldsBut, numberOf, type RolloutFormat } from './format.ts';
import { promptNames, rolloutNames } from './groupNames.ts';
import { TEXT_ASSUMED } from './textSteps.ts';

export const MESSAGES: RolloutFormat = {
  name: 'messages',
  title: 'chats with a reward: one {"messages", "reward"} a line',
  assumed: [
    'Rollouts with the same "group" are a group; without one, those whose messages before the first of the assistant are equal.',
    'The reward is "reward", or "score"; a rollout is correct where "correct" says so, else the sign of the advantage stands in for it.',
    ...CHAT_ASSUMED,
    TEXT_ASSUMED[2] as string,
    KINDS_ASSUMED,
  ],
  recognises: ({ messages, reward, score }) => isChat(messages) && (typeof reward === 'number' || typeof score === 'number'),
  reader() {
    const named = rolloutNames();
    const numbered = promptNames();
    return (record, line) => {
      const { messages, group, correct } = record;
      if (!isChat(messages)) throw new RolloutFileError(line, '"messages" must be a list of messages, each with a role');
      const first = messages.findIndex(({ role }) => role === 'assistant');
      const prompt = messages.slice(0, first < 0 ? messages.length : first);
      const name = typeof group === 'string' || typeof group === 'number' ? named(String(group)) : numbered('', JSON.stringify(prompt));
      return {
        kind: 'rollouts',
        rollouts: [
          {
            ...fieldsBut(record, ['messages', 'score', 'group', 'rollout', 'correct', 'steps', 'question']),
            ...name,
            reward: numberOf(record, record.reward === undefined ? 'score' : 'reward', line),
            ...(typeof correct === 'boolean' ? { correct } : {}),
            steps: chatSteps(messages.slice(prompt.length)),
            question: prompt.map(({ content }) => messageText(content)).join('\n\n'),
          },
        ],
      };
    };
  },
};
