// Equal calls of a prompt that were answered differently, in words.
import { recordsOf } from '../../env/outcome.ts';
import { type Rollout, unequalResults } from '../../tapo/index.ts';
import type { GroupReport, ObservationReport } from '../../train/report.ts';

export interface UnequalCallWords {
  /** "text_search_tool {"query":"capital France"}" */
  readonly call: string;
  /** Each result, and the rollouts that met it, counted from 1. */
  readonly results: readonly { readonly text: string; readonly rollouts: readonly number[] }[];
}

export function unequalCalls(group: GroupReport): readonly UnequalCallWords[] {
  const numbers = new Map(group.rollouts.map(({ rollout }, i) => [rollout, i + 1]));
  return unequalResults(observedRecords(group)).map(({ tool, results }) => ({
    call: `${tool.name} ${JSON.stringify(tool.region ?? tool.arguments)}`,
    results: results.map(({ observation, steps }) => ({
      text: textOf(observation as ObservationReport),
      rollouts: [...new Set(steps.map(([rollout]) => numbers.get(rollout) as number))],
    })),
  }));
}

/** The group's records with what each call was answered. */
function observedRecords(group: GroupReport): Rollout[] {
  return recordsOf(group).map((record, r) => ({
    ...record,
    steps: record.steps.map((step, s) => {
      const observation = group.rollouts[r]?.steps[s]?.observation;
      return observation ? { ...step, observation: withoutNames(observation) } : step;
    }),
  }));
}

/** What was answered, without the names that depend on what the rollout did before: the picture's number, and those of variables. */
function withoutNames(observation: ObservationReport): ObservationReport {
  switch (observation.kind) {
    case 'image':
      return { ...observation, index: 0 };
    case 'output':
      return { ...observation, text: '', variables: {} };
    case 'documents': {
      const { kind, results, variables } = observation;
      return { kind, results: variables && Object.keys(variables).length > 0 ? results.map((result) => ({ ...result, text: '' })) : results };
    }
    default:
      return observation;
  }
}

function textOf(observation: ObservationReport): string {
  if (observation.kind === 'titles' || observation.kind === 'documents')
    return observation.results.length === 0 ? 'nothing' : observation.results.map(({ title }) => title).join(', ');
  return observation.kind === 'output' ? observation.printed : observation.kind;
}
