// What is on the screen, as the part of the address after "#": a link opens the same notebook, run, selection and sliders again, or sets up
// a lesson. docs/notebooks.md lists the parameters.
import { OPTIONS, type OptionDefinition, optionOf, parseOption } from '../../train/options/optionTable.ts';
import { decodeValue, encodeValue, packNotebook, readList, readPairs, unpackNotebook, writeList, writePairs } from './linkText.ts';

export const LINK_VERSION = '1';

export interface NotebookLink {
  /** Name of a notebook of the library. */
  readonly notebook: string | null;
  /** The file of a notebook that the link itself holds. */
  readonly inline: string | null;
  readonly cell: number | null;
  readonly update: number | null;
  readonly group: number | null;
  /** A step of a rollout: indices of both. */
  readonly step: readonly [rollout: number, step: number] | null;
  /** A token of that step. */
  readonly token: number | null;
  /** Options of the run, by path, as `writtenValue` writes them; linkValues.ts has the way there and back. */
  readonly spec: Readonly<Record<string, string>>;
  /** Options that the shown rollouts are credited under: theta, alphaMin, beta, support, clamp, minSuccess, text, region. */
  readonly whatIf: Readonly<Record<string, string>>;
  /** Names of controls that a lesson hides, and of those that it locks. */
  readonly hide: readonly string[];
  readonly lock: readonly string[];
  /** Large type, for a projector. */
  readonly room: boolean;
  readonly theme: 'light' | 'dark' | null;
}

export const EMPTY_LINK: NotebookLink = {
  ...{ notebook: null, inline: null, cell: null, update: null, group: null, step: null, token: null },
  ...{ spec: {}, whatIf: {}, hide: [], lock: [], room: false, theme: null },
};

export const WHAT_IF_NAMES = ['theta', 'alphaMin', 'beta', 'support', 'clamp', 'minSuccess', 'text', 'region'] as const;

/**
 * The part of the address after and with "#"; empty for a link that says nothing. Throws RangeError where the notebook in it is too long for
 * a link (`packNotebook` tells beforehand).
 */
export function writeLink({ notebook, inline, cell, update, group, step, token, spec, whatIf, hide, lock, room, theme }: NotebookLink): string {
  const packed = inline === null ? null : packNotebook(inline);
  if (inline !== null && packed === null) throw new RangeError('this notebook is too long for a link: save it as a file, or shorten it');
  const parameters: readonly (readonly [name: string, value: string | number | null])[] = [
    ['nb', notebook],
    ['n', packed],
    ['cell', cell],
    ['run', writePairs(spec) || null],
    ['update', update],
    ['group', group],
    ['step', step?.join('.') ?? null],
    ['token', token],
    ...WHAT_IF_NAMES.map((name) => [name, whatIf[name] ?? null] as const),
    ['hide', writeList(hide) || null],
    ['lock', writeList(lock) || null],
    ['room', room ? 1 : null],
    ['theme', theme],
  ];
  const written = parameters.filter(([, value]) => value !== null).map(([name, value]) => `${name}=${encodeValue(String(value))}`);
  return written.length === 0 ? '' : `#v=${LINK_VERSION}&${written.join('&')}`;
}

/**
 * What a link says, with or without its "#". Whatever is wrong with it is told in `problems`, by name and value, and the rest is read all the
 * same. A plain name, as of a heading, is no link and no problem.
 */
export function readLink(hash: string): { readonly link: NotebookLink; readonly problems: readonly string[] } {
  const text = hash.replace(/^#/, '');
  if (!text.includes('=')) return { link: EMPTY_LINK, problems: [] };
  const problems: string[] = [];
  const given = new Map<string, string>();
  for (const parameter of text.split('&').filter((each) => each !== '')) {
    const equals = parameter.indexOf('=');
    const name = decodeValue(equals < 0 ? parameter : parameter.slice(0, equals));
    if (given.has(name)) problems.push(`${short(name)}: given twice, the first counts`);
    else given.set(name, equals < 0 ? '' : decodeValue(parameter.slice(equals + 1)));
  }

  /** The value of a parameter, or `missing`; a reader that throws tells what was expected. */
  const take = <T>(name: string, missing: T, read: (value: string) => T): T => {
    const value = given.get(name);
    given.delete(name);
    if (value === undefined) return missing;
    try {
      return read(value);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return missing;
    }
  };
  const takeSpec = (name: 'set' | 'run'): Readonly<Record<string, string>> =>
    take<Readonly<Record<string, string>>>(name, {}, (value) =>
      Object.fromEntries(readPairs(value).flatMap(([path, written]) => readPair(path, written, (problem) => problems.push(`${name}: ${problem}`)))),
    );

  const version = take('v', LINK_VERSION, (value) => value);
  if (version !== LINK_VERSION) problems.push(`v: expected version ${LINK_VERSION}, got "${short(version)}": this page may read some of it wrongly`);
  const link: NotebookLink = {
    notebook: take<string | null>('nb', null, (value) => value),
    inline: take<string | null>('n', null, unpackNotebook),
    cell: take<number | null>('cell', null, (value) => wholeNumber(value, 1)),
    update: take<number | null>('update', null, wholeNumber),
    group: take<number | null>('group', null, wholeNumber),
    step: take<NotebookLink['step']>('step', null, readStep),
    token: take<number | null>('token', null, wholeNumber),
    spec: { ...takeSpec('run'), ...takeSpec('set') },
    whatIf: Object.fromEntries(
      WHAT_IF_NAMES.flatMap((name) => take<[string, string][]>(name, [], (value) => [[name, checked(optionOf(`credit.${name}`), value)]])),
    ),
    hide: take<readonly string[]>('hide', [], readList),
    lock: take<readonly string[]>('lock', [], readList),
    room: take('room', false, (value) => oneOf(['0', '1'], value) === '1'),
    theme: take<NotebookLink['theme']>('theme', null, (value) => oneOf(['light', 'dark'] as const, value)),
  };
  problems.push(...[...given.keys()].map((name) => `${short(name)}: no such parameter`));
  return { link, problems };
}

const BY_PATH: ReadonlyMap<string, OptionDefinition> = new Map(OPTIONS.map((option) => [option.path, option]));

function readPair(path: string, written: string | null, refuse: (problem: string) => void): readonly [string, string][] {
  const option = BY_PATH.get(path);
  try {
    if (!option) throw new RangeError('no such option');
    if (written === null) throw new RangeError('expected a value after a colon, got none');
    return [[path, checked(option, written)]];
  } catch (error) {
    refuse(`${short(path)}: ${(error as Error).message}`);
    return [];
  }
}

/** The text, if it is a value of the option; throws RangeError otherwise. */
function checked(option: OptionDefinition, text: string): string {
  parseOption(option, text);
  return text;
}

function wholeNumber(text: string, least = 0): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < least) throw new RangeError(`expected a whole number from ${least}, got "${short(text)}"`);
  return value;
}

function readStep(text: string): readonly [number, number] {
  const [, rollout, step] = /^(\d{1,9})\.(\d{1,9})$/.exec(text) ?? [];
  if (rollout === undefined || step === undefined) throw new RangeError(`expected a rollout and a step as in 1.2, got "${short(text)}"`);
  return [Number(rollout), Number(step)];
}

function oneOf<T extends string>(values: readonly T[], text: string): T {
  const value = values.find((each) => each === text);
  if (value === undefined) throw new RangeError(`expected ${values.join(' or ')}, got "${short(text)}"`);
  return value;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
