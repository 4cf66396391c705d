import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { trainConfig } from '../../train/config.ts';
import { OPTIONS, type OptionDefinition, optionOf, writtenValue } from '../../train/options/optionTable.ts';
import { DEFAULT_SPEC } from '../form.ts';
import { EMPTY_LINK, type NotebookLink, readLink, WHAT_IF_NAMES, writeLink } from './link.ts';
import { INLINE_LIMIT, packNotebook } from './linkText.ts';
import { specOf, whatIfOf, writtenSpec, writtenWhatIf } from './linkValues.ts';
import { EMPTY_NOTEBOOK } from './notebookDocument.ts';
import { serializeNotebook } from './notebookFile.ts';
import { hostileNotebook } from './testing/arbitraryNotebook.ts';

const LINK: NotebookLink = {
  ...EMPTY_LINK,
  ...{ notebook: 'what-is-misassignment', cell: 12, update: 40, group: 0, step: [1, 2] },
  ...{
    spec: { seed: '3', 'credit.beta': '0.5' },
    whatIf: { theta: '0.6', support: 'off' },
    hide: ['backend', 'credit.rule'],
    lock: ['seed'],
    room: true,
    theme: 'dark',
  },
};
const HASH =
  '#v=1&nb=what-is-misassignment&cell=12&run=seed:3,credit.beta:0.5&update=40&group=0&step=1.2&theta=0.6&support=off&hide=backend,credit.rule&lock=seed&room=1&theme=dark';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.replace(/\p{Surrogate}/gu, '?'));
const name = text.filter((each) => each !== '');
function written({ kind, least, most, aboveLeast, values, none }: OptionDefinition): fc.Arbitrary<string> {
  const from = Math.max(least, -1000);
  const to = Math.min(most, from + 1000);
  const value = {
    text: () => text,
    switch: () => fc.constantFrom('on', 'off'),
    choice: () => fc.constantFrom(...values),
    whole: () => fc.integer({ min: from, max: to }).map(String),
    number: () => fc.double({ min: from, max: to, minExcluded: aboveLeast, noNaN: true }).map(String),
  }[kind]();
  return none ? fc.oneof(value, fc.constant(none.word)) : value;
}
const valuesOf = (options: readonly OptionDefinition[], nameOf: (option: OptionDefinition) => string): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(options.map((option) => [nameOf(option), written(option)])), { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
const index = fc.nat({ max: 999_999_999 });
const arbitraryLink: fc.Arbitrary<NotebookLink> = fc.record({
  notebook: fc.option(text),
  inline: fc.option(hostileNotebook.map((document) => serializeNotebook(document).replace(/\p{Surrogate}/gu, '?'))),
  cell: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
  update: fc.option(index),
  group: fc.option(index),
  step: fc.option(fc.tuple(index, index)),
  token: fc.option(index),
  spec: valuesOf(OPTIONS, ({ path }) => path),
  whatIf: valuesOf(
    WHAT_IF_NAMES.map((each) => optionOf(`credit.${each}`)),
    ({ path }) => path.slice('credit.'.length),
  ),
  hide: fc.array(name, { maxLength: 4 }),
  lock: fc.array(name, { maxLength: 4 }),
  room: fc.boolean(),
  theme: fc.constantFrom('light', 'dark', null),
});

describe('writeLink(link)', () => {
  it('writes what a person can read', () => {
    expect(writeLink(LINK)).toBe(HASH);
    expect(writeLink(EMPTY_LINK)).toBe('');
  });
  it('refuses a notebook that is too long', () => {
    const long = Array.from({ length: 4000 }, (_, i) => (i * 2654435761).toString(36)).join('');
    expect(packNotebook(long)).toBe(null);
    expect(() => writeLink({ ...EMPTY_LINK, inline: long })).toThrow('this notebook is too long for a link: save it as a file, or shorten it');
  });
});

describe('readLink(hash)', () => {
  it('reads what was written, with or without #', () => {
    expect(readLink(HASH)).toEqual({ link: LINK, problems: [] });
    expect(readLink(HASH.slice(1))).toEqual({ link: LINK, problems: [] });
    expect(readLink('')).toEqual({ link: EMPTY_LINK, problems: [] });
    expect(readLink('#a-heading')).toEqual({ link: EMPTY_LINK, problems: [] });
  });
  it('of any link gives it back', () => {
    fc.assert(
      fc.property(arbitraryLink, (link) => {
        expect(readLink(writeLink(link))).toEqual({ link, problems: [] });
      }),
      { numRuns: 300 },
    );
  });
  it('survives a program that encodes the separators of lists', () => {
    expect(readLink(HASH.replaceAll(',', '%2C').replaceAll(':', '%3A'))).toEqual({ link: LINK, problems: [] });
  });
  it('takes presets of a lesson as values of the run, over those of run=', () => {
    expect(readLink('#set=seed:5,updates:20&run=seed:3,prompts:2').link.spec).toEqual({ seed: '5', updates: '20', prompts: '2' });
  });
  it.each([
    ['#v=2&cell=3', { cell: 3 }, 'v: expected version 1, got "2": this page may read some of it wrongly'],
    ['#cell=0&update=4', { update: 4 }, 'cell: expected a whole number from 1, got "0"'],
    ['#update=-1', {}, 'update: expected a whole number from 0, got "-1"'],
    ['#step=1&group=1', { group: 1 }, 'step: expected a rollout and a step as in 1.2, got "1"'],
    ['#theta=high', {}, 'theta: expected a number from 0, got "high"'],
    ['#run=seed:3,nonsense:1', { spec: { seed: '3' } }, 'run: nonsense: no such option'],
    ['#run=__proto__:1,seed:3', { spec: { seed: '3' } }, 'run: __proto__: no such option'],
    ['#run=credit.beta', {}, 'run: credit.beta: expected a value after a colon, got none'],
    ['#run=seed:x', {}, 'run: seed: expected a whole number from 0 to 2147483647, got "x"'],
    ['#theme=blue&room=1', { room: true }, 'theme: expected light or dark, got "blue"'],
    ['#room=yes', {}, 'room: expected 0 or 1, got "yes"'],
    ['#cell=1&cell=2', { cell: 1 }, 'cell: given twice, the first counts'],
    ['#colour=red', {}, 'colour: no such parameter'],
    ['#n=%00', {}, 'n: expected letters, digits, "-" and "_"'],
    ['#n=AAAA', {}, 'n: the packed notebook is damaged (unexpected EOF); is the link whole?'],
  ])('tells what is wrong with %s and reads the rest', (hash, part, problem) => {
    expect(readLink(hash)).toEqual({ link: { ...EMPTY_LINK, ...part }, problems: [problem] });
  });
  it('tells of a notebook that is too long or cut off', () => {
    expect(readLink(`#n=${'A'.repeat(INLINE_LIMIT + 1)}`).problems).toEqual([`n: expected at most ${INLINE_LIMIT} characters, got ${INLINE_LIMIT + 1}`]);
    const whole = writeLink({ ...EMPTY_LINK, inline: serializeNotebook(EMPTY_NOTEBOOK) });
    for (let cut = '#v=1&n='.length; cut < whole.length; cut++)
      expect(readLink(whole.slice(0, cut))).toMatchObject({ link: EMPTY_LINK, problems: [expect.stringMatching(/^n: /)] });
    const bomb = deflateSync(new Uint8Array(6_000_000), { level: 9 });
    expect(readLink(`#n=${Buffer.from(bomb).toString('base64url')}`).problems).toEqual(['n: expected a notebook of at most 1000000 bytes, got more']);
  });
  it('never throws, and changes no prototype', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          'v',
          'n',
          'nb',
          'cell',
          'run',
          'set',
          'hide',
          'step',
          'theta',
          '__proto__',
          'constructor',
          '=',
          '&',
          ':',
          ',',
          '%',
          '%zz',
          '%ff',
          '1',
          '#',
          'credit.beta',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { link } = readLink(`#${pieces.join('')}`);
        expect(Object.keys(link)).toEqual(Object.keys(EMPTY_LINK));
      }),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('writtenSpec(spec), specOf(written)', () => {
  it('lead there and back', () => {
    const spec = trainConfig({ seed: 7, credit: { beta: 0.5, clamp: false, thetaCluster: 0.3 }, overlong: { maxTokens: 50, buffer: 7 }, clipLow: 0.1 });
    const written = writtenSpec(spec);
    expect(written).toEqual({
      ...{ seed: '7', clipLow: '0.1', 'credit.beta': '0.5', 'credit.clamp': 'off', 'credit.thetaCluster': '0.3' },
      ...{ 'overlong.maxTokens': '50', 'overlong.buffer': '7' },
    });
    expect(specOf(written)).toEqual(spec);
    expect(specOf(readLink(writeLink({ ...EMPTY_LINK, spec: written })).link.spec)).toEqual(spec);
    expect([writtenSpec(DEFAULT_SPEC), specOf({})]).toEqual([{}, DEFAULT_SPEC]);
  });
});

describe('writtenWhatIf(whatIf, credit), whatIfOf(written, credit)', () => {
  const { theta, alphaMin, beta, support, clamp, minSuccess, text: words, region, ...others } = DEFAULT_SPEC.credit;
  const run = { theta, alphaMin, beta, support, clamp, minSuccess, text: words, region };
  it('hold what differs from the run', () => {
    const whatIf = { ...run, theta: 0.65, support: false, text: 'exact' as const };
    expect(writtenWhatIf(whatIf, { ...run, ...others })).toEqual({ theta: '0.65', support: 'off', text: 'exact' });
    expect(whatIfOf({ theta: '0.65', support: 'off', text: 'exact' }, { ...run, ...others })).toEqual(whatIf);
    expect([writtenWhatIf(null, DEFAULT_SPEC.credit), whatIfOf({}, DEFAULT_SPEC.credit)]).toEqual([{}, null]);
    expect(writtenValue(optionOf('credit.theta'), 0.65)).toBe('0.65');
  });
});
