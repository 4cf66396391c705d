// Episodes of verifiers v1: prime-rl's rollouts/step_N/train/*/traces.jsonl. One episode a line, with the traces of its agents; older files
// have one trace a line. A trace is a graph of messages: nodes of {message, sampled, mask, …}.
import { type Rollout, RolloutFileError } from '../../tapo/index.ts';
import { CHAT_ASSUMED, chatSteps, isChat, messageText } from './chatSteps.ts';
import { KINDS_ASSUMED } from './foreignCall.ts';
import { isRecord, type JsonRecord, type RolloutFormat } from './format.ts';
import { rolloutNames } from './groupNames.ts';

export const EPISODES: RolloutFormat = {
  name: 'episodes',
  title: 'episodes saved by prime-rl: one {"task", "group", "traces"} a line',
  assumed: [
    'Episodes of one "group" are a group; without one, those of the same task. Each trained agent of an episode is a rollout, and agents of different names are in different groups.',
    'The reward is the sum of score · weight over the trace’s "rewards"; the sign of the advantage says what is correct.',
    'Traces that ended in an error, or were not trained on, are left out.',
    'Messages that the model did not write ("sampled": false) are no steps. Tokens are those of the trace’s mask, and words where it has none.',
    ...CHAT_ASSUMED,
    KINDS_ASSUMED,
  ],
  recognises: (record) => Array.isArray(record.traces) || (Array.isArray(record.nodes) && isRecord(record.rewards)),
  reader() {
    const nameOf = rolloutNames();
    return (record, line) => {
      const traces = Array.isArray(record.traces) ? record.traces : [record];
      if (!traces.every(isRecord)) throw new RolloutFileError(line, '"traces" must be a list of objects');
      const trained = traces.filter((trace) => !(isRecord(trace.agent) && trace.agent.trainable === false));
      const sound = trained.filter((trace) => trace.ok !== false && !isNonEmpty(trace.errors));
      if (sound.length === 0)
        return {
          kind: 'left out',
          why: traces.length === 0 ? 'the episode has no trace' : trained.length === 0 ? 'no agent was trained' : 'the trace ended in an error',
        };
      const agents = new Set(sound.map(agentOf));
      return {
        kind: 'rollouts',
        rollouts: sound.map((trace) => {
          const group = groupOf(record, trace, line) + (agents.size > 1 ? `/${agentOf(trace)}` : '');
          return rolloutOf(trace, nameOf(group), line);
        }),
      };
    };
  },
};

function rolloutOf(trace: JsonRecord, name: { readonly group: string; readonly rollout: string }, line: number): Rollout & JsonRecord {
  const nodes = Array.isArray(trace.nodes) ? trace.nodes : [];
  const written = nodes.filter((node: unknown): node is JsonRecord & { message: JsonRecord } => isRecord(node) && isRecord(node.message));
  const messages = written.map(({ message }) => message);
  if (messages.length > 0 && !isChat(messages)) throw new RolloutFileError(line, '"nodes" must hold messages with a role');
  const tokens = new Map(written.map(({ message, mask }) => [message, maskedTokens(mask)]));
  const first = written.findIndex(({ sampled }) => sampled === true);
  const prompt = written.slice(0, Math.max(0, first)).map(({ message }) => message);
  const own = written.slice(Math.max(0, first)).filter(({ message, sampled }) => message.role !== 'assistant' || sampled === true);
  return {
    ...name,
    reward: rewardOf(trace.rewards, line),
    steps: chatSteps(
      own.map(({ message }) => message),
      (message) => tokens.get(message) ?? null,
    ),
    question: prompt.map(({ content }) => messageText(content)).join('\n\n'),
    ...(typeof trace.id === 'string' ? { trace: trace.id } : {}),
  };
}

/** Σ score · weight. Throws RolloutFileError for a reward that is no number. */
function rewardOf(rewards: unknown, line: number): number {
  if (!isRecord(rewards)) throw new RolloutFileError(line, 'a trace’s "rewards" must be an object of {"score", "weight"}');
  let sum = 0;
  for (const reward of Object.values(rewards)) {
    if (reward === null) continue; // was not scored
    const { score, weight = 1 } = isRecord(reward) ? reward : { score: reward };
    const value = Number(score) * Number(weight);
    if (typeof score !== 'number' || typeof weight !== 'number' || !Number.isFinite(value))
      throw new RolloutFileError(line, `a trace’s rewards must be numbers, got ${JSON.stringify(reward).slice(0, 40)}`);
    sum += value;
  }
  return sum;
}

function groupOf(episode: JsonRecord, trace: JsonRecord, line: number): string {
  if (isRecord(episode.group) && typeof episode.group.id === 'string') return episode.group.id;
  const task = isRecord(episode.task) ? episode.task : trace.task;
  const key = isRecord(task) ? (task.key ?? task.hash) : undefined;
  if (typeof key === 'string') return `task ${key}`;
  throw new RolloutFileError(line, 'the episode must name its "group", or its task a "key"');
}

function agentOf({ agent }: JsonRecord): string {
  return isRecord(agent) && typeof agent.name === 'string' ? agent.name : 'agent';
}

function maskedTokens(mask: unknown): number | null {
  return isNonEmpty(mask) ? mask.filter((own) => own === true).length : null;
}

function isNonEmpty(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}
