// What the policy does: its entropy, its calls by tool, the length of its responses, and where an update's time goes.
import type { RunState } from '../../../notebook/runs.ts';
import { percent } from '../../format.ts';
import { axisOf, plain, timeAxisOf } from './axes.ts';
import type { Figure } from './figure.ts';
import { type FigureInput, metric, newestByGroup, onlyRun, overUpdates } from './overUpdates.ts';

export function entropyFigure(input: FigureInput): Figure {
  const figure = overUpdates(input, {
    title: 'Entropy of the policy',
    series: [{ id: 'entropy', label: 'nats a token', noisy: true, read: metric('policy/entropy') }],
    axis: axisOf,
  });
  const run = onlyRun(input);
  return {
    ...figure,
    summary: run ? fromTo(run, 'policy/entropy', (x) => `${x.toFixed(3)} nats a token`) : `Nats a token: ${newestByGroup(figure, 'entropy')}.`,
  };
}

/** Names of the tools that ship, shorter than those that the policy calls them by. */
const TOOL_WORDS: Readonly<Record<string, string>> = { image_zoom_in_tool: 'zoom', image_search_tool: 'image search', text_search_tool: 'text search' };
const BY_TOOL = 'tool/calls/';

export function callsFigure(input: FigureInput): Figure {
  const metrics = input.groups.flatMap(({ runs }) => runs.flatMap(({ state }) => Object.keys(state.metrics[0] ?? {})));
  const tools = [...new Set(metrics.filter((name) => name.startsWith(BY_TOOL)))];
  const series = tools.map((name) => {
    const tool = name.slice(BY_TOOL.length);
    return { id: tool, label: TOOL_WORDS[tool] ?? tool.replaceAll('_', ' '), noisy: true, read: metric(name) };
  });
  const figure = overUpdates(input, { title: 'Tool calls a rollout', series, axis: axisOf });
  const run = onlyRun(input);
  const byTool = series.map(({ id, label }) => `${label}: ${newestByGroup(figure, id)}`);
  return { ...figure, summary: run ? fromTo(run, 'tool/calls', (x) => `${x.toFixed(2)} calls a rollout in all`) : `${byTool.join('. ')}.` };
}

export function lengthFigure(input: FigureInput): Figure {
  const figure = overUpdates(input, {
    title: 'Response length',
    series: [{ id: 'length', label: 'tokens a rollout', noisy: true, read: metric('response/length') }],
    axis: axisOf,
  });
  const run = onlyRun(input);
  const turns = (run?.metrics[run.metrics.length - 1]?.['response/turns'] ?? 0).toFixed(1);
  const words = run
    ? fromTo(run, 'response/length', (x) => `${x.toFixed(1)} tokens of its own a rollout, in ${turns} turns`)
    : `Tokens a rollout: ${newestByGroup(figure, 'length')}.`;
  return { ...figure, summary: words };
}

/** On a logarithmic axis: credit takes a thousandth of the rest. A time of 0, below what the clock can tell, is not drawn. */
export function timeFigure(input: FigureInput): Figure {
  const figure = overUpdates(input, {
    title: "Where an update's time goes",
    series: [
      { id: 'rollout', label: 'rollouts', noisy: true, read: metric('time/rollout') },
      { id: 'tools', label: 'tools', noisy: true, read: metric('time/tools') },
      { id: 'update', label: 'update', noisy: true, read: metric('time/update') },
      { id: 'credit', label: 'credit', noisy: true, read: metric('time/credit') },
    ],
    axis: timeAxisOf,
  });
  const run = onlyRun(input);
  if (!run)
    return {
      ...figure,
      summary: `Credit transfer an update: ${newestByGroup(figure, 'credit')}. Rollouts: ${newestByGroup(figure, 'rollout')}.`,
    };
  const newest = run.metrics[run.metrics.length - 1];
  const summary = newest
    ? `Credit transfer and its rates take ${percent(newest['credit/time_share'] ?? 0, 2)} of the update; ${Math.round(newest.tokens_per_second ?? 0)} tokens a second are sampled. Rollouts include their tools.`
    : 'No update yet.';
  return { ...figure, summary };
}

/** "0.183 nats a token; 0.402 at update 1." */
function fromTo({ metrics }: RunState, name: string, say: (value: number) => string): string {
  const [first, last] = [metrics[0], metrics[metrics.length - 1]];
  if (!first || !last) return 'No update yet.';
  const now = say(last[name] ?? 0);
  return first === last ? `${now}.` : `${now}; ${plain(first[name] ?? 0)} at update ${first.update}.`;
}
