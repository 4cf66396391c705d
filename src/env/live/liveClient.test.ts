import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyring } from './keyring.ts';
import { createLiveClient, type LiveClientOptions } from './liveClient.ts';
import { LiveError } from './liveError.ts';
import { fakeFetch, jsonResponse, refusedConnection } from './testing/fakeFetch.ts';

const URL_A = new URL('https://search.example.org/api');

/** Lets back-offs, pauses and time limits pass, and gives what came of the work. */
async function settled<T>(work: Promise<T>): Promise<{ value: T } | { error: Error }> {
  const outcome = work.then(
    (value) => ({ value }),
    (error: Error) => ({ error }),
  );
  await vi.runAllTimersAsync();
  return outcome;
}

async function explanation(answer: Parameters<typeof fakeFetch>[0], options: LiveClientOptions = {}, url = URL_A): Promise<string> {
  const outcome = await settled(createLiveClient({ fetch: fakeFetch(answer).fetch, ...options }).json(url));
  if (!('error' in outcome)) throw new Error('expected a failure');
  expect(outcome.error).toBeInstanceOf(LiveError);
  return outcome.error.message;
}

const inPage = (origin: string, online = true) => ({ surroundings: () => ({ origin, online }) });
const noAnswer = (): never => {
  throw new TypeError('Failed to fetch');
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('createLiveClient(options).json(url) explains', () => {
  it.each([
    ['a connection that is refused', () => Promise.reject(refusedConnection()), {}, /no connection \(ECONNREFUSED\); check the address/],
    ['a page without network', noAnswer, inPage('http://localhost:4173', false), /offline/],
    ['an answer without CORS headers', noAnswer, inPage('http://localhost:4173'), /no CORS header.*--connect ORIGIN.*--proxy ORIGIN/],
    ['a key that is wrong', () => new Response('', { status: 401 }), {}, /wants a key, or the key is wrong \(401\)/],
    ['a call that is forbidden', () => new Response('', { status: 403 }), {}, /forbids this call \(403\)/],
    ['a wrong path', () => new Response('', { status: 404 }), {}, /nothing is at this address \(404\)/],
    ['a server that fails', () => new Response('', { status: 503 }), {}, /the server failed \(503\)/],
    ['a page for people', () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }), {}, /expected JSON, got HTML or XML.*API/],
    ['JSON that is cut off', () => new Response('{"a":', { headers: { 'Content-Type': 'application/json' } }), {}, /got JSON that is cut off or damaged/],
    ['an empty answer', () => new Response(''), {}, /got nothing/],
  ])('%s', async (_, answer, options, expected) => {
    expect(await explanation(answer, options)).toMatch(expected);
  });

  it('what a page may not reach without permission, or not at all', async () => {
    expect(await explanation(noAnswer, inPage('https://notes.example.org'), new URL('https://192.168.1.4/'))).toMatch(/Local Network Access/);
    expect(await explanation(noAnswer, inPage('https://notes.example.org'), new URL('http://localhost:8000/'))).toMatch(/Local Network Access/);
    expect(await explanation(noAnswer, inPage('https://notes.example.org'), new URL('http://other.example.org/'))).toMatch(
      /https cannot reach an http address/,
    );
    expect(await explanation(noAnswer, inPage('http://localhost:4173'), new URL('http://localhost:8000/'))).toMatch(/CORS/);
  });

  it('an answer that is too large, and stops reading it', async () => {
    let sent = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += 100_000;
            controller.enqueue(new Uint8Array(100_000));
          },
        }),
      );
    expect(await explanation(endless)).toMatch(/larger than 1 MB/);
    expect(sent).toBeLessThan(2_000_000);
  });

  it('an answer that does not come within the time limit, headers or body', async () => {
    const silent = ({ init }: { init: RequestInit }) =>
      new Promise<Response>((_, reject) => init.signal?.addEventListener('abort', () => reject((init.signal as AbortSignal).reason)));
    expect(await explanation(silent)).toMatch(/no answer within 10 s/);
    expect(await explanation(() => new Response(new ReadableStream({})))).toMatch(/no answer within 10 s/);
  });
});

describe('createLiveClient(options).json(url)', () => {
  it('asks again after 429, 5xx and network errors, later each time', async () => {
    const times: number[] = [];
    const { fetch } = fakeFetch((_, n) => {
      times.push(Date.now());
      if (n === 0) throw refusedConnection();
      return n < 3 ? new Response('', { status: n === 1 ? 500 : 429 }) : jsonResponse({ n });
    });
    expect(await settled(createLiveClient({ fetch }).json(URL_A))).toEqual({ value: { n: 3 } });
    const pauses = times.slice(1).map((time, i) => time - (times[i] as number));
    pauses.forEach((pause, i) => {
      expect(pause).toBeGreaterThanOrEqual(250 * 2 ** i - 1);
      expect(pause).toBeLessThanOrEqual(750 * 2 ** i + 1);
    });
  });

  it('waits as long as the server asks, and not at all if that is too long', async () => {
    const times: number[] = [];
    const busy = (retryAfter: string) =>
      fakeFetch((_, n) => {
        times.push(Date.now());
        return n === 0 ? new Response('', { status: 429, headers: { 'Retry-After': retryAfter } }) : jsonResponse(1);
      });
    expect(await settled(createLiveClient({ fetch: busy('7').fetch }).json(URL_A))).toEqual({ value: 1 });
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(7000);
    const long = busy('3600');
    expect(await settled(createLiveClient({ fetch: long.fetch }).json(URL_A))).toMatchObject({ error: { message: expect.stringMatching(/429/) } });
    expect(long.asked).toHaveLength(1);
  });

  it('does not ask again where that cannot help', async () => {
    for (const status of [400, 401, 403, 404]) {
      const { fetch, asked } = fakeFetch(() => new Response('', { status }));
      await settled(createLiveClient({ fetch }).json(URL_A));
      expect(asked).toHaveLength(1);
    }
  });

  it('asks a host for four things at once, at most', async () => {
    const [most, open] = [
      { a: 0, b: 0 },
      { a: 0, b: 0 },
    ];
    const { fetch } = fakeFetch(async ({ url }) => {
      const host = url.hostname === 'a.org' ? 'a' : 'b';
      most[host] = Math.max(most[host], ++open[host]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      open[host]--;
      return jsonResponse(1);
    });
    const client = createLiveClient({ fetch });
    await settled(Promise.all(['a', 'b'].flatMap((host) => Array.from({ length: 20 }, () => client.json(new URL(`http://${host}.org/`))))));
    expect(most).toEqual({ a: 4, b: 4 });
  });

  it('leaves a host alone that fails again and again, then tries it once more; other hosts go on', async () => {
    let down = true;
    const { fetch, asked } = fakeFetch(({ url }) => (down && url.hostname === 'a.org' ? new Response('', { status: 500 }) : jsonResponse(1)));
    const client = createLiveClient({ fetch });
    const [a, b] = [new URL('http://a.org/'), new URL('http://b.org/')];
    await settled(client.json(a));
    await settled(client.json(a));
    const before = asked.length;
    expect(await settled(client.json(a))).toMatchObject({ error: { message: expect.stringMatching(/failed several times in a row.*10 s/) } });
    expect(asked).toHaveLength(before);
    expect(await settled(client.json(b))).toEqual({ value: 1 });
    down = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await settled(client.json(a))).toEqual({ value: 1 });
  });

  it('ends at once when aborted, with the reason, and does not hold it against the host', async () => {
    const { fetch, asked } = fakeFetch(() => new Response('', { status: 500 }));
    const client = createLiveClient({ fetch });
    for (let i = 0; i < 10; i++) {
      const stop = new AbortController();
      const answer = client.json(URL_A, { signal: stop.signal });
      stop.abort(new Error('stopped'));
      await expect(answer).rejects.toThrow('stopped');
    }
    await vi.runAllTimersAsync();
    const before = asked.length;
    await settled(client.json(URL_A));
    expect(asked.length).toBe(before + 4);
  });
});

describe('keys', () => {
  const CANARY = 'canary-5f2c9b';
  it('go to the origin that they were entered for, and never along with a redirect', async () => {
    const keys = createKeyring();
    keys.set('https://search.example.org/any/path', CANARY);
    const { fetch, asked } = fakeFetch(() => jsonResponse(1));
    const client = createLiveClient({ fetch, keys });
    for (const address of ['https://search.example.org/api', 'http://search.example.org/api', 'https://search.example.org:8443/', 'https://example.org/'])
      await settled(client.json(new URL(address)));
    const sent = asked.map(({ init }) => [new Headers(init.headers).get('Authorization'), init.redirect, init.credentials]);
    expect(sent).toEqual([[`Bearer ${CANARY}`, 'error', 'omit'], ...Array(3).fill([null, 'follow', 'omit'])]);
    keys.set('https://search.example.org', '');
    await settled(client.json(URL_A));
    expect(new Headers(asked.at(-1)?.init.headers).has('Authorization')).toBe(false);
  });
  it('show in no error and no JSON of the client', async () => {
    const keys = createKeyring();
    keys.set(URL_A.href, CANARY);
    const failing = [
      () => new Response(CANARY, { status: 401 }),
      () => new Response(`${CANARY}`, { status: 418 }),
      () => new Response(`<p>${CANARY}`, { headers: { 'Content-Type': CANARY } }),
      () => new Response('', { status: 502, headers: { 'X-Tapo-Proxy-Fault': `sent ${CANARY}` } }),
    ];
    for (const answer of failing) expect(await explanation(answer, { keys })).not.toContain(CANARY);
    expect(JSON.stringify({ keys, client: createLiveClient({ keys }) })).not.toContain(CANARY);
  });

  it('reads why an endpoint of a kind that says so refuses, and takes no fault of the proxy for it', async () => {
    const refusalOf = async (answer: Response): Promise<string> => {
      const { fetch } = fakeFetch(() => answer);
      const asked = createLiveClient({ fetch, backoff: 0 }).json(new URL('https://api.example.org/x'), {
        refusal: (body) => (body as { why?: string })?.why ?? null,
      });
      return asked.then(String, (error: Error) => error.message);
    };
    expect(await refusalOf(jsonResponse({ why: 'no such model' }, { status: 404 }))).toBe('api.example.org: it refused the call: no such model');
    expect(await refusalOf(jsonResponse({ other: 1 }, { status: 404 }))).toContain('nothing is at this address (404)');
    expect(await refusalOf(new Response('<p>', { status: 404 }))).toContain('nothing is at this address (404)');
    expect(await refusalOf(jsonResponse({ why: 'busy' }, { status: 401 }))).toContain('it wants a key');
    const blocked = { 'X-Tapo-Proxy-Fault': 'it was not named' };
    expect(await refusalOf(jsonResponse({ why: 'x' }, { status: 403, headers: blocked }))).toContain(
      'the proxy of npm start did not pass it on: it was not named',
    );
  });
});
