// The real worker: code of cells in Chromium, and the watchdog against what the engine cannot stop.
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../workers/sandbox.client.ts';
import { createEvaluator } from './evaluator.ts';

let starts = 0;
const evaluator = createEvaluator(() => {
  starts++;
  return startSandbox({ deadline: 1000 });
});
afterAll(() => evaluator.close());

async function shown(...sources: string[]): Promise<string[]> {
  const results = await evaluator.evaluate(
    sources.map((source, id) => ({ id, source })),
    [],
  );
  return [...results.values()].map((result) =>
    result.kind === 'error' ? result.message : result.values.map((value) => (value.kind === 'text' ? value.text : value.kind)).join(),
  );
}

describe('the sandbox worker', () => {
  it('evaluates cells with the library and runs', async () => {
    expect(
      await shown(
        'tapo.groupAdvantages([1, 0], { epsilon: 0 }).length',
        'train({ seed: 1 })',
        '[{ a: 1 }]',
        'typeof fetch + typeof self',
        'const f = () => f(); f()',
      ),
    ).toEqual(['2', 'view', 'table', 'undefinedundefined', 'functions call each other too deeply (some 700 calls); is there a recursion without end?']);
    expect(starts).toBe(1);
  });

  it('stops a loop without end, and goes on', async () => {
    const [stopped, next] = await shown('while (true);', '1 + 1');
    expect(stopped).toMatch(/^it ran for more than 1 s and was stopped/);
    expect(next).toBe('2');
    expect(starts).toBe(1);
  });

  it.each([['new Array(2 ** 32 - 1).indexOf(5)'], ['Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 5)']])(
    'is ended by the watchdog in %s, which no deadline stops; all other cells have their values',
    async (source) => {
      const before = starts;
      const [first, culprit, last] = await shown('const a = 1', source, 'a + 1');
      expect([first, last]).toEqual(['1', '2']);
      expect(culprit).toMatch(/^it could not be stopped after 1 s/);
      expect(starts).toBe(before + 1);
      expect(await shown('const a = 1', source, 'a + 2')).toEqual(['1', culprit, '3']);
    },
  );

  it('survives a memory bomb and data nested too deeply', async () => {
    expect(await shown('const a = []; while (true) a.push(new Float64Array(1e5))', 'JSON.parse("[".repeat(1e5))', '7')).toEqual([
      expect.stringMatching(/need more than 32 MB/),
      expect.stringMatching(/nests calls or data too deeply/),
      '7',
    ]);
  });
});
