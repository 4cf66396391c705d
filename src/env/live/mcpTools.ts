// MCP tools as tools of this world: one in place of a text search, or all of a server as they are.
import type { Tool } from '../types.ts';
import type { Keyring } from './keyring.ts';
import { LiveError } from './liveError.ts';
import type { McpServer, McpTool } from './mcp.ts';
import { plainText } from './plainText.ts';
import { cleaned, type LiveSearch, TOP_K } from './search.ts';

/** A server's tool as a text search: its text becomes documents, parted by empty lines; the first line of each is its title. */
export function mcpSearch(server: McpServer, remote: { readonly tool: string; readonly argument: string | null }): LiveSearch {
  let argument: Promise<string> | null = null;
  return async (query, signal) => {
    argument ??= remote.argument === null ? findArgument(server, remote.tool, signal) : Promise.resolve(remote.argument);
    const name = await argument.catch((error: unknown) => {
      argument = null;
      throw error;
    });
    return documentsOf(remote.tool, await server.call(remote.tool, { [name]: query }, signal));
  };
}

/** The tool's argument that takes the query: `query`, or the only text that it needs. */
async function findArgument(server: McpServer, name: string, signal?: AbortSignal): Promise<string> {
  const tools = await server.tools(signal);
  const tool = tools.find((each) => each.name === name);
  const refuse = (message: string): never => {
    throw new LiveError(server.url.host, { kind: 'refused', message });
  };
  if (!tool) return refuse(`it has no tool "${plainText(name)}"; it has ${tools.map((each) => plainText(each.name)).join(', ')}`);
  const texts = Object.entries(tool.arguments).flatMap(([argument, type]) => (type === 'string' ? [argument] : []));
  const needed = texts.filter((argument) => tool.required.includes(argument));
  const [only, ...others] = texts.includes('query') ? ['query'] : needed;
  if (only === undefined || others.length > 0)
    return refuse(
      `which argument of ${plainText(name)} takes the query is not clear; name one of ${texts.join(', ')} as in mcp:URL#${name}(${texts[0] ?? 'argument'})`,
    );
  return only;
}

function documentsOf(tool: string, text: string): Awaited<ReturnType<LiveSearch>> {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .slice(0, TOP_K)
    .map((part, i) => {
      const [first = '', ...rest] = part.trim().split('\n');
      return { id: `${tool}/${i}`, title: rest.length > 0 ? first : '', text: rest.length > 0 ? rest.join('\n') : first, score: 1 / (i + 1) };
    });
}

/** A server's tools under their own names. A policy of the chat kind calls them by their arguments; `description` is ours. */
export async function mcpToolsAsTheyAre(server: McpServer, keys: Keyring, signal?: AbortSignal): Promise<readonly Tool[]> {
  return (await server.tools(signal)).map((tool) => asItIs(server, tool, keys));
}

function asItIs(server: McpServer, { name, arguments: types, required }: McpTool, keys: Keyring): Tool {
  const properties = Object.fromEntries(Object.entries(types).map(([argument, type]) => [argument, type === 'unknown' ? {} : { type }]));
  return {
    name,
    kind: 'other',
    schema: {
      type: 'function',
      function: { name, description: `A tool of the MCP server at ${server.url.host}.`, parameters: { type: 'object', properties, required } },
    },
    async call(args, _, { signal } = {}) {
      const found = documentsOf(name, await server.call(name, args, signal));
      return { kind: 'documents', results: found.map((document) => cleaned(document, keys)) };
    },
  };
}
