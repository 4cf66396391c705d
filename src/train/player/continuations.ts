// What becomes of a play if the policy goes on from it, many times over: the value of a state, by re-rolling.
import { outcomeOfEpisode } from '../../env/outcome.ts';
import { REWARDS } from '../../env/rewards.ts';
import { hash32 } from '../../tapo/index.ts';
import { collectRollouts, type RolloutJob, type RolloutState, TURN_TOKENS } from '../rollout.ts';
import { addWritten, copyTranscript, segmentOf } from '../transcript.ts';
import { closeTurn, type PlayParts } from './moves.ts';
import type { Play } from './play.ts';

/** How some continuations of one state ended. */
export interface Continuations {
  readonly total: number;
  readonly right: number;
  /** Answers by how often they were given, the most frequent first; null: none was given. */
  readonly answers: readonly { readonly answer: string | null; readonly count: number; readonly correct: boolean }[];
}

export interface ContinueOptions {
  readonly count: number;
  /** Number of the first: later calls can add to earlier ones. Default 0. */
  readonly first?: number;
  readonly signal?: AbortSignal;
  /** Continuations that have ended, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Plays the question to its end `count` times from where it stands, also from the middle of a turn. Draws depend on the play's key and
 * its words alone. Continuations that the world failed count as nothing. Throws RangeError if the question is over.
 */
export async function continuePlay(play: Play, parts: PlayParts, { count, first = 0, signal, onProgress }: ContinueOptions): Promise<Continuations> {
  if (play.episode.status !== 'open') throw new RangeError(`continuePlay: the question is over (${play.episode.status}); choose an earlier turn`);
  const keys = Array.from({ length: count }, (_, k) => hash32(play.key, first + k, ...play.transcript.tokens));
  const begun: readonly RolloutState[] = play.draft.length === 0 ? keys.map(() => play) : await endTurn(play, parts, keys, signal);
  const over = begun.filter(({ episode }) => episode.status !== 'open');
  const jobs = begun.flatMap((each, k): RolloutJob[] =>
    each.episode.status === 'open'
      ? [{ task: each.episode.task, codec: parts.codec, group: 'play', rollout: String(first + k), key: keys[k] as number, from: each }]
      : [],
  );
  const later =
    jobs.length === 0
      ? []
      : await collectRollouts(parts.policyOf(play.policy), parts.benchmark, jobs, {
          reward: REWARDS.exact,
          temperature: play.temperature,
          tools: parts.tools,
          ...(signal ? { signal } : {}),
          onTurn: (ended) => onProgress?.(over.length + ended, count),
        }).then(({ rollouts }) => rollouts.map(({ outcome }) => outcome));
  const outcomes = [...over.map(({ episode }) => outcomeOfEpisode(episode)), ...later].filter(({ dropped }) => !dropped);
  const answers = new Map<string | null, { answer: string | null; count: number; correct: boolean }>();
  for (const { answer, correct } of outcomes) answers.set(answer, { answer, correct, count: (answers.get(answer)?.count ?? 0) + 1 });
  return {
    total: outcomes.length,
    right: outcomes.filter(({ correct }) => correct).length,
    answers: [...answers.values()].sort((a, b) => b.count - a.count),
  };
}

/** The play after the turn under way, written to its end once a key. */
async function endTurn(play: Play, parts: PlayParts, keys: readonly number[], signal?: AbortSignal): Promise<RolloutState[]> {
  const policy = parts.policyOf(play.policy);
  const session = policy.startSession();
  try {
    const prefix = session.open();
    await session.append([prefix], [segmentOf(play.transcript)]);
    const rows = keys.map(() => session.fork(prefix));
    const turns = await session.decodeTurn(rows, {
      maxTokens: TURN_TOKENS - play.draft.length,
      stopTokens: parts.codec.stopTokens,
      keys,
      temperature: play.temperature,
    });
    return await Promise.all(
      turns.map(async ({ tokens }, k) => {
        const transcript = copyTranscript(play.transcript);
        addWritten(transcript, tokens);
        const written = [...play.draft, ...tokens.map((token) => ({ token }))];
        return (await closeTurn({ episode: play.episode, transcript }, written, parts, policy.shape.context, { key: keys[k] as number, signal })).state;
      }),
    );
  } finally {
    session.dispose();
  }
}
