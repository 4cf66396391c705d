// What a state must look like before any view is shown it: files come from disks and from other people.
import * as v from 'valibot';
import { ConfigError, trainConfig } from '../../train/config.ts';
import type { RunState } from '../runs.ts';
import { issueWords } from './issueWords.ts';
import { LibraryError } from './runLibrary.ts';

/** Any number, NaN and infinities too: a run may have gone astray, and its file says so. */
const number = v.custom<number>((value) => typeof value === 'number', 'a number');
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullable = v.nullable;
const words = v.array(v.string());

const Step = v.looseObject({
  advantage: number,
  corrected: number,
  similarity: nullable(number),
  support: nullable(number),
  cluster: nullable(whole),
  reason: v.string(),
  witness: nullable(v.tuple([v.string(), whole])),
  tool: nullable(v.string()),
  words,
  action: v.variant('kind', [
    v.looseObject({ kind: v.literal('call'), tool: v.string(), toolKind: v.string(), arguments: v.record(v.string(), v.unknown()), start: whole }),
    v.looseObject({ kind: v.literal('answer'), text: v.string(), start: whole }),
    v.looseObject({ kind: v.literal('malformed'), reason: v.string() }),
  ]),
  observation: nullable(v.looseObject({ kind: v.string() })),
  logProbs: v.optional(nullable(v.array(number))),
  entropies: v.optional(nullable(v.array(number))),
  ratios: v.optional(nullable(v.array(number))),
});

const Group = v.looseObject({
  group: v.string(),
  task: v.looseObject({ id: v.string(), preset: v.string(), split: v.string(), type: v.string(), question: v.string(), answer: v.string() }),
  clusters: v.array(v.looseObject({ tool: v.string(), members: v.array(v.tuple([v.string(), whole])), support: number, advantage: number })),
  rollouts: v.array(
    v.looseObject({ rollout: v.string(), reward: number, answer: nullable(v.string()), advantage: number, outcome: v.string(), steps: v.array(Step) }),
  ),
});

const Groups = v.array(v.looseObject({ update: whole, groups: v.array(Group) }));

const State = v.looseObject({
  config: v.looseObject({}),
  status: v.picklist(['idle', 'running', 'paused', 'stopped', 'finished']),
  update: whole,
  metrics: v.array(v.intersect([v.looseObject({ update: whole }), v.record(v.string(), number)])),
  evaluations: v.array(v.looseObject({ update: whole, sampled: number, greedy: number })),
  histograms: v.array(v.looseObject({ update: whole, before: v.array(number), after: v.array(number) })),
  groups: Groups,
  probes: Groups,
  error: nullable(v.string()),
  toolFaults: v.optional(v.looseObject({ newest: v.string(), count: whole })),
});

/** The state, its configuration made complete. Throws LibraryError that names the first part that is not as expected. */
export function checkedState(state: RunState): RunState {
  const result = v.safeParse(State, state, { abortEarly: true });
  if (!result.success) throw new LibraryError(issueWords(result.issues[0], 'the state'));
  try {
    return { ...state, config: trainConfig(state.config) };
  } catch (error) {
    if (error instanceof ConfigError) throw new LibraryError(`its configuration is of another version: ${error.message.replaceAll('\n', '; ')}`);
    throw error;
  }
}
