import { describe, expect, it } from 'vitest';
import { createLiveClient } from './liveClient.ts';
import { createMcpServer } from './mcp.ts';
import { type Asked, fakeFetch, jsonResponse } from './testing/fakeFetch.ts';
import { messageOf, serverWith } from './testing/fakeMcp.ts';

function events(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });
}
const result = (asked: Asked, text: string): string => {
  const body = {
    result: {
      content: [
        { type: 'text', text },
        { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      ],
    },
    jsonrpc: '2.0',
    id: messageOf(asked).id,
  };
  return `event: message\nid: 1\ndata: \n\nevent: message\nid: 2\ndata: ${JSON.stringify(body)}\n\n`; // an empty event comes first
};
const FOUND = { text: 'found', pictures: [{ mimeType: 'image/png', data: 'AAAA' }] };
const server = (net: ReturnType<typeof fakeFetch>) =>
  createMcpServer(createLiveClient({ fetch: net.fetch, backoff: 0, timeLimit: 5000 }), 'http://mcp.example.org/mcp');

describe('createMcpServer(client, address)', () => {
  it('opens one session for many calls, opens no stream of its own, and ends it', async () => {
    const net = serverWith((asked) => events(result(asked, 'found')));
    const mcp = server(net);
    expect(await Promise.all([mcp.call('search', { q: 'a' }), mcp.call('search', { q: 'b' })])).toEqual([FOUND, FOUND]);
    await mcp.close();
    const sent = net.asked.map((asked) => (asked.init.method === 'DELETE' ? 'DELETE' : messageOf(asked).method));
    expect(sent).toEqual(['initialize', 'notifications/initialized', 'tools/call', 'tools/call', 'DELETE']);
    expect(new Headers(net.asked[2]?.init.headers).get('mcp-session-id')).toBe('s1');
  });
  it('makes a new session and asks again when the server fails', async () => {
    const net = serverWith((asked, n) => (n === 0 ? new Response('', { status: 503 }) : events(result(asked, 'found'))));
    expect(await server(net).call('search', {})).toEqual(FOUND);
    expect(net.asked.filter((asked) => asked.init.method !== 'DELETE' && messageOf(asked).method === 'initialize')).toHaveLength(2);
  });
  it('lists tools without a key that the server sends back', async () => {
    const net = serverWith((asked) => {
      const tools = [{ name: 'canary_search', inputSchema: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] } }];
      return jsonResponse({ jsonrpc: '2.0', id: messageOf(asked).id, result: { tools } });
    });
    const client = createLiveClient({ fetch: net.fetch });
    client.keys.set('http://mcp.example.org', 'canary');
    expect(await createMcpServer(client, 'http://mcp.example.org/mcp').tools()).toEqual([{ name: '•••_search', arguments: { q: 'string' }, required: ['q'] }]);
  });
  it('cuts off an answer that is too large', async () => {
    const net = serverWith((asked) => events(result(asked, 'x'.repeat(4_100_000))));
    await expect(server(net).call('search', {})).rejects.toThrow('mcp.example.org: the answer is larger than 4 MB');
  });
  it('takes a result that says it failed for a failure', async () => {
    const net = serverWith((asked) =>
      jsonResponse({ jsonrpc: '2.0', id: messageOf(asked).id, result: { isError: true, content: [{ type: 'text', text: 'no such index' }] } }),
    );
    await expect(server(net).call('search', {})).rejects.toThrow('mcp.example.org: it refused the call: no such index');
  });
  it('explains what is no MCP server', async () => {
    const net = fakeFetch(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }));
    await expect(server(net).call('search', {})).rejects.toThrow(/expected an MCP server over Streamable HTTP/);
    const guarded = fakeFetch(() => new Response('', { status: 401 }));
    await expect(server(guarded).call('search', {})).rejects.toThrow(/wants a key/);
  });
});
