// Tools of an MCP server over Streamable HTTP, by the TypeScript SDK, which is loaded with the first call. What the server writes about
// itself and its tools (instructions, descriptions) is never shown to a policy: only names and types of arguments are read.
import * as v from 'valibot';
import { checked } from './answers.ts';
import { IMAGE_LIMIT } from './capBody.ts';
import type { LiveClient } from './liveClient.ts';
import { LiveError } from './liveError.ts';

/** A tool as a server lists it, without what it says about it. */
export interface McpTool {
  readonly name: string;
  /** Types of its arguments by name, as JSON Schema names them. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

export interface McpServer {
  readonly url: URL;
  tools(signal?: AbortSignal): Promise<readonly McpTool[]>;
  /** The text that a call gives; images and the like are left out. Throws LiveError, also where the tool says that it failed. */
  call(tool: string, args: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<string>;
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
const Result = v.object({
  content: v.array(v.looseObject({ type: v.string() })),
  isError: v.optional(v.boolean(), false),
});

/** Loads nothing and connects to nothing until it is asked. */
export function createMcpServer(client: LiveClient, address: string): McpServer {
  const url = new URL(address);
  let session: ReturnType<typeof connect> | null = null;
  /** Work within the session; a session that failed is left, so that the next try makes a new one. */
  const within = <T>(work: (session: Awaited<ReturnType<typeof connect>>, signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    client.ask(url)(async (own) => {
      session ??= connect(client, url);
      const current = session;
      try {
        return await work(await current, own);
      } catch (error) {
        if (session === current) session = null;
        void current.then(({ close }) => close()).catch(() => {});
        throw await faultOf(error, client, url, current, own);
      }
    }, signal);

  return {
    url,
    tools: (signal) =>
      within(async ({ sdk }, own) => {
        const listed = checked(url, 'a list of tools of an MCP server', Listed, await sdk.listTools({}, { signal: own }));
        return listed.tools.map(({ name, inputSchema: { properties, required } }) => ({
          name,
          arguments: Object.fromEntries(Object.entries(properties).map(([argument, schema]) => [argument, typeOf(schema)])),
          required,
        }));
      }, signal),
    call: async (tool, args, signal) => {
      const answer = await within(({ sdk }, own) => sdk.callTool({ name: tool, arguments: { ...args } }, undefined, { signal: own }), signal);
      const { content, isError } = checked(url, 'the result of an MCP tool, {"content":[…]}', Result, answer);
      const text = content.flatMap((part) => (part.type === 'text' && typeof part.text === 'string' ? [part.text] : [])).join('\n');
      if (isError) throw new LiveError(url.host, { kind: 'refused', message: client.keys.redact(text).slice(0, 300) });
      return text;
    },
    close: async () => {
      const current = session;
      session = null;
      if (current) await current.then(({ close }) => close()).catch(() => {});
    },
  };
}

async function connect(client: LiveClient, url: URL) {
  const [{ Client }, { StreamableHTTPClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
  ]);
  /** What broke a body that the SDK was reading: it tells of it by `onerror` alone. */
  const broken: { fault: LiveError | null } = { fault: null };
  const transport = new StreamableHTTPClientTransport(url, {
    // no stream of notifications is kept open: nothing here listens to them
    fetch: async (address, init = {}) =>
      init.method === 'GET' ? new Response(null, { status: 405 }) : client.open(new URL(address), init, IMAGE_LIMIT, { statuses: [400, 404, 405] }),
    reconnectionOptions: { maxRetries: 0, initialReconnectionDelay: 0, maxReconnectionDelay: 0, reconnectionDelayGrowFactor: 1 },
  });
  const sdk = new Client(
    { name: 'tapo-notebook', version: '0.1.0' },
    // the SDK's own check compiles code, which the page's policy forbids; what comes back is checked here
    { jsonSchemaValidator: { getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }) } },
  );
  sdk.onerror = (error) => {
    if (error instanceof LiveError) broken.fault ??= error;
    else if (error.cause instanceof LiveError) broken.fault ??= error.cause;
    if (broken.fault) void sdk.close();
  };
  await sdk.connect(transport as Parameters<typeof sdk.connect>[0]);
  return {
    sdk,
    broken,
    close: async () => {
      await transport.terminateSession().catch(() => {});
      await sdk.close();
    },
  };
}

/** A LiveError for whatever ended a request. An abort stays what it is. */
async function faultOf(error: unknown, { keys }: LiveClient, url: URL, session: ReturnType<typeof connect>, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  if (error instanceof LiveError) return error;
  const { broken } = await session.catch(() => ({ broken: { fault: null } }));
  if (broken.fault) return broken.fault;
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 404) return new LiveError(url.host, { kind: 'status', status: 404 });
  if (message?.startsWith('MCP error')) return new LiveError(url.host, { kind: 'refused', message: keys.redact(message).slice(0, 300) });
  return new LiveError(url.host, { kind: 'unexpected', expected: 'an MCP server over Streamable HTTP' });
}

function typeOf(schema: unknown): string {
  const type = (schema as { type?: unknown } | null)?.type;
  return typeof type === 'string' ? type : 'unknown';
}
