// `train` and `runs`, as cells see them. A run is a frozen object: what it is, what the page knows of it, and the views that it opens.

import { freezeTree } from './harden.ts';
import type { RealmHost, RunPart } from './host.ts';
import { inspect } from './inspect.ts';
import { CHART_NAMES } from './names.ts';
import { plainJson } from './plainData.ts';
import type { RunDataReader } from './runData.ts';
import { knownRun, openView, type RunReference, referenceOf, wordsOf } from './views.ts';

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
      credit: (selection: unknown = {}) => open({ kind: 'credit', selection: selected(selection) }),
      rules: (a: unknown = 'none', b: unknown = 'tapo') => open({ kind: 'rules', rules: [a, b].map((rule) => oneOf(rules, rule, 'run.rules')) }),
      question: (index: unknown = 0) => open({ kind: 'question', group: whole(index, 'run.question: the index of a question') }),
      tryIt: () => open({ kind: 'try' }),
    });
    return knownRun(run, reference);
  };

  const train = (spec: unknown = {}): object => {
    const described = describe(plainJson(spec, 'train'));
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

  return { train, runs };
}

const NOTHING: readonly unknown[] = Object.freeze([]);

/** Runs, and arrays of runs, as one list. */
function references(given: readonly unknown[], who: string): readonly RunReference[] {
  const items: unknown[] = given.flat();
  if (items.length === 0) throw new TypeError(`${who}: expected at least one run, as train({…}) gives it, got none`);
  return items.map((item) => {
    const reference = typeof item === 'object' && item !== null ? referenceOf(item) : undefined;
    if (!reference) throw new TypeError(`${who}: expected runs, as train({…}) gives them, got ${brief(item)}`);
    return reference;
  });
}

/** All charts where none is named. */
function chartNames(names: readonly unknown[], who: string): readonly string[] {
  return names.length === 0 ? CHART_NAMES : names.map((name) => oneOf(CHART_NAMES, name, who));
}

function oneOf(known: readonly string[], name: unknown, who: string): string {
  if (typeof name === 'string' && known.includes(name)) return name;
  throw new RangeError(`${who}: expected one of ${known.map((each) => JSON.stringify(each)).join(', ')}, got ${brief(name)}`);
}

function whole(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${what}: expected a whole number from 0, got ${brief(value)}`);
}

function selected(given: unknown): object {
  if (typeof given !== 'object' || given === null) throw new TypeError(`run.credit: expected {update, group, step}, each as you like, got ${brief(given)}`);
  const { update, group, step, ...others } = given as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`run.credit: no such choice "${unknown}"; expected update, group, step`);
  if (step !== undefined && !(Array.isArray(step) && step.length === 2)) {
    throw new TypeError(`run.credit: step: expected [rollout, step], two whole numbers from 0, got ${brief(step)}`);
  }
  return {
    ...(update === undefined ? {} : { update: whole(update, 'run.credit: update') }),
    ...(group === undefined ? {} : { group: whole(group, 'run.credit: group') }),
    ...(step === undefined ? {} : { step: (step as unknown[]).map((part) => whole(part, 'run.credit: step')) }),
  };
}

function brief(value: unknown): string {
  const words = inspect(value, wordsOf).replaceAll(/\s+/g, ' ');
  return words.length <= 80 ? words : `${words.slice(0, 80)}…`;
}
