// All that is shown of one group: its rollouts with their credit, and the texts of their steps, read from the file now.
import type { CreditedGroup, CreditedStep, Outcome, Rollout, ToolCall } from '../tapo/index.ts';
import { type AuditCreditOptions, creditGroup } from './creditTable.ts';
import { isRecord, type JsonRecord } from './formats/format.ts';
import type { RolloutTable, TableGroup } from './rolloutTable.ts';

/** A call for reading: the tool, and its arguments in one line, cut. */
export interface CallWords {
  readonly tool: string;
  readonly given: string;
}

export interface AuditStep extends CreditedStep {
  readonly tokens: number;
  /** Null where the step calls nothing. */
  readonly call: CallWords | null;
  /** The call could not be executed. */
  readonly failed: boolean;
  /** What the model wrote, and what the tool answered, cut; null where the file does not say. */
  readonly text: string | null;
  readonly observation: string | null;
  /** The witness's call, and the place of its rollout in the group. */
  readonly witnessCall: CallWords | null;
  readonly witnessPlace: number | null;
}

export interface AuditRollout {
  readonly rollout: string;
  /** Its line in the file. */
  readonly line: number;
  readonly reward: number;
  readonly advantage: number;
  readonly outcome: Outcome;
  readonly correct: boolean;
  /** The file says so; else the sign of the advantage does. */
  readonly correctGiven: boolean;
  readonly answer: string | null;
  readonly steps: readonly AuditStep[];
}

export interface AuditGroupDetail {
  readonly name: string;
  readonly question: string | null;
  readonly clusters: readonly { readonly tool: string; readonly calls: number; readonly support: number; readonly advantage: number }[];
  /** All of the group, and the place of the first that is told of. */
  readonly total: number;
  readonly from: number;
  readonly rollouts: readonly AuditRollout[];
}

/** Rollouts of a group that are told of at once. */
export const ROLLOUTS_A_PAGE = 32;

/** Longest text that is told, characters. */
const TEXT_SHOWN = 1200;
const CALL_SHOWN = 400;

/** The page of the group's rollouts that starts at `from`. `source` holds the rollouts' lines. */
export async function groupDetail(table: RolloutTable, group: TableGroup, source: Blob, options: AuditCreditOptions, from: number): Promise<AuditGroupDetail> {
  const credited = creditGroup(group, options);
  const places = new Map(group.rollouts.map(({ rollout }, place) => [rollout, place]));
  const first = Math.max(0, Math.min(from, group.rollouts.length - 1));
  const shown = group.rollouts.slice(first, first + ROLLOUTS_A_PAGE);
  const lines = await Promise.all(shown.map((_, i) => lineOf(table, source, group.indices[first + i] as number)));
  const question = lines.map(({ question }) => question).find((text) => typeof text === 'string');
  return {
    name: group.name,
    question: typeof question === 'string' ? cut(question.trim(), TEXT_SHOWN) : null,
    clusters: credited.clusters.map(({ tool, members, support, advantage }) => ({ tool, calls: members.length, support, advantage })),
    total: group.rollouts.length,
    from: first,
    rollouts: shown.map((rollout, i) =>
      rolloutOf(
        rollout,
        credited.rollouts[first + i] as CreditedGroup['rollouts'][number],
        lines[i] as JsonRecord,
        table.places.line[group.indices[first + i] as number] as number,
        (id) => places.get(id) ?? null,
        group.rollouts,
      ),
    ),
  };
}

function rolloutOf(
  rollout: Rollout,
  credited: CreditedGroup['rollouts'][number],
  line: JsonRecord,
  lineNumber: number,
  placeOf: (rollout: string) => number | null,
  members: readonly Rollout[],
): AuditRollout {
  const written = Array.isArray(line.steps) ? line.steps : [];
  return {
    rollout: rollout.rollout,
    line: lineNumber,
    reward: rollout.reward,
    advantage: credited.advantage,
    outcome: credited.outcome,
    correct: credited.correct,
    correctGiven: rollout.correct !== undefined,
    answer: typeof line.answer === 'string' ? cut(line.answer, CALL_SHOWN) : null,
    steps: credited.steps.map((step, s): AuditStep => {
      const { tokens, tool } = rollout.steps[s] as Rollout['steps'][number];
      const given: unknown = written[s];
      const { text, observation } = isRecord(given) ? given : {};
      const witnessPlace = step.witness ? placeOf(step.witness[0]) : null;
      const witness = step.witness && witnessPlace !== null ? members[witnessPlace]?.steps[step.witness[1]]?.tool : undefined;
      return {
        ...step,
        tokens,
        call: tool ? callWords(tool) : null,
        failed: tool?.ok === false,
        text: typeof text === 'string' ? cut(text, TEXT_SHOWN) : null,
        observation:
          observation === undefined || observation === null
            ? null
            : cut(typeof observation === 'string' ? observation : JSON.stringify(observation), TEXT_SHOWN),
        witnessCall: witness ? callWords(witness) : null,
        witnessPlace,
      };
    }),
  };
}

/** {tool: "text_search_tool", given: "query: capital of France"}; a region that was resolved stands last. */
export function callWords({ name, arguments: args, region }: ToolCall): CallWords {
  const parts = Object.entries(args).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const place = region ? [`at ${region.bbox.join(' ')} of ${region.image}`] : [];
  return { tool: cut(name, CALL_SHOWN), given: cut([...parts, ...place].join(' · '), CALL_SHOWN) };
}

async function lineOf({ places }: RolloutTable, source: Blob, index: number): Promise<JsonRecord> {
  const start = places.start[index] as number;
  const text = await source.slice(start, start + (places.length[index] as number)).text();
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
