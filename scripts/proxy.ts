// The same-origin proxy of npm start: passes requests of the page on to the hosts that were named when it was started, and to no other.
import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { IMAGE_LIMIT } from '../src/env/live/capBody.ts';
import { TURN_LIMIT } from '../src/env/live/chatGroups.ts';
import { keyVariable } from '../src/env/live/keyring.ts';
import { PROXY_FAULT_HEADER, PROXY_HEADER } from '../src/env/live/proxied.ts';
import { isLocal, isPrivate } from './networks.ts';

export interface ProxyOptions {
  /** Origins that may be reached, for example https://search.example.org. */
  readonly origins: readonly string[];
  /** Keys by TAPO_KEY_HOST. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for a whole answer. Default as long as any of our clients waits: most of them give up before, which ends the request too. */
  readonly timeLimit?: number;
  /** How names become addresses. Default the system's. */
  readonly resolve?: LookupFunction;
}

/** Sent on; everything else, cookies above all, stays here. */
const REQUEST_HEADERS = ['accept', 'content-type', 'authorization', 'api-user-agent', 'mcp-session-id', 'mcp-protocol-version', 'last-event-id'];
/** Of these, a redirect takes none along to another origin. */
const SECRET_HEADERS = ['authorization', 'mcp-session-id'];
/** Given back. */
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'mcp-session-id'];
const METHODS = ['GET', 'POST', 'DELETE'];
/** Bytes of a request's body at most: a model is sent all pictures of its episode again in every turn. */
const REQUEST_LIMIT = 20_000_000;
/** Times that a request is sent on to another address, at most. */
const REDIRECTS = 3;

/** Why a request was not passed on. */
class ProxyFault extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers requests to /proxy?url=ADDRESS. Throws RangeError for an origin that is none. */
export function createProxy({ origins, env = process.env, timeLimit = TURN_LIMIT, resolve = lookup as LookupFunction }: ProxyOptions) {
  const allowed = new Set(
    origins.map((text) => {
      if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
        throw new RangeError(`--proxy: expected an origin such as https://search.example.org, got ${text}`);
      return new URL(text).origin;
    }),
  );
  const keys = keysOf(allowed, env);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      refuseOthers(request);
      const url = targetOf(request, allowed);
      const body = await readBody(request);
      const first = { url, method: request.method ?? 'GET', headers: picked(request.headers, REQUEST_HEADERS), body };
      const withKey = (asked: Asked): Asked => {
        const key = keys.get(asked.url.origin);
        return key ? { ...asked, headers: { ...asked.headers, authorization: `Bearer ${key}` } } : asked;
      };
      const left = new AbortController();
      response.on('close', () => left.abort());
      const limits = { timeLimit, late: AbortSignal.timeout(timeLimit), left: left.signal, resolve };
      const answer = await follow(first, allowed, (asked) => ask(withKey(asked), limits));
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      const { status, message } = error instanceof ProxyFault ? error : new ProxyFault(500, 'an error of its own');
      response.writeHead(status, { [PROXY_FAULT_HEADER]: message.replaceAll(/[^\x20-\x7e]/g, '?') }).end();
    }
  };
}

/** Keys by origin. A host that was named with https and with http gets its key by https alone. Throws RangeError where two hosts share a variable. */
function keysOf(origins: ReadonlySet<string>, env: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const hosts = new Map<string, string>(); // by variable
  for (const origin of origins) {
    const { host, protocol } = new URL(origin);
    const variable = keyVariable(origin);
    const key = env[variable];
    if (!key) continue;
    const other = hosts.get(variable) ?? host;
    if (other !== host) throw new RangeError(`--proxy: ${other} and ${host} would both get the key in ${variable}; name one of them, or leave the key out`);
    hosts.set(variable, host);
    if (protocol === 'https:' || !origins.has(`https://${host}`)) keys.set(origin, key);
  }
  return keys;
}

/** Only this machine's own page may ask: not another computer, not another site in this browser, not a name that was made to lead here. */
function refuseOthers({ headers, socket }: IncomingMessage): void {
  const { hostname } = new URL(`http://${headers.host ?? ''}`);
  if (!isLocal(socket.remoteAddress ?? '') || !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new ProxyFault(403, 'it answers only the page of this computer, at localhost');
  if (headers[PROXY_HEADER.toLowerCase()] === undefined) throw new ProxyFault(403, `it answers only requests with ${PROXY_HEADER}`);
}

function targetOf({ url = '', method = '' }: IncomingMessage, allowed: ReadonlySet<string>): URL {
  const address = new URL(url, 'http://localhost').searchParams.get('url') ?? '';
  if (!METHODS.includes(method)) throw new ProxyFault(405, `expected ${METHODS.join(', ')}, got ${method}`);
  if (!URL.canParse(address)) throw new ProxyFault(400, 'expected /proxy?url=ADDRESS');
  const target = new URL(address);
  if (!allowed.has(target.origin)) throw new ProxyFault(403, `${target.origin} was not named; start it with npm start -- --proxy ${target.origin}`);
  return target;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > REQUEST_LIMIT) throw new ProxyFault(413, `the request is larger than ${REQUEST_LIMIT / 1e6} MB`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where else to ask, of a redirect. */
  readonly location: string | undefined;
}

/** The answer at the end of the redirects, each of which leads to an origin that was named. */
async function follow(first: Asked, allowed: ReadonlySet<string>, send: (asked: Asked) => Promise<Answer>): Promise<Answer> {
  let asked = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await send(asked);
    if (answer.status < 300 || answer.status >= 400) return answer;
    const { location = '' } = answer;
    if (location === '' || !URL.canParse(location, asked.url)) throw new ProxyFault(403, 'it was sent on to nowhere');
    const url = new URL(location, asked.url);
    const place = `it was sent on to ${url.origin}${url.pathname}`;
    if (!allowed.has(url.origin)) throw new ProxyFault(403, `${place}, which was not named; start it also with npm start -- --proxy ${url.origin}`);
    if (redirects === REDIRECTS) throw new ProxyFault(403, `${place}, and before that ${REDIRECTS} times elsewhere; give the last address instead`);
    asked = sentOn(asked, url, answer.status);
  }
}

/** The request as it is sent on, by the rules of fetch: 303, and 301 and 302 after a POST, ask for a page without a body. */
function sentOn({ url: from, method, headers, body }: Asked, url: URL, status: number): Asked {
  const asksAnew = (status === 303 && method !== 'GET') || ((status === 301 || status === 302) && method === 'POST');
  const dropped = [...(url.origin === from.origin ? [] : SECRET_HEADERS), ...(asksAnew ? ['content-type'] : [])];
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
  return { url, method: asksAnew ? 'GET' : method, headers: kept, body: asksAnew ? Buffer.alloc(0) : body };
}

interface Limits {
  readonly timeLimit: number;
  /** Aborted when the time limit is over. */
  readonly late: AbortSignal;
  /** Aborted when nobody waits for the answer any more. */
  readonly left: AbortSignal;
  readonly resolve: LookupFunction;
}

function ask({ url, method, headers, body }: Asked, { timeLimit, late, left, resolve }: Limits): Promise<Answer> {
  return new Promise((done, fail) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const giveUp = (error: NodeJS.ErrnoException): void => {
      if (error instanceof ProxyFault) fail(error);
      else
        fail(
          new ProxyFault(late.aborted ? 504 : 502, late.aborted ? `no answer within ${timeLimit / 1000} s` : `no connection (${error.code ?? 'broken off'})`),
        );
    };
    const outgoing = send(url, {
      method,
      headers: { ...headers, ...(body.length > 0 ? { 'content-length': String(body.length) } : {}) },
      lookup: checkedLookup(url, resolve),
      signal: AbortSignal.any([late, left]),
      agent: false,
    });
    outgoing.on('error', giveUp).on('response', (incoming) => {
      const status = incoming.statusCode ?? 502;
      const parts: Buffer[] = [];
      let size = 0;
      incoming.on('error', giveUp);
      incoming.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size <= IMAGE_LIMIT) return;
        fail(new ProxyFault(413, `the answer is larger than ${IMAGE_LIMIT / 1e6} MB`));
        incoming.destroy();
      });
      const { location } = incoming.headers;
      incoming.on('end', () => done({ status, headers: picked(incoming.headers, RESPONSE_HEADERS), body: Buffer.concat(parts), location }));
    });
    outgoing.end(body);
  });
}

/** Connects to the address that was checked: a public name that leads to a private address, now or at the second look, is refused. */
function checkedLookup({ hostname }: URL, resolve: LookupFunction): LookupFunction {
  const namedPrivate = hostname === 'localhost' || hostname.endsWith('.localhost'); // addresses in figures are not looked up at all
  return (name, options, callback) =>
    resolve(name, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const fault =
        error ??
        (!namedPrivate && addresses.some(isPrivate)
          ? new ProxyFault(403, `${hostname} leads to an address of this network; name the address itself: --proxy http://ADDRESS`)
          : null);
      callback(fault, found as string, family);
    });
}

function picked(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
}
