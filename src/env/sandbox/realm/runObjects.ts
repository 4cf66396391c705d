// `train` and `runs`, as cells see them. A run is a frozen object: what it is, what the page knows of it, and the views that it opens.
import { freezeTree } from './harden.ts';
import type { RealmHost, RunPart } from './host.ts';
import { inspect } from './inspect.ts';
import { reward, tool, withSources } from './own.ts';
import { plainJson } from './plainData.ts';
import { chartNames, oneOf, references, viewSelection, wholeNumber } from './runArguments.ts';
import type { RunDataReader } from './runData.ts';
import { knownRun, openView, type RunReference } from './views.ts';

interface Described {
  readonly key: string;
  readonly spec: unknown;
  readonly config: unknown;
  readonly command: string;
}

export function runFunctions(host: RealmHost, data: RunDataReader): { readonly train: unknown; readonly runs: unknown } {
  const rules = JSON.parse(host.rules('')) as readonly string[];

  const describe = (json: string): Described => {
    const answer = JSON.parse(host.describe(json)) as Described | { readonly refusal: string };
    if ('refusal' in answer) throw new RangeError(`train: ${answer.refusal}`);
    return answer;
  };

  const runOf = (known: RunReference, described?: Described): object => {
    const reference: RunReference = { key: known.key, spec: known.spec };
    freezeTree(reference.spec);
    const { key, spec } = reference;
    let rest = described;
    const more = (): Described => {
      rest ??= describe(JSON.stringify(spec));
      freezeTree(rest.config);
      return rest;
    };
    const read = (part: RunPart, absent: unknown): unknown => data.read(key, part) ?? absent;
    const open = (view: { readonly kind: string; readonly [setting: string]: unknown }): object => openView({ ...view, run: reference }, [reference]);
    const run = Object.freeze({
      key,
      spec,
      get config() {
        return more().config;
      },
      get command() {
        return more().command;
      },
      get name() {
        return read('name', null);
      },
      get status() {
        return read('status', 'none');
      },
      get update() {
        return read('update', 0);
      },
      get metrics() {
        return read('metrics', NOTHING);
      },
      get evaluations() {
        return read('evaluations', NOTHING);
      },
      get groups() {
        return read('groups', NOTHING);
      },
      get probes() {
        return read('probes', NOTHING);
      },
      charts: (...names: unknown[]) => openView({ kind: 'charts', runs: [reference], charts: chartNames(names, 'run.charts') }, [reference]),
      trajectories: () => open({ kind: 'trajectories' }),
      credit: (selection: unknown = {}) => open({ kind: 'credit', selection: viewSelection(selection, 'run.credit') }),
      rules: (a: unknown = 'none', b: unknown = 'tapo', selection: unknown = {}) =>
        open({ kind: 'rules', rules: [a, b].map((rule) => oneOf(rules, rule, 'run.rules')), selection: viewSelection(selection, 'run.rules') }),
      question: (index: unknown = 0) => open({ kind: 'question', group: wholeNumber(index, 'run.question: the index of a question') }),
      tryIt: () => open({ kind: 'try' }),
    });
    return knownRun(run, reference);
  };

  const train = (spec: unknown = {}): object => {
    const described = describe(plainJson(withSources(spec), 'train'));
    return runOf(described, described);
  };

  const runs = Object.freeze({
    all: () => data.list().map((known) => runOf(known)),
    named: (name: unknown) => {
      const list = data.list();
      const known = list.find((run) => run.name === name) ?? list.find((run) => run.key === name);
      if (known) return runOf(known);
      const names = list.map((run) => JSON.stringify(run.name)).join(', ');
      throw new RangeError(`runs.named: no run is called ${inspect(name)}; ${names === '' ? 'there are no runs yet' : `there are ${names}`}`);
    },
    charts: (given: unknown, names: unknown = []) => {
      const shown = references([given], 'runs.charts');
      return openView({ kind: 'charts', runs: shown, charts: chartNames([names].flat(), 'runs.charts') }, shown);
    },
    compare: (...given: unknown[]) => {
      const shown = references(given, 'runs.compare');
      return openView({ kind: 'comparison', runs: shown }, shown);
    },
    truth: () => openView({ kind: 'truth' }, []),
    tryIt: () => openView({ kind: 'try', run: null }, []),
    audit: () => openView({ kind: 'audit' }, []),
    library: () => openView({ kind: 'library' }, []),
  });

  return { train: Object.assign(train, { tool, reward }), runs };
}

const NOTHING: readonly unknown[] = Object.freeze([]);
