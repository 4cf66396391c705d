// MCP tools as tools of this world: one in place of a text search or an image search, or all of a server as they are.
import { fromBase64, toBase64 } from '../base64.ts';
import { resample } from '../picture.ts';
import type { Picture, Tool } from '../types.ts';
import type { LiveImageSearch } from './imageSearch.ts';
import type { Keyring } from './keyring.ts';
import { LiveError } from './liveError.ts';
import type { McpAnswer, McpServer, McpTool } from './mcp.ts';
import { plainText } from './plainText.ts';
import { readPng } from './png.ts';
import { cleaned, cleanText, cleanTitle, type LiveSearch, TOP_K } from './search.ts';

/** Pixels along the longer side of a picture that is shown, at most: an episode keeps all of its pictures. */
const LONGEST_SIDE = 768;

/** A tool of a server, and its argument that takes what is searched for; null: found by the tool's schema. */
export interface RemoteTool {
  readonly tool: string;
  readonly argument: string | null;
}

/** A server's tool as a text search: its text becomes documents, parted by empty lines; the first line of each is its title. */
export function mcpSearch(server: McpServer, remote: RemoteTool): LiveSearch {
  const ask = askedWith(server, remote, 'query');
  return async (query, signal) => documentsOf(remote.tool, await ask(query, signal));
}

/** A server's tool as an image search: it is given the picture as Base64 text, and each line of its text becomes a title. */
export function mcpImageSearch(server: McpServer, remote: RemoteTool): LiveImageSearch {
  const ask = askedWith(server, remote, 'image');
  return async (png, signal) => {
    const lines = (await ask(toBase64(png), signal)).split('\n').filter((line) => line.trim() !== '');
    return lines.slice(0, TOP_K).map((title, i) => ({ title, score: 1 / (i + 1) })); // it tells no score
  };
}

/** The text that the tool gives for a value of its one argument. */
function askedWith(server: McpServer, remote: RemoteTool, usual: string): (value: string, signal?: AbortSignal) => Promise<string> {
  let argument: Promise<string> | null = null;
  return async (value, signal) => {
    argument ??= remote.argument === null ? findArgument(server, remote.tool, usual, signal) : Promise.resolve(remote.argument);
    const name = await argument.catch((error: unknown) => {
      argument = null;
      throw error;
    });
    return (await server.call(remote.tool, { [name]: value }, signal)).text;
  };
}

/** The tool's argument that takes what is searched for: the one of the usual name, or the only text that it needs. */
async function findArgument(server: McpServer, name: string, usual: string, signal?: AbortSignal): Promise<string> {
  const tools = await server.tools(signal);
  const tool = tools.find((each) => each.name === name);
  const refuse = (message: string): never => {
    throw new LiveError(server.url.host, { kind: 'refused', message });
  };
  if (!tool) return refuse(`it has no tool "${plainText(name)}"; it has ${tools.map((each) => plainText(each.name)).join(', ')}`);
  const texts = Object.entries(tool.arguments).flatMap(([argument, type]) => (type === 'string' ? [argument] : []));
  const needed = texts.filter((argument) => tool.required.includes(argument));
  const [only, ...others] = texts.includes(usual) ? [usual] : needed;
  if (only === undefined || others.length > 0)
    return refuse(
      `which argument of ${plainText(name)} takes the ${usual} is not clear; name one of ${texts.join(', ')} as in mcp:URL#${name}(${texts[0] ?? 'argument'})`,
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

/** A server's tool under its own name. A policy of the chat kind calls it by its arguments; `description` is ours. */
export function mcpToolAsItIs(server: McpServer, { name, arguments: types, required }: McpTool, keys: Keyring): Tool {
  const properties = Object.fromEntries(Object.entries(types).map(([argument, type]) => [argument, type === 'unknown' ? {} : { type }]));
  return {
    name,
    kind: 'other',
    schema: {
      type: 'function',
      function: { name, description: `A tool of the MCP server at ${server.url.host}.`, parameters: { type: 'object', properties, required } },
    },
    async call(args, _, { signal } = {}) {
      const { text, pictures } = await server.call(name, args, signal);
      const { picture, unread } = readPictures(pictures);
      const note = unread.length > 0 ? noteOn(unread, keys) : '';
      if (picture) return { kind: 'picture', picture, text: cleanText(text, keys, note) };
      const [shown, last] = text.trim() === '' ? [note, ''] : [text, note];
      const found = documentsOf(name, shown);
      return { kind: 'documents', results: found.map((document, i) => cleaned(document, keys, i === found.length - 1 ? last : '')) };
    },
  };
}

/** The first picture that can be read; of each other one why it is not shown. */
function readPictures(files: McpAnswer['pictures']): { readonly picture: Picture | null; readonly unread: readonly string[] } {
  let picture: Picture | null = null;
  const unread: string[] = [];
  for (const { mimeType, data } of files) {
    if (mimeType !== 'image/png') unread.push(`only PNG is read, not ${mimeType}`);
    else if (picture) unread.push('another one is shown');
    else
      try {
        picture = fitted(readPng(fromBase64(data)));
      } catch (error) {
        unread.push((error as Error).message);
      }
  }
  return { picture, unread };
}

/** One line on all pictures that are not shown, as short as a title. */
function noteOn(unread: readonly string[], keys: Keyring): string {
  const pictures = unread.length === 1 ? 'a picture is' : `${unread.length} pictures are`;
  return `(${cleanTitle(`${pictures} not shown: ${[...new Set(unread)].join('; ')}`, keys)})`;
}

function fitted(picture: Picture): Picture {
  const { width, height } = picture;
  const scale = LONGEST_SIDE / Math.max(width, height);
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return scale < 1 ? resample(picture, [0, 0, width, height], scaled(width), scaled(height)) : picture;
}
