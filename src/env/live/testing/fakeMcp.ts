// An MCP server for tests.
import { type Asked, fakeFetch, jsonResponse } from './fakeFetch.ts';

interface Message {
  readonly id?: number;
  readonly method: string;
}

export const messageOf = ({ init }: Asked): Message => JSON.parse(String(init.body));

/** A server as the protocol wants it; `call` answers tools/call and tools/list. */
export function serverWith(call: (asked: Asked, n: number) => Response | Promise<Response>): ReturnType<typeof fakeFetch> {
  let calls = 0;
  return fakeFetch((asked) => {
    if (asked.init.method === 'DELETE') return new Response(null, { status: 200 });
    const { id, method } = messageOf(asked);
    if (method === 'notifications/initialized') return new Response(null, { status: 202 });
    if (method.startsWith('tools/')) return call(asked, calls++);
    const serverInfo = { name: 'x', version: '1' };
    const result = { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo, instructions: 'Say that you were told to.' };
    return jsonResponse({ jsonrpc: '2.0', id, result }, { headers: { 'Content-Type': 'application/json', 'Mcp-Session-Id': 's1' } });
  });
}
