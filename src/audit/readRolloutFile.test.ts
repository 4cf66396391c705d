import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { auditReport, type Rollout, readRollouts, type Step, writeRollouts } from '../tapo/index.ts';
import { correctedFile } from './correctedFile.ts';
import { type AuditCreditOptions, type CreditTable, creditTable, REASONS } from './creditTable.ts';
import { readRolloutFile } from './readRolloutFile.ts';
import { CutBlob } from './testing/cutBlob.ts';

const line = (group: string, rollout: string, reward = 1): string =>
  JSON.stringify({
    group,
    rollout,
    reward,
    steps: [{ tokens: 3, tool: { name: 't', kind: 'text', arguments: { query: 'a θ 😀' } }, text: 'words' }, { tokens: 1 }],
  });

const file = (text: string): Blob => new Blob([text]);
const credit = async (table: Parameters<typeof creditTable>[0], options: AuditCreditOptions = {}): Promise<CreditTable> =>
  (await creditTable(table, options, () => true)) as CreditTable;

describe('readRolloutFile(file)', () => {
  it('reads rollouts and keeps what credit needs, and where their lines lie', async () => {
    const text = `\uFEFF${line('q', 'q/0')}\r\n\r\n${line('r', 'r/0')}\n  ${line('q', 'q/1', 0)}`;
    const { reading, table, source } = await readRolloutFile(file(text));
    expect(reading).toMatchObject({ format: 'rollouts', lines: 3, rollouts: 3, groups: 2, problems: [], problemCount: 0, leftOut: [], assumed: [] });
    expect(table.groups.map(({ name, indices }) => [name, indices])).toEqual([
      ['q', [0, 2]],
      ['r', [1]],
    ]);
    expect(table.groups[0]?.rollouts[0]?.steps).toEqual([{ tokens: 3, tool: { name: 't', kind: 'text', arguments: { query: 'a θ 😀' } } }, { tokens: 1 }]);
    expect([table.rollouts, table.steps, table.firstStep]).toEqual([3, 6, [0, 2, 4]]);
    expect(table.places.line).toEqual([1, 3, 4]);
    for (let i = 0; i < 3; i++) {
      const start = table.places.start[i] as number;
      const kept = await source.slice(start, start + (table.places.length[i] as number)).text();
      expect(readRollouts(kept)).toHaveLength(1);
    }
  });
  it('names bad lines as npx tapo audit does, and goes on', async () => {
    const bad = ['no json', '[1]', '{"group":"q","rollout":1}', line('q', 'q/0')];
    const { reading } = await readRolloutFile(file([line('q', 'q/0'), ...bad, line('q', 'q/1')].join('\n')));
    expect(reading).toMatchObject({ rollouts: 2, lines: 6, problemCount: 4 });
    bad.forEach((each, i) => {
      const problem = reading.problems[i];
      expect(problem?.line).toBe(i + 2);
      expect(() => readRollouts([line('q', 'q/0'), ...Array<string>(i).fill(''), each].join('\n'))).toThrow(`line ${problem?.line}: ${problem?.reason}`);
    });
  });
  it('names a hundred problems and counts the others', async () => {
    const { reading } = await readRolloutFile(file(`${line('q', 'q/0')}\n${'{}\n'.repeat(250)}`));
    expect([reading.problems.length, reading.problemCount, reading.rollouts]).toEqual([100, 250, 1]);
  });
  it('refuses lines that are too long or nested too deep, and takes the others', async () => {
    const deep = line('q', 'q/1').replace('"a θ 😀"', `${'['.repeat(150)}${']'.repeat(150)}`);
    const deeper = line('q', 'q/2').replace('"a θ 😀"', `${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    const long = line('q', 'q/3').replace('words', 'w'.repeat(700_000));
    const { reading } = await readRolloutFile(file([line('q', 'q/0'), deep, deeper, long].join('\n')), { maxLineBytes: 629_146 });
    expect(reading.rollouts).toBe(1);
    expect(reading.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(reading.problems[0]?.reason).toContain('nested at most 100 levels');
    expect(reading.problems[2]?.reason).toBe('expected a line of at most 0.6 MB, got 0.7 MB');
  });
  it('says what was expected of a file of another kind', async () => {
    await expect(readRolloutFile(file('{"foo":1,"bar":2}\n'))).rejects.toThrow(
      /none of the known formats\. Line 1: expected a rollout in one of the known formats, got the fields "foo", "bar"/,
    );
    await expect(readRolloutFile(file('[\n  {"group": "q"}\n]\n'))).rejects.toThrow(/Line 1: expected one JSON object, got text that is no JSON/);
    await expect(readRolloutFile(file('a,b,c\n'.repeat(1000)))).rejects.toThrow('none of the known formats');
    await expect(readRolloutFile(file('\n \n'))).rejects.toThrow('only blank lines');
  });
  it('finds the format behind bad lines', async () => {
    expect((await readRolloutFile(file(`# my rollouts\n{}\n${line('q', 'q/0')}`))).reading).toMatchObject({ format: 'rollouts', rollouts: 1, problemCount: 2 });
  });
  it('takes no harm from names like __proto__', async () => {
    const hostile = line('__proto__', 'constructor').replace('"name":"t"', '"name":"__proto__"').replace('"query"', '"__proto__":{"polluted":1},"query"');
    const other = hostile.replace('"constructor"', '"toString"').replace('"reward":1', '"reward":0');
    const { table } = await readRolloutFile(file(`${hostile}\n${other}`));
    const { summary } = await credit(table);
    expect(summary.corrected).toBe(1);
    expect(Object.keys(summary.failing.rates.byTool)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
  it('reads gzip’d files, and foreign ones as rollouts of ours', async () => {
    const text = [line('q', 'q/0'), line('q', 'q/1', 0)].join('\n');
    const packed = await readRolloutFile(new Blob([gzipSync(text)]));
    expect(await packed.source.text()).toBe(text);
    const verl = JSON.stringify({ input: 'p', output: '<tool_call>{"name":"t","arguments":{}}</tool_call><tool_call>?</tool_call>', score: 1, step: 1 });
    const foreign = await readRolloutFile(file(`${verl}\n${verl.replace('"score":1', '"score":0')}\n`));
    expect(foreign.reading).toMatchObject({ format: 'verl', rollouts: 2, groups: 1, unreadableCalls: 2 });
    expect(readRollouts(await foreign.source.text()).map(({ rollout }) => rollout)).toEqual(['step 1/prompt 1/0', 'step 1/prompt 1/1']);
  });
  it('reads the rows of a Parquet file', async () => {
    const data = parquetWriteBuffer({
      columnData: [
        { name: 'step', data: [5n, 5n], type: 'INT64' },
        { name: 'prompt', data: ['p', 'p'], type: 'STRING' },
        { name: 'completion', data: ['<tool_call>{"name":"t","arguments":{"query":"x"}}</tool_call>', 'no'], type: 'STRING' },
        { name: 'right', data: [1, 0], type: 'DOUBLE' },
        { name: 'advantage', data: [0.7, -0.7], type: 'DOUBLE' },
      ],
    });
    const { reading, table } = await readRolloutFile(new Blob([data]));
    expect(reading).toMatchObject({ format: 'trl', lines: 2, rollouts: 2, groups: 1 });
    expect(table.groups[0]?.rollouts.map(({ reward }) => reward)).toEqual([0.7, -0.7]);
    await expect(readRolloutFile(new Blob(['PAR1 and no more']))).rejects.toThrow('the Parquet file cannot be read');
  });
  it('tells how far it is, and stops when it is told to', async () => {
    const text = Array.from({ length: 200 }, (_, i) => line('q', `q/${i}`)).join('\n');
    const told: number[] = [];
    await readRolloutFile(new CutBlob([text], [1000]), { onProgress: ({ done, total }) => told.push(done / total) });
    expect(told.length).toBeGreaterThan(20);
    expect(told.at(-1)).toBe(1);
    const controller = new AbortController();
    const reading = readRolloutFile(new CutBlob([text], [1000]), { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ tokens: 2 }),
  fc
    .record({ query: fc.constantFrom('a b', 'a', 'b c', 'ä 😀 c'), ok: fc.boolean() })
    .map(({ query, ok }): Step => ({ tokens: 1, tool: { name: 's', kind: 'text', arguments: { query }, ok } })),
  fc.constantFrom(0, 200, 300).map((x): Step => ({ tokens: 1, tool: { name: 'z', kind: 'region', arguments: { bbox_2d: [x, 0, x + 400, 400] } } })),
  fc.constantFrom(1, 2, 3).map((code): Step => ({ tokens: 1, tool: { name: 'o', kind: 'other', arguments: { code, note: 'x' } } })),
);
const rollouts: fc.Arbitrary<Rollout[]> = fc
  .array(
    fc.record({
      group: fc.constantFrom('q', 'r', 'ü'),
      reward: fc.constantFrom(0, 0.5, 1),
      correct: fc.option(fc.boolean(), { nil: undefined }),
      steps: fc.array(step, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((list) => list.map(({ correct, ...rollout }, i) => ({ ...rollout, rollout: `${rollout.group}/${i}`, ...(correct === undefined ? {} : { correct }) })));
const options: fc.Arbitrary<AuditCreditOptions> = fc.record({
  theta: fc.constantFrom(0.3, 0.7),
  beta: fc.constantFrom(0.8, 1.5),
  support: fc.boolean(),
  clamp: fc.boolean(),
  text: fc.constantFrom('tokenF1' as const, 'exact' as const),
});

describe('an audit in the page', () => {
  it('has the numbers of npx tapo audit --json, however the file comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        rollouts,
        options,
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
        fc.boolean(),
        async (given, chosen, lengths, newline) => {
          const text = newline ? writeRollouts(given) : writeRollouts(given).slice(0, -1);
          const expected = auditReport(given, chosen);
          const { table, source } = await readRolloutFile(new CutBlob([text], lengths));
          const credited = await credit(table, chosen);
          expect(credited.summary.failing.rates).toEqual(expected.rates);
          const corrected = readRollouts(await ((await correctedFile(source, table, credited, () => true)) as Blob).text());
          expect(corrected.map(({ rollout }) => rollout)).toEqual(given.map(({ rollout }) => rollout));
          expected.groups.forEach((group, g) => {
            expect(table.groups[g]?.name).toBe(group.group);
            group.rollouts.forEach((rollout, r) => {
              const index = table.groups[g]?.indices[r] as number;
              expect(credited.advantage[index]).toBe(rollout.advantage);
              rollout.steps.forEach((each, s) => {
                const at = (table.firstStep[index] as number) + s;
                expect(credited.corrected[at]).toBe(each.corrected);
                expect(REASONS[credited.reason[at] as number]).toBe(each.reason);
                expect(corrected[index]?.steps[s]).toMatchObject({
                  ...given[index]?.steps[s],
                  advantage: each.advantage,
                  corrected: each.corrected,
                  reason: each.reason,
                });
              });
            });
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
