import { describe, expect, it } from 'vitest';
import { checkToolConfig, parseToolConfig, ToolConfigError, writtenToolConfig } from './toolConfig.ts';

describe('parseToolConfig(text)', () => {
  it.each([
    ['text_search_tool=search-r1:http://localhost:8000', { kind: 'search-r1', tool: 'text_search_tool', url: 'http://localhost:8000' }],
    [
      'text_search_tool=mediawiki:https://en.wikipedia.org/w/api.php',
      { kind: 'mediawiki', tool: 'text_search_tool', url: 'https://en.wikipedia.org/w/api.php', extracts: false },
    ],
    ['text_search_tool=searxng:https://searx.example.org/?a=b', { kind: 'searxng', tool: 'text_search_tool', url: 'https://searx.example.org/?a=b' }],
    [
      'text_search_tool=mcp:http://localhost:3001/mcp#search',
      { kind: 'mcp', tool: 'text_search_tool', url: 'http://localhost:3001/mcp', remote: { tool: 'search', argument: null } },
    ],
    [
      'text_search_tool=mcp:http://localhost:3001/mcp#echo(message)',
      { kind: 'mcp', tool: 'text_search_tool', url: 'http://localhost:3001/mcp', remote: { tool: 'echo', argument: 'message' } },
    ],
    ['text_search_tool=mediawiki:http://localhost#extracts', { kind: 'mediawiki', tool: 'text_search_tool', url: 'http://localhost', extracts: true }],
    ['image_search_tool=mediawiki:http://localhost', { kind: 'mediawiki', tool: 'image_search_tool', url: 'http://localhost', extracts: false }],
    ['mcp:http://localhost:3001/mcp', { kind: 'mcp', tool: null, url: 'http://localhost:3001/mcp', remote: null }],
    ['image_search_tool=stochastic:0.2', { kind: 'stochastic', tool: 'image_search_tool', rate: 0.2 }],
  ])('reads %s, and writtenToolConfig writes it again', (text, config) => {
    expect(parseToolConfig(text)).toEqual(config);
    expect(writtenToolConfig(parseToolConfig(text))).toBe(text);
  });

  it.each([
    ['', /expected NAME=search-r1:URL/],
    ['text_search_tool', /expected NAME=search-r1:URL/],
    ['text_search_tool=altavista:http://a.org', /expected NAME=search-r1:URL, NAME=mediawiki:URL/],
    ['mediawiki:http://a.org', /expected NAME=search-r1:URL/],
    ['text_search_tool=mcp:http://a.org', /expected one tool of the server, as in text_search_tool=mcp:URL#TOOL: .* serve another's model only/],
    ['text_search_tool=mediawiki:a.org', /expected an http or https address, got "text_search_tool=mediawiki:a\.org"/],
    ['text_search_tool=mediawiki:file:///etc/passwd', /expected an http or https address/],
    ['text_search_tool=mediawiki:https://me:secret@a.org', /without a name and password/],
    ['text_search_tool=mediawiki:https://a.org#extract', /expected an address with nothing or #extracts behind it/],
    ['a tool=mediawiki:https://a.org', /expected the name of a tool/],
    ['image_search_tool=stochastic:2', /expected a rate from 0 to 1/],
    ['image_search_tool=stochastic:', /expected NAME=search-r1:URL/],
    ['text_search_tool=mcp:http://a.org#', /expected a tool of the server/],
  ])('refuses "%s" and says what it expected', (text, expected) => {
    expect(() => parseToolConfig(text)).toThrow(ToolConfigError);
    expect(() => parseToolConfig(text)).toThrow(expected);
  });
});

describe('checkToolConfig(value)', () => {
  it('takes what a form filled in, and nothing beside it', () => {
    expect(checkToolConfig({ kind: 'mediawiki', tool: 'text_search_tool', url: 'https://a.org', key: 'secret' })).toEqual({
      kind: 'mediawiki',
      tool: 'text_search_tool',
      url: 'https://a.org',
      extracts: false,
    });
    expect(() => checkToolConfig({ kind: 'mediawiki', tool: 'text_search_tool' })).toThrow(ToolConfigError);
    expect(() => checkToolConfig(null)).toThrow(ToolConfigError);
  });
});
