// Collecting rollouts: every question is its own state machine. Those whose observation has come are decoded together; a slow tool holds up
// its own rollout alone.
import { cutShort, type Episode, startEpisode, takeTurn } from '../env/episode.ts';
import { type Outcome, outcomeOfEpisode, rolloutSteps } from '../env/outcome.ts';
import type { Benchmark, Task, Tool } from '../env/types.ts';
import type { DecodedTurn, Policy } from '../policy/types.ts';
import type { Rollout } from '../tapo/index.ts';
import { breathe } from './breathe.ts';
import type { Codec } from './codec.ts';
import { openInbox } from './inbox.ts';
import { addSegment, addWritten, copyTranscript, emptyTranscript, segmentOf, type Transcript } from './transcript.ts';

/** Tokens of one turn at most. */
export const TURN_TOKENS = 24;

/** Where an open rollout stands: all that the policy and the world know of it. */
export interface RolloutState {
  readonly episode: Episode;
  readonly transcript: Transcript;
}

/** One rollout to be made. Jobs that begin alike read what they begin with once. */
export interface RolloutJob {
  readonly task: Task;
  /** Real or renamed facts; the same for all jobs of a task. */
  readonly codec: Codec;
  readonly group: string;
  readonly rollout: string;
  /** Unsigned 32-bit: with the position it decides every draw of this rollout, and with the turn those of a stochastic tool. */
  readonly key: number;
  /** Where to go on from; default the question. Jobs with the same object share it. */
  readonly from?: RolloutState;
}

export interface CollectedRollout {
  /** What it was read and written with. */
  readonly codec: Codec;
  /** The record that files and the credit library know. */
  readonly record: Rollout;
  readonly transcript: Transcript;
  readonly episode: Episode;
  readonly outcome: Outcome;
  /** log π_old of the model's tokens, in order, nats. */ readonly logProbs: readonly number[];
  /** Entropies of π_old there, nats. */ readonly entropies: readonly number[];
}

export interface CollectOptions {
  readonly reward: (outcome: Outcome) => number;
  /** 1 samples, 0 is greedy. Default 1. */
  readonly temperature?: number;
  readonly signal?: AbortSignal;
  /** Tools, if not the benchmark's own: some of them disabled, or behind a worker. */
  readonly tools?: readonly Tool[];
  /** Called when tools have answered, with the number of rollouts that have ended. */
  readonly onTurn?: (ended: number, total: number) => void;
  /** Milliseconds, for the time that tools take. Default performance.now. */
  readonly now?: () => number;
}

export interface Collection {
  /** In the order of the jobs. */
  readonly rollouts: readonly CollectedRollout[];
  /** Time in which tools ran and nothing was decoded, milliseconds. */
  readonly toolTime: number;
}

/** A rollout under way: it waits for its turn to be decoded, then for its tool, until its episode ends. */
interface Open {
  readonly job: RolloutJob;
  readonly row: number;
  readonly transcript: Transcript;
  readonly turns: DecodedTurn[];
  episode: Episode;
}

/**
 * Plays all jobs to their end under the policy. An infrastructure error shows as a dropped outcome. While the policy writes, tools of other
 * rollouts run on; when they answer decides only what is decoded together, and nothing of the rollouts depends on that.
 */
export async function collectRollouts(policy: Policy, benchmark: Benchmark, jobs: readonly RolloutJob[], options: CollectOptions): Promise<Collection> {
  const { temperature = 1, signal, tools = benchmark.tools, onTurn, now = () => performance.now() } = options;
  let [toolTime, ended] = [0, 0];
  const session = policy.startSession();
  const write = async (some: readonly Open[]): Promise<DecodedTurn[]> => {
    await breathe();
    signal?.throwIfAborted();
    const keys = some.map(({ job }) => job.key);
    return session.decodeTurn(
      some.map(({ row }) => row),
      { maxTokens: TURN_TOKENS, stopTokens: jobs[0]?.codec.stopTokens ?? [], keys, temperature },
    );
  };
  try {
    const all = await openRows(session, benchmark, jobs);
    const inbox = openInbox<Open>(signal);
    let toMove: readonly Open[] = all;
    while (ended < all.length) {
      const turns = toMove.length > 0 ? await write(toMove) : [];
      const since = now();
      toMove.forEach((open, i) => {
        inbox.expect(askWorld(open, turns[i] as DecodedTurn, tools, signal));
      });
      const moved = (await inbox.take()).sort((a, b) => a.row - b.row);
      toolTime += now() - since;
      toMove = await readObservations(session, moved, policy.shape.context);
      ended += moved.length - toMove.length;
      onTurn?.(ended, all.length);
    }
    return { rollouts: all.map((open) => collected(open, options.reward)), toolTime };
  } finally {
    session.dispose();
  }
}

type Session = ReturnType<Policy['startSession']>;

/** One row a job; jobs that begin alike share the prefix. */
async function openRows(session: Session, benchmark: Benchmark, jobs: readonly RolloutJob[]): Promise<Open[]> {
  const places = new Map<RolloutState | string, number>(); // by state, or by task for those that begin with the question
  const states: RolloutState[] = [];
  const place = (job: RolloutJob): number => {
    const beginning = job.from ?? job.task.id;
    const known = places.get(beginning);
    if (known !== undefined) return known;
    places.set(beginning, states.length);
    return states.push(job.from ?? questionState(benchmark, job)) - 1;
  };
  const placeOf = jobs.map(place);
  const prefixes = states.map(() => session.open());
  await session.append(
    prefixes,
    states.map(({ transcript }) => segmentOf(transcript)),
  );
  const open = jobs.map((job, j): Open => {
    const { episode, transcript } = states[placeOf[j] as number] as RolloutState;
    return { job, row: session.fork(prefixes[placeOf[j] as number] as number), transcript: copyTranscript(transcript), turns: [], episode };
  });
  session.close(prefixes);
  return open;
}

/** The rollout with what it wrote, and with what its tool answers to that. */
async function askWorld(open: Open, turn: DecodedTurn, tools: readonly Tool[], signal: AbortSignal | undefined): Promise<Open> {
  open.turns.push(turn);
  addWritten(open.transcript, turn.tokens);
  open.episode = await takeTurn(open.episode, open.job.codec.decodeTurn(turn.tokens), tools, { key: open.job.key, signal });
  return open;
}

function questionState(benchmark: Benchmark, { task, codec }: RolloutJob): RolloutState {
  const transcript = emptyTranscript();
  addSegment(transcript, codec.question(task, benchmark.overview(task)));
  return { episode: startEpisode(task), transcript };
}

/** Lets the open rollouts read what their tools answered. Gives those that are to move next; one without room for another turn ends. */
async function readObservations(session: Session, moved: readonly Open[], context: number): Promise<Open[]> {
  const next: Open[] = [];
  const segments: ReturnType<Codec['observation']>[] = [];
  for (const open of moved) {
    const observation = open.episode.turns.at(-1)?.observation;
    if (open.episode.status !== 'open' || !observation) continue;
    const segment = open.job.codec.observation(observation);
    if (session.length(open.row) + segment.tokens.length + TURN_TOKENS > context) {
      open.episode = cutShort(open.episode);
      continue;
    }
    addSegment(open.transcript, segment);
    next.push(open);
    segments.push(segment);
  }
  session.close(moved.filter((open) => !next.includes(open)).map(({ row }) => row));
  if (next.length > 0)
    await session.append(
      next.map(({ row }) => row),
      segments,
    );
  return next;
}

function collected({ job, transcript, turns, episode }: Open, reward: (outcome: Outcome) => number): CollectedRollout {
  const outcome = outcomeOfEpisode(episode);
  const before = episode.turns.length - turns.length; // turns that the job went on from
  const steps = rolloutSteps(episode.turns).map((step, i) => {
    const turn = turns[i - before];
    return turn ? { ...step, logProbs: turn.logProbs, entropies: turn.entropies } : step;
  });
  return {
    codec: job.codec,
    record: { group: job.group, rollout: job.rollout, reward: outcome.dropped ? 0 : reward(outcome), correct: outcome.correct, steps },
    transcript,
    episode,
    outcome,
    logProbs: turns.flatMap((turn) => turn.logProbs),
    entropies: turns.flatMap((turn) => turn.entropies),
  };
}
