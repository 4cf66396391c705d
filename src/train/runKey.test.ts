import { expect, test } from 'vitest';
import { trainConfig } from './config.ts';
import { commandOf, runKey, settingKey } from './runKey.ts';

test('runKey(spec) is the flags that repeat the run, the same for a spec and its complete configuration', () => {
  expect(runKey({})).toBe('--preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo');
  const spec = { algorithm: 'gspo', credit: { beta: 0.4, support: false } } as const;
  expect(runKey(spec)).toContain('--beta 0.4 --no-support');
  expect(runKey(trainConfig(spec))).toBe(runKey(spec));
  expect(() => runKey({ seed: -1 })).toThrow(/seed/);
});

test('commandOf(spec) is the command that makes the run', () => {
  expect(commandOf({})).toBe('npx tapo train --preset grid --seed 1 --updates 150 --credit tapo --algorithm grpo');
});

test('commandOf(spec) has a run’s tools as flags that a shell takes for one word each', () => {
  const tools = ['text_search_tool=mcp:http://localhost:8000/mcp#find(query)', 'image_search_tool=stochastic:0.5'];
  expect(commandOf({ tools })).toBe(`${commandOf({})} --tool 'text_search_tool=mcp:http://localhost:8000/mcp#find(query)' --tool ${tools[1]}`);
  expect(settingKey(trainConfig({ tools }))).not.toBe(settingKey(trainConfig({})));
  expect(() => runKey({ tools: ['a wiki'] })).toThrow('tools.0: expected what train.tool({…}) gives in a cell, or a transport such as');
});

test('settingKey(config) is the same for every seed', () => {
  expect(settingKey(trainConfig({ seed: 5 }))).toBe(settingKey(trainConfig({ seed: 6 })));
  expect(settingKey(trainConfig({ seed: 5 }))).not.toBe(settingKey(trainConfig({ updates: 5 })));
});
