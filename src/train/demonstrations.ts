// Demonstrations for pre-training: the scripted agent works on tasks in shuffled worlds; what it said and saw becomes transcripts.
import { type Episode, startEpisode, takeTurn } from '../env/episode.ts';
import type { Benchmark, Faults } from '../env/types.ts';
import { randomStream } from '../tapo/index.ts';
import { buildCodec, shuffleNames } from './codec.ts';
import { addSegment, addWritten, emptyTranscript, type Transcript } from './transcript.ts';

export interface Demonstrated {
  readonly transcript: Transcript;
  readonly episode: Episode;
}

/** Demonstration number `index`: a pure function of its arguments. */
export type Demonstrator = (preset: string, seed: number, index: number, faults: Faults) => Promise<Demonstrated>;

/**
 * Demonstrations on training tasks. Names are shuffled anew in each one, so that there is nothing to remember but how to look things up,
 * and every name's token occurs although only training countries are drawn.
 */
export function buildDemonstrator(benchmark: Benchmark): Demonstrator {
  const codecOf = buildCodec(benchmark.vocabulary);
  return async (preset, seed, index, faults) => {
    const random = randomStream(seed, index, STREAM);
    const codec = codecOf(shuffleNames(benchmark.vocabulary, random));
    const task = benchmark.lesson(benchmark.task(preset, 'train', seed, index), faults, random);
    const agent = benchmark.demonstrate(task, faults, random);
    const transcript = emptyTranscript();
    addSegment(transcript, codec.question(task, benchmark.overview(task)));
    let episode = startEpisode(task);
    while (episode.status === 'open') {
      const tokens = codec.encodeTurn(agent.next(episode));
      addWritten(transcript, tokens);
      episode = await takeTurn(episode, codec.decodeTurn(tokens), benchmark.tools);
      const observation = episode.turns.at(-1)?.observation;
      if (observation) addSegment(transcript, codec.observation(observation));
    }
    return { transcript, episode };
  };
}

/** Keeps these draws apart from those of tasks with the same seed. */
const STREAM = 0xde30;
