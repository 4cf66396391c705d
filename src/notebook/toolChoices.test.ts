import { describe, expect, it } from 'vitest';
import { loadBenchmark } from '../../cli/machine.ts';
import { parseToolConfig } from '../env/live/index.ts';
import { BENCHMARKS } from '../train/config.ts';
import { BENCHMARK_TOOLS, choiceOf, textOf, transportsFor, withTool } from './toolChoices.ts';

const WIKI = 'text_search_tool=mediawiki:https://en.wikipedia.org/w/api.php';
const MCP = 'text_search_tool=mcp:http://localhost:8000/mcp#find(query)';

it.each(BENCHMARKS)('BENCHMARK_TOOLS has the tools of %s', async (name) => {
  expect(BENCHMARK_TOOLS[name]).toEqual((await loadBenchmark(name)).tools.map(({ name, kind }) => ({ name, kind })));
});

it('transportsFor(kind) begins with the sandbox', () => {
  expect(transportsFor('text')).toEqual(['sandbox', 'search-r1', 'mediawiki', 'searxng', 'mcp']);
  expect(transportsFor('image')).toEqual(['sandbox', 'mediawiki', 'mcp', 'stochastic']);
  expect(transportsFor('region')).toEqual(['sandbox']);
});

describe('choiceOf(tools, name) and textOf(name, choice)', () => {
  it.each([WIKI, MCP, 'image_search_tool=stochastic:0.25'])('read and write %s', (text) => {
    const { tool } = parseToolConfig(text);
    expect(textOf(tool as string, choiceOf(['other=a:b', text], tool as string))).toBe(text);
  });
  it('takes a tool that is not named for the sandbox’s', () => {
    expect(choiceOf([WIKI], 'image_search_tool')).toEqual({ transport: 'sandbox', rest: '' });
    expect(textOf('image_search_tool', { transport: 'sandbox', rest: '' })).toBeNull();
  });
});

it('withTool(tools, name, text) changes one tool and keeps the others where they are', () => {
  const both = [WIKI, 'image_search_tool=stochastic:0.25'];
  expect(withTool(both, 'text_search_tool', MCP)).toEqual([MCP, both[1]]);
  expect(withTool(both, 'text_search_tool', null)).toEqual([both[1]]);
  expect(withTool([], 'text_search_tool', WIKI)).toEqual([WIKI]);
  expect(withTool(both, 'python_tool', null)).toBe(both);
});
