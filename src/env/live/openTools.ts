// A benchmark's tools with other transports in their place, as configured.
import { stochasticTool } from '../stochasticTool.ts';
import type { Tool } from '../types.ts';
import type { Cassette } from './cassette.ts';
import type { LiveClient } from './liveClient.ts';
import { createMcpServer, type McpServer } from './mcp.ts';
import { mcpSearch, mcpToolsAsTheyAre } from './mcpTools.ts';
import { mediaWikiSearch } from './mediaWiki.ts';
import { rememberCalls } from './rememberCalls.ts';
import { type LiveSearch, liveTextTool } from './search.ts';
import { searchR1Search } from './searchR1.ts';
import { searxngSearch } from './searxng.ts';
import { type ToolConfig, ToolConfigError, writtenToolConfig } from './toolConfig.ts';

export interface OpenToolsOptions {
  readonly client: LiveClient;
  /** Records live calls, or answers them. */
  readonly cassette?: Cassette;
  /** Of stochastic tools, unsigned 32-bit. Default 0. */
  readonly seed?: number;
}

export interface OpenedTools {
  /** The benchmark's tools in their order, configured ones replaced, then a server's own. */
  readonly tools: readonly Tool[];
  /** Ends sessions with servers. */
  close(): Promise<void>;
}

/** Throws ToolConfigError for a tool that the benchmark lacks or that cannot have this transport, LiveError for a server whose tools cannot be listed. */
export async function openTools(own: readonly Tool[], configs: readonly ToolConfig[], { client, cassette, seed = 0 }: OpenToolsOptions): Promise<OpenedTools> {
  const servers: McpServer[] = [];
  const serverAt = (url: string): McpServer => {
    const server = createMcpServer(client, url);
    servers.push(server);
    return server;
  };
  const live = (tool: Tool): Tool => rememberCalls(cassette ? cassette.wrap(tool) : tool);
  const replaced = new Map<string, Tool>();
  const added: Tool[] = [];
  for (const config of configs) {
    if (config.tool === null) {
      added.push(...(await mcpToolsAsTheyAre(serverAt(config.url), client.keys)).map(live));
      continue;
    }
    const twin = twinOf(own, config);
    if (replaced.has(twin.name)) throw new ToolConfigError(`expected one transport for ${twin.name}, got a second one: ${writtenToolConfig(config)}`);
    replaced.set(
      twin.name,
      config.kind === 'stochastic' ? stochasticTool(twin, config.rate, seed) : live(liveTextTool(twin, searchOf(config, client, serverAt), client.keys)),
    );
  }
  const taken = added.find((tool, i) => own.some(({ name }) => name === tool.name) || added.findIndex(({ name }) => name === tool.name) < i);
  if (taken) throw new ToolConfigError(`a server has a tool ${taken.name}, and there is one of this name already; map it: NAME=mcp:URL#${taken.name}`);
  return {
    tools: [...own.map((tool) => replaced.get(tool.name) ?? tool), ...added],
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
}

type SearchConfig = Exclude<ToolConfig, { readonly kind: 'stochastic' } | { readonly tool: null }>;

/** The transport of a text search. */
function searchOf(config: SearchConfig, client: LiveClient, serverAt: (url: string) => McpServer): LiveSearch {
  switch (config.kind) {
    case 'search-r1':
      return searchR1Search(client, config.url);
    case 'mediawiki':
      return mediaWikiSearch(client, config.url);
    case 'searxng':
      return searxngSearch(client, config.url);
    case 'mcp':
      return mcpSearch(serverAt(config.url), config.remote);
    default:
      return config satisfies never;
  }
}

function twinOf(own: readonly Tool[], config: ToolConfig & { readonly tool: string }): Tool {
  const twin = own.find(({ name }) => name === config.tool);
  const kind = config.kind === 'stochastic' ? 'image' : 'text';
  const fitting = own.filter((tool) => tool.kind === kind).map(({ name }) => name);
  if (!twin || twin.kind !== kind) throw new ToolConfigError(`${config.kind} can stand in for ${fitting.join(', ')}, not for ${config.tool}`);
  return twin;
}
