// A benchmark's tools with other transports in their place, as configured.
import { stochasticTool } from '../stochasticTool.ts';
import type { Picture, Task, Tool } from '../types.ts';
import type { Cassette } from './cassette.ts';
import { type LiveImageSearch, liveImageTool } from './imageSearch.ts';
import type { LiveClient } from './liveClient.ts';
import { createMcpServer, type McpServer } from './mcp.ts';
import { mcpImageSearch, mcpSearch, mcpToolAsItIs } from './mcpTools.ts';
import { mediaWikiExtracts, mediaWikiImageSearch, mediaWikiSearch } from './mediaWiki.ts';
import { rememberCalls } from './rememberCalls.ts';
import { type LiveSearch, liveTextTool } from './search.ts';
import { searchR1Search } from './searchR1.ts';
import { searxngSearch } from './searxng.ts';
import { type ToolConfig, ToolConfigError, TRANSPORTS, writtenToolConfig } from './toolConfig.ts';

export interface OpenToolsOptions {
  readonly client: LiveClient;
  /** The picture that a question is asked about: what an image search is asked with before a tool has shown another. Default none. */
  readonly overview?: (task: Task) => Picture | null;
  /** Records live calls, or answers them. */
  readonly cassette?: Cassette;
  /** Of stochastic tools, unsigned 32-bit. Default 0. */
  readonly seed?: number;
  /** Ends the opening; who aborts waits for no server. */
  readonly signal?: AbortSignal | undefined;
}

export interface OpenedTools {
  /** The benchmark's tools in their order, configured ones replaced, then a server's own. */
  readonly tools: readonly Tool[];
  /** Ends sessions with servers. */
  close(): Promise<void>;
}

/**
 * Throws ToolConfigError for a tool that the benchmark lacks or that cannot have this transport, LiveError for a server whose tools cannot be
 * listed, or the signal's reason. Sessions that were opened by then are ended.
 */
export async function openTools(own: readonly Tool[], configs: readonly ToolConfig[], options: OpenToolsOptions): Promise<OpenedTools> {
  const { client, overview = () => null, cassette, seed = 0, signal } = options;
  const servers: McpServer[] = [];
  const serverAt = (url: string): McpServer => {
    const server = createMcpServer(client, url);
    servers.push(server);
    return server;
  };
  const keep = (tool: Tool): Tool => rememberCalls(cassette ? cassette.wrap(tool) : tool);
  const { keys } = client;
  const standIn = (twin: Tool, config: StandInConfig): Tool => {
    if (config.kind === 'stochastic') return stochasticTool(twin, config.rate, seed);
    if (twin.kind === 'image') return liveImageTool(twin, { search: imageSearchOf(config, client, serverAt), keys, overview, keep });
    return keep(liveTextTool(twin, searchOf(config, client, serverAt), keys));
  };
  const replaced = new Map<string, Tool>();
  const added: Tool[] = [];
  try {
    for (const config of configs) {
      if (config.tool === null) {
        const server = serverAt(config.url);
        const ask = () => server.tools(signal);
        const listed = await (cassette ? cassette.list(server.url, ask) : ask());
        added.push(...listed.map((tool) => keep(mcpToolAsItIs(server, tool, keys))));
        continue;
      }
      const twin = twinOf(own, config);
      if (replaced.has(twin.name)) throw new ToolConfigError(`expected one transport for ${twin.name}, got a second one: ${writtenToolConfig(config)}`);
      replaced.set(twin.name, standIn(twin, config));
    }
    const taken = added.find((tool, i) => own.some(({ name }) => name === tool.name) || added.findIndex(({ name }) => name === tool.name) < i);
    if (taken) throw new ToolConfigError(`a server has a tool ${taken.name}, and there is one of this name already; map it: NAME=mcp:URL#${taken.name}`);
  } catch (error) {
    const closed = Promise.allSettled(servers.map((server) => server.close()));
    if (!signal?.aborted) await closed;
    throw error;
  }
  return {
    tools: [...own.map((tool) => replaced.get(tool.name) ?? tool), ...added],
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
}

type StandInConfig = ToolConfig & { readonly tool: string };
type SearchConfig = Exclude<StandInConfig, { readonly kind: 'stochastic' }>;

/** The transport of a text search. */
function searchOf(config: SearchConfig, client: LiveClient, serverAt: (url: string) => McpServer): LiveSearch {
  switch (config.kind) {
    case 'search-r1':
      return searchR1Search(client, config.url);
    case 'mediawiki':
      return (config.extracts ? mediaWikiExtracts : mediaWikiSearch)(client, config.url);
    case 'searxng':
      return searxngSearch(client, config.url);
    case 'mcp':
      return mcpSearch(serverAt(config.url), config.remote);
    default:
      return config satisfies never;
  }
}

/** The transport of an image search, which TRANSPORTS has two for. */
function imageSearchOf(config: SearchConfig, client: LiveClient, serverAt: (url: string) => McpServer): LiveImageSearch {
  return config.kind === 'mcp' ? mcpImageSearch(serverAt(config.url), config.remote) : mediaWikiImageSearch(client, config.url);
}

function twinOf(own: readonly Tool[], config: StandInConfig): Tool {
  const fitting = own.filter(({ kind }) => TRANSPORTS[kind].includes(config.kind));
  const twin = fitting.find(({ name }) => name === config.tool);
  if (!twin) throw new ToolConfigError(`${config.kind} can stand in for ${fitting.map(({ name }) => name).join(', ')}, not for ${config.tool}`);
  if (twin.kind === 'image' && config.kind === 'mediawiki' && config.extracts)
    throw new ToolConfigError(`#extracts is for a text search: expected ${twin.name}=mediawiki:URL, got ${writtenToolConfig(config)}`);
  return twin;
}
