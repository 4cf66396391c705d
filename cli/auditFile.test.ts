import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { readAuditFile } from './auditFile.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tapo-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (content: string | Uint8Array) => {
  const file = path.join(folder, 'file');
  writeFileSync(file, content);
  return readAuditFile(file);
};

const own = (id: number): string => JSON.stringify({ group: 'q', rollout: `q/${id}`, reward: id, steps: [{ tokens: 3 }] });
const VERL = [0, 1].map((score) => ({
  input: 'capital of Portugal?',
  output: '<tool_call>{"name": "search", "arguments": {"query": "capital Portugal"}}</tool_call> so',
  score,
  step: 1,
}));
const lines = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('readAuditFile(file)', () => {
  it('reads our own form, plain and packed', async () => {
    const { rollouts, told } = await read(`${own(0)}\n${own(1)}\n`);
    expect(rollouts.map(({ rollout }) => rollout)).toEqual(['q/0', 'q/1']);
    expect(told).toEqual([]);
    expect((await read(gzipSync(`${own(0)}\n${own(1)}\n`))).rollouts).toEqual(rollouts);
  });

  it('reads a dump of another program, also packed and as Parquet, and says what it takes for granted', async () => {
    const { rollouts, told } = await read(lines(VERL));
    expect(rollouts.map(({ reward, steps }) => [reward, steps[0]?.tool?.name])).toEqual([
      [0, 'search'],
      [1, 'search'],
    ]);
    expect(new Set(rollouts.map(({ group }) => group)).size).toBe(1);
    expect(told[0]).toBe('taken for a verl rollout dump: one {"input", "output", "score", "step"} a line');
    expect(told).toContain('Rollouts of one step with the same "input" are a group; the reward is "score".');
    expect((await read(gzipSync(lines(VERL)))).rollouts).toEqual(rollouts);
    const columns = (['input', 'output', 'score', 'step'] as const).map((name) => ({ name, data: VERL.map((record) => record[name]) }));
    expect((await read(new Uint8Array(parquetWriteBuffer({ columnData: columns })))).rollouts).toEqual(rollouts);
  });

  it.each([
    [`${own(0)}\n{"group":"q"}\n`, 'file: line 2: "rollout" must be a string, got nothing'],
    [`${own(0)}\n${own(0)}\n`, 'file: line 2: rollout "q/0" of group "q" is already on line 1'],
    [lines([...VERL, { input: 'x' }]), 'file: line 3: "input" and "output" must be strings'],
    ['{"a":1}\n', 'file: line 1: "group" must be a string, got nothing'],
  ])('names the first bad line of %j', async (text, words) => {
    await expect(read(text)).rejects.toThrow(words);
  });

  it.each([
    ['cut-off gzip', gzipSync(own(0).repeat(50)).subarray(0, 60), 'file: expected whole gzip data of one part, got data that are damaged'],
    ['a zip archive', Buffer.from('PK\x03\x04\x14\x00', 'latin1'), 'file: expected a rollout file, got a zip archive; unpack it first'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'got one packed by zstd; unpack it first'],
  ])('says what is the matter with %s', async (_, bytes, words) => {
    await expect(read(bytes)).rejects.toThrow(words);
  });
});
