// Tools of an MCP server over Streamable HTTP, by the TypeScript SDK, which is loaded with the first call. What the server writes about
// itself and its tools (instructions, descriptions) is never shown to a policy: only names and types of arguments are read.
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import * as v from 'valibot';
import { checked } from './answers.ts';
import { IMAGE_LIMIT } from './capBody.ts';
import type { Keyring } from './keyring.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';

/** A tool as a server lists it, without what it says about it. */
export interface McpTool {
  readonly name: string;
  /** Types of its arguments by name, as JSON Schema names them. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

export interface McpAnswer {
  readonly text: string;
  /** Files in Base64. */
  readonly pictures: readonly { readonly mimeType: string; readonly data: string }[];
}

export interface McpServer {
  readonly url: URL;
  tools(signal?: AbortSignal): Promise<readonly McpTool[]>;
  /** What a call gives; sounds and the like are left out. Throws LiveError, also where the tool says that it failed. */
  call(tool: string, args: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<McpAnswer>;
  /** Ends the session with the server. */
  close(): Promise<void>;
}

const Listed = v.object({
  tools: v.array(
    v.object({
      name: v.string(),
      inputSchema: v.object({
        properties: v.optional(v.record(v.string(), v.unknown()), {}),
        required: v.optional(v.array(v.string()), []),
      }),
    }),
  ),
});
const PicturePart = v.object({ type: v.literal('image'), data: v.string(), mimeType: v.string() });
const Result = v.object({
  content: v.array(v.looseObject({ type: v.string() })),
  isError: v.optional(v.boolean(), false),
});

/** Loads nothing and connects to nothing until it is asked. */
export function createMcpServer(client: LiveClient, address: string): McpServer {
  const url = new URL(address);
  let session: Session | null = null;
  /** Work within the session; a session that failed is left, so that the next try makes a new one. */
  const within = <T>(work: (sdk: Client, signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    client.ask(url)(async (own) => {
      session ??= openSession(client, url);
      const current = session;
      try {
        return await work(await current.sdk, own);
      } catch (error) {
        if (session === current) session = null;
        void current.close();
        own.throwIfAborted();
        throw current.broken() ?? faultOf(error, url, client.keys);
      }
    }, signal);

  return {
    url,
    tools: (signal) =>
      within(async (sdk, own) => {
        const answer = JSON.parse(client.keys.redact(JSON.stringify(await sdk.listTools({}, { signal: own }))));
        const listed = checked(url, 'a list of tools of an MCP server', Listed, answer);
        return listed.tools.map(({ name, inputSchema: { properties, required } }) => ({
          name,
          arguments: Object.fromEntries(Object.entries(properties).map(([argument, schema]) => [argument, typeOf(schema)])),
          required,
        }));
      }, signal),
    call: async (tool, args, signal) => {
      const answer = await within((sdk, own) => sdk.callTool({ name: tool, arguments: { ...args } }, undefined, { signal: own }), signal);
      const { content, isError } = checked(url, 'the result of an MCP tool, {"content":[…]}', Result, answer);
      const text = content.flatMap((part) => (part.type === 'text' && typeof part.text === 'string' ? [part.text] : [])).join('\n');
      if (isError) throw new LiveError(url.host, { kind: 'refused', message: client.keys.redact(text).slice(0, 300) });
      const pictures = content.flatMap((part) => (v.is(PicturePart, part) ? [{ mimeType: part.mimeType, data: part.data }] : []));
      return { text, pictures };
    },
    close: async () => {
      const current = session;
      session = null;
      await current?.close();
    },
  };
}

interface Session {
  /** Rejects if there is no connection. */
  readonly sdk: Promise<Client>;
  /** What broke a request or a body: the SDK tells of it beside the request's own error. */
  broken(): LiveError | null;
  close(): Promise<void>;
}

function openSession(client: LiveClient, url: URL): Session {
  let fault: LiveError | null = null;
  const connected = connect(client, url, (error) => {
    fault ??= error;
  });
  connected.catch(() => {}); // whoever waits for the SDK hears of it
  return {
    sdk: connected.then(({ sdk }) => sdk),
    broken: () => fault,
    close: () =>
      connected.then(
        async ({ sdk, transport }) => {
          await transport.terminateSession().catch(() => {});
          await sdk.close();
        },
        () => {},
      ),
  };
}

async function connect(client: LiveClient, url: URL, onFault: (fault: LiveError) => void) {
  const [{ Client }, { StreamableHTTPClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
  ]);
  const transport = new StreamableHTTPClientTransport(url, {
    // no stream of notifications is kept open: nothing here listens to them
    fetch: async (address, init = {}) =>
      init.method === 'GET'
        ? new Response(null, { status: 405 })
        : client.open(new URL(address), init, IMAGE_LIMIT, { statuses: [400, 404, 405], onCut: onFault }),
    reconnectionOptions: { maxRetries: 0, initialReconnectionDelay: 0, maxReconnectionDelay: 0, reconnectionDelayGrowFactor: 1 },
  });
  const sdk = new Client(
    { name: 'tapo-notebook', version: '0.1.0' },
    // the SDK's own check compiles code, which the page's policy forbids; what comes back is checked here
    { jsonSchemaValidator: { getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }) } },
  );
  sdk.onerror = (error) => {
    if (error instanceof LiveError) onFault(error);
    if (error.message.startsWith('SSE stream disconnected')) void sdk.close(); // else a request whose answer broke off waits for its time limit
  };
  await sdk.connect(transport as Parameters<Client['connect']>[0]);
  return { sdk, transport };
}

/** A LiveError for whatever else ended a request. */
function faultOf(error: unknown, { host }: URL, keys: Keyring): LiveError {
  if (error instanceof LiveError) return error;
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 404) return new LiveError(host, { kind: 'status', status: 404 });
  if (message?.startsWith('MCP error')) return new LiveError(host, { kind: 'refused', message: keys.redact(message).slice(0, 300) });
  return new LiveError(host, { kind: 'unexpected', expected: 'an MCP server over Streamable HTTP' });
}

function typeOf(schema: unknown): string {
  const type = (schema as { type?: unknown } | null)?.type;
  return typeof type === 'string' ? type : 'unknown';
}
