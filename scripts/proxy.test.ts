import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeyring, createLiveClient, proxied } from '../src/env/live/index.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A host behind a proxy; the proxy's options may name others. */
async function setUp(answer: RequestListener, options: (origin: string) => Partial<ProxyOptions> = () => ({})) {
  const asked: IncomingMessage[] = [];
  const host = await listen((incoming, response) => {
    asked.push(incoming);
    answer(incoming, response);
  });
  const origin = `http://127.0.0.1:${host}`;
  const port = await listen(createProxy({ origins: [origin], env: {}, ...options(origin) }));
  const proxy = `http://127.0.0.1:${port}/proxy`;
  return { asked, origin, port, proxy, fetch: proxied(proxy) };
}

const hello: RequestListener = (_, response) =>
  response.writeHead(200, { 'Content-Type': 'application/json', 'Set-Cookie': 'a=b', 'X-Own': '1' }).end('{"a":1}');
const fault = (response: Response): string => `${response.status} ${response.headers.get('X-Tapo-Proxy-Fault')}`;
/** All names lead here. */
const toHere: LookupFunction = (_, options, callback) => (options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4));

describe('createProxy(options)', () => {
  it('passes a request on, without cookies either way', async () => {
    const { asked, origin, fetch } = await setUp(hello);
    const response = await fetch(`${origin}/search?q=a%20b`, { headers: { Accept: 'x/y', Cookie: 'session=1', 'X-Secret': '1', Referer: 'http://r' } });
    expect([response.status, await response.text(), response.headers.get('Set-Cookie'), response.headers.get('X-Own')]).toEqual([200, '{"a":1}', null, null]);
    expect(asked[0]?.url).toBe('/search?q=a%20b');
    expect(asked[0]?.headers).toMatchObject({ accept: 'x/y' });
    expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => ['cookie', 'x-secret', 'referer', 'x-tapo-proxy', 'origin'].includes(name))).toEqual([]);
  });

  it('passes a body on', async () => {
    const { origin, fetch } = await setUp((incoming, response) => void incoming.pipe(response));
    expect(await (await fetch(`${origin}/`, { method: 'POST', body: '{"q":"é"}' })).text()).toBe('{"q":"é"}');
  });

  it('adds the key that is configured for the host, and tells it to nobody', async () => {
    const { asked, origin, fetch } = await setUp(hello, (at) => ({ env: { [`TAPO_KEY_127_0_0_1_${new URL(at).port}`]: 'canary_9' } }));
    const response = await fetch(`${origin}/`);
    expect(asked[0]?.headers.authorization).toBe('Bearer canary_9');
    expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain('canary');
  });

  it('sends a host’s key by https alone where both were named, and refuses hosts that share a variable', async () => {
    const { asked, origin, fetch } = await setUp(hello, (at) => ({
      origins: [at, at.replace('http:', 'https:')],
      env: { [`TAPO_KEY_127_0_0_1_${new URL(at).port}`]: 'canary_9' },
    }));
    await fetch(`${origin}/`);
    expect(asked[0]?.headers.authorization).toBeUndefined();
    const origins = ['https://a-b.org', 'https://a.b.org'];
    expect(() => createProxy({ origins, env: { TAPO_KEY_A_B_ORG: 'k' } })).toThrow('a-b.org and a.b.org would both get the key in TAPO_KEY_A_B_ORG');
    expect(() => createProxy({ origins, env: {} })).not.toThrow();
  });

  it('passes on a request with pictures, and caps its size', async () => {
    const { origin, fetch } = await setUp((incoming, response) => {
      let size = 0;
      incoming.on('data', (part: Buffer) => {
        size += part.length;
      });
      incoming.on('end', () => response.end(String(size)));
    });
    const send = (bytes: number) => fetch(`${origin}/`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect(await (await send(15_000_000)).text()).toBe('15000000');
    expect(fault(await send(20_000_001))).toBe('413 the request is larger than 20 MB');
  });

  it('reaches no host that was not named', async () => {
    const { asked, origin, fetch } = await setUp(hello, () => ({ origins: ['https://other.example.org'] }));
    expect(fault(await fetch(`${origin}/`))).toBe(`403 ${origin} was not named; start it with npm start -- --proxy ${origin}`);
    expect(fault(await fetch('file:///etc/passwd'))).toMatch(/^403 null was not named/);
    expect(fault(await fetch('nonsense'))).toBe('400 expected /proxy?url=ADDRESS');
    expect(asked).toHaveLength(0);
  });

  const sendOn =
    (status: number, location: (path: string) => string): RequestListener =>
    (incoming, response) =>
      response.writeHead(status, { Location: location(incoming.url ?? '') }).end();

  it('follows a redirect to a host that was named, with that host’s key alone', async () => {
    const there = await setUp((incoming, response) => void response.end(`${incoming.method} ${incoming.url}`));
    const here = await setUp(
      sendOn(301, (path) => `${there.origin}/to${path}`),
      (at) => ({
        origins: [at, there.origin],
        env: { [`TAPO_KEY_127_0_0_1_${new URL(there.origin).port}`]: 'key-of-there' },
      }),
    );
    const ask = (path: string, init: RequestInit = {}) =>
      here.fetch(`${here.origin}${path}`, { ...init, headers: { Accept: 'x/y', Authorization: 'Bearer key-of-here', 'Mcp-Session-Id': 's1' } });
    expect(await (await ask('/a?q=1')).text()).toBe('GET /to/a?q=1');
    expect(here.asked[0]?.headers).toMatchObject({ authorization: 'Bearer key-of-here', 'mcp-session-id': 's1' });
    expect(there.asked[0]?.headers).toMatchObject({ accept: 'x/y', authorization: 'Bearer key-of-there' });
    expect(there.asked[0]?.headers).not.toHaveProperty('mcp-session-id');
  });

  it('passes no key along to another host, and keeps it at the same one', async () => {
    const there = await setUp(hello);
    const here = await setUp(
      sendOn(302, (path) => (path === '/first' ? '/second' : there.origin)),
      (at) => ({ origins: [at, there.origin] }),
    );
    await here.fetch(`${here.origin}/first`, { headers: { Authorization: 'Bearer canary' } });
    expect(here.asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/first', 'Bearer canary'],
      ['/second', 'Bearer canary'],
    ]);
    expect(there.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each([
    [301, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{"q":1}'],
    [308, 'POST', '{"q":1}'],
  ])('sends a POST on after %i as %s', async (status, method, body) => {
    const { asked, origin, fetch } = await setUp((incoming, response) =>
      incoming.url === '/first' ? void response.writeHead(status, { Location: '/second' }).end() : void incoming.pipe(response),
    );
    const response = await fetch(`${origin}/first`, { method: 'POST', body: '{"q":1}', headers: { 'Content-Type': 'application/json' } });
    expect(await response.text()).toBe(body);
    expect([asked[1]?.method, asked[1]?.headers['content-type']]).toEqual([method, body === '' ? undefined : 'application/json']);
  });

  it('says where a redirect leads that it does not follow, and which flag allows it', async () => {
    const elsewhere = await setUp(sendOn(302, () => 'http://169.254.169.254/latest/?key=1'));
    expect(fault(await elsewhere.fetch(`${elsewhere.origin}/`))).toBe(
      '403 it was sent on to http://169.254.169.254/latest/, which was not named; start it also with npm start -- --proxy http://169.254.169.254',
    );
    const round = await setUp(sendOn(302, (path) => `${path}a`));
    expect(fault(await round.fetch(`${round.origin}/`))).toBe(
      `403 it was sent on to ${round.origin}/aaaa, and before that 3 times elsewhere; give the last address instead`,
    );
    expect(round.asked).toHaveLength(4);
    const nowhere = await setUp((_, response) => response.writeHead(302).end());
    expect(fault(await nowhere.fetch(`${nowhere.origin}/`))).toBe('403 it was sent on to nowhere');
    const rebound = await setUp(
      sendOn(302, () => 'http://rebound.example.org:8080/'),
      (at) => ({ origins: [at, 'http://rebound.example.org:8080'], resolve: toHere }),
    );
    expect(fault(await rebound.fetch(`${rebound.origin}/`))).toMatch(/^403 rebound\.example\.org leads to an address of this network/);
  });

  it('refuses a public name that leads to a private address, and takes localhost for what it is', async () => {
    const named = await setUp(hello, () => ({ origins: ['http://rebound.example.org:8080'], resolve: toHere }));
    expect(fault(await named.fetch('http://rebound.example.org:8080/'))).toMatch(/^403 rebound\.example\.org leads to an address of this network/);
    const local = await setUp(hello, (at) => ({ origins: [at.replace('127.0.0.1', 'localhost')], resolve: toHere }));
    expect((await local.fetch(`${local.origin.replace('127.0.0.1', 'localhost')}/`)).status).toBe(200);
  });

  it('answers no other site and no other name', async () => {
    const { asked, origin, port, proxy } = await setUp(hello);
    expect(fault(await fetch(`${proxy}?url=${encodeURIComponent(`${origin}/`)}`))).toBe('403 it answers only requests with X-Tapo-Proxy');
    const status = await new Promise((resolve) => {
      const headers = { Host: 'evil.example.org', 'X-Tapo-Proxy': '1' };
      request({ port, host: '127.0.0.1', path: `/proxy?url=${encodeURIComponent(origin)}`, headers }, (response) =>
        resolve(response.resume().statusCode),
      ).end();
    });
    expect(status).toBe(403);
    expect(asked).toHaveLength(0);
  });

  it('caps the size and the time of an answer', async () => {
    const large = await setUp((_, response) => response.end(Buffer.alloc(4_000_001)));
    expect(fault(await large.fetch(`${large.origin}/`))).toBe('413 the answer is larger than 4 MB');
    const slow = await setUp(
      (_, response) => void response.write('a'),
      () => ({ timeLimit: 200 }),
    );
    expect(fault(await slow.fetch(`${slow.origin}/`))).toBe('504 no answer within 0.2 s');
  });

  it('lets the host go when nobody waits for its answer any more', async () => {
    let gone = (): void => {};
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const stop = new AbortController();
    const { origin, fetch } = await setUp((incoming) => {
      incoming.socket.on('close', gone);
      stop.abort();
    });
    await expect(fetch(`${origin}/`, { signal: stop.signal })).rejects.toThrow();
    await left;
  });

  it('tells a live tool of a host that is down, in words', async () => {
    const { origin, fetch } = await setUp((incoming) => incoming.socket.destroy());
    const client = createLiveClient({ fetch, keys: createKeyring(), backoff: 1 });
    await expect(client.json(new URL(`${origin}/`))).rejects.toThrow(/the proxy of npm start did not pass it on: no connection \(ECONNRESET\)/);
  });

  it('wants origins', () => {
    for (const text of ['example.org', 'ftp://example.org', '']) expect(() => createProxy({ origins: [text] })).toThrow(/--proxy: expected an origin such as/);
  });
});
