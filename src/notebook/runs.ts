// A run as the page holds it: events in, state out. A pure reducer, the same for a live run and a recorded one.
import type { TrainConfig } from '../train/config.ts';
import type { PhaseReport } from '../train/loop.ts';
import type { MetricRecord } from '../train/metrics.ts';
import type { GroupReport } from '../train/report.ts';
import type { RunStatus, TrainerEvent, ValuingProgress } from '../workers/trainer.protocol.ts';

export interface UpdateHistogram {
  readonly update: number;
  /** Steps by advantage, in the bins of train/metrics.ts. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface UpdateGroups {
  readonly update: number;
  readonly groups: readonly GroupReport[];
}

export interface RunState {
  readonly config: TrainConfig | null;
  readonly status: RunStatus;
  /** Whole updates so far. */
  readonly update: number;
  /** What is under way; null between updates. */
  readonly phase: PhaseReport | null;
  readonly metrics: readonly MetricRecord[];
  readonly evaluations: readonly { readonly update: number; readonly sampled: number; readonly greedy: number }[];
  readonly histograms: readonly UpdateHistogram[];
  /** Groups of the newest updates that told of any, oldest first. */
  readonly groups: readonly UpdateGroups[];
  /** The probe questions at the updates that looked at them, oldest first; their order is the same each time. */
  readonly probes: readonly UpdateGroups[];
  /** How far an estimate of true values is; null when none is under way. */
  readonly valuing: ValuingProgress | null;
  readonly error: string | null;
  /** Failed calls of the run's own tools since it was begun in this page: the newest in words, and how many; absent without any. */
  readonly toolFaults?: { readonly newest: string; readonly count: number };
}

/** Updates whose groups are kept: their texts are what takes memory. */
const KEPT_GROUPS = 60;

export const EMPTY_RUN: RunState = {
  config: null,
  status: 'idle',
  update: 0,
  phase: null,
  metrics: [],
  evaluations: [],
  histograms: [],
  groups: [],
  probes: [],
  valuing: null,
  error: null,
};

export function reduceRun(state: RunState, event: TrainerEvent): RunState {
  switch (event.kind) {
    case 'begun':
      return { ...EMPTY_RUN, config: event.config };
    case 'status':
      return { ...state, status: event.status, update: event.update, phase: event.status === 'running' ? state.phase : null };
    case 'phase': {
      const { kind: _, ...phase } = event;
      return { ...state, phase };
    }
    case 'evaluated':
      return { ...state, evaluations: [...state.evaluations, { update: event.update, sampled: event.sampled, greedy: event.greedy }] };
    case 'probed':
      return { ...state, probes: [...state.probes, { update: event.update, groups: event.groups }] };
    case 'updated':
      return {
        ...state,
        update: event.update,
        phase: null,
        metrics: [...state.metrics, event.metrics],
        histograms: [...state.histograms, { update: event.update, ...event.histogram }],
        groups: event.groups.length === 0 ? state.groups : [...state.groups, { update: event.update, groups: event.groups }].slice(-KEPT_GROUPS),
      };
    case 'valuing': {
      const { kind: _, ...valuing } = event;
      return { ...state, valuing };
    }
    case 'valued':
      return { ...state, valuing: null };
    case 'checkpoint':
      return state; // the run's own affair: it is kept beside the state
    case 'toolFault':
      return { ...state, toolFaults: { newest: event.message, count: (state.toolFaults?.count ?? 0) + 1 } };
    case 'failed':
      return { ...state, error: event.message };
    default:
      return event satisfies never;
  }
}

/** Whole updates and the shares of the one under way, out of all; and the seconds left at the pace of the last updates. */
export function progressOf({ config, update, metrics, phase }: RunState): { readonly share: number; readonly secondsLeft: number | null } {
  if (!config) return { share: 0, secondsLeft: null };
  const recent = metrics.slice(-5).map((m) => (m['time/rollout'] ?? 0) + (m['time/credit'] ?? 0) + (m['time/update'] ?? 0) + (m['time/evaluate'] ?? 0));
  const pace = recent.length === 0 ? null : recent.reduce((sum, t) => sum + t, 0) / recent.length;
  const within = phase?.phase === 'rollout' && phase.total > 0 ? (0.6 * phase.done) / phase.total : phase?.phase === 'update' ? 0.65 : 0;
  return { share: Math.min(1, (update + within) / config.updates), secondsLeft: pace === null ? null : pace * (config.updates - update) };
}
