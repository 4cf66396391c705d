// Where a group breaks what credit transfer rests on: equal calls with unequal results.
import { canonicalJson } from './canonicalJson.ts';
import { groupRollouts, type Rollout, type Step, type ToolCall } from './rollout.ts';

/** One call that had more than one result within its group. */
export interface UnequalCall {
  readonly group: string;
  /** The call, as the first rollout made it. */
  readonly tool: ToolCall;
  /** The different results, in the order in which they were met; `steps` says who met each: name of the rollout and step, from 0. */
  readonly results: readonly { readonly observation: unknown; readonly steps: readonly (readonly [rollout: string, step: number])[] }[];
}

/**
 * Equal calls of a group whose results differ, in the order of their first step. Calls are equal if tool and place are, where the call has a
 * resolved region, else if tool and arguments are. TAPO holds a failing call against a witness as if both had met the same answer (parameter
 * determinism, arXiv:2606.05784): of the calls named here that is not true.
 *
 * Steps without an `observation`, and calls that failed, say nothing and are left out.
 */
export function unequalResults(rollouts: readonly Rollout[]): UnequalCall[] {
  return groupRollouts(rollouts).flatMap((group) => {
    const calls = new Map<string, { readonly tool: ToolCall; readonly results: Map<string, { observation: unknown; steps: [string, number][] }> }>();
    for (const { rollout, steps } of group)
      for (const [s, { tool, observation }] of steps.entries()) {
        if (!tool || tool.ok === false || observation === undefined || observation === null) continue;
        const key = canonicalJson([tool.name, tool.kind, tool.region ?? tool.arguments]);
        const call = calls.get(key) ?? { tool, results: new Map() };
        calls.set(key, call);
        const text = canonicalJson(observation as Step['observation']);
        const result = call.results.get(text) ?? { observation, steps: [] };
        call.results.set(text, result);
        result.steps.push([rollout, s]);
      }
    return [...calls.values()]
      .filter(({ results }) => results.size > 1)
      .map(({ tool, results }) => ({ group: group[0]?.group ?? '', tool, results: [...results.values()] }));
  });
}
