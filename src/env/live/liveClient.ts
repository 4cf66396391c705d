// The one HTTP client of all live tools: limits of time, size and number, retries, a breaker for each host, keys, and errors in words.
import { capBody, JSON_LIMIT } from './capBody.ts';
import { type AskHost, createHostPolicy, type HostPolicyOptions } from './hostPolicies.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { LiveError, type LiveFault } from './liveError.ts';
import { networkFault, type Surroundings, surroundingsHere } from './networkFault.ts';
import { PROXY_FAULT_HEADER } from './proxied.ts';

export interface LiveClientOptions extends HostPolicyOptions {
  readonly fetch?: typeof fetch;
  readonly keys?: Keyring;
  /** Where the code runs: what a fetch without an answer means depends on it. */
  readonly surroundings?: () => Surroundings;
}

export interface LiveRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** What a status means at this kind of endpoint, where it means more than elsewhere. */
  readonly faults?: Readonly<Record<number, LiveFault>>;
  /** In which words this kind of endpoint refuses a request, from the body of its answer; null where it has none. Absent: such bodies are not read. */
  readonly refusal?: (body: unknown) => string | null;
}

/** Statuses whose body may say what is wrong with the request. */
const REFUSALS = [400, 402, 403, 404, 413, 422];

export interface LiveClient {
  readonly keys: Keyring;
  /** The JSON that an address answers with. Throws LiveError, or the signal's reason. */
  json(url: URL, request?: LiveRequest): Promise<unknown>;
  /** Work with a host that needs more than one request: under its limits, tried again as a whole. */
  ask: (url: URL) => AskHost;
  /** One request, not tried again: key added, body capped at `limit` bytes. Throws LiveError for no answer, and for a status from 400 on. */
  open(url: URL, init: RequestInit, limit: number, options?: OpenOptions): Promise<Response>;
}

interface OpenOptions {
  readonly faults?: LiveRequest['faults'];
  /** Statuses from 400 on that are no failure. */
  readonly statuses?: readonly number[];
  /** Hears of a body that is cut off, beside whoever reads it. */
  readonly onCut?: (fault: LiveError) => void;
}

export function createLiveClient({
  fetch: fetchHere = (...request) => fetch(...request),
  keys = createKeyring(),
  surroundings = surroundingsHere,
  ...policy
}: LiveClientOptions = {}): LiveClient {
  const hosts = new Map<string, AskHost>();
  const ask = ({ host }: URL): AskHost => {
    const known = hosts.get(host) ?? createHostPolicy(host, policy);
    hosts.set(host, known);
    return known;
  };

  const open: LiveClient['open'] = async (url, init, limit, { faults = {}, statuses = [], onCut } = {}) => {
    const cut = (): LiveError => {
      const fault = new LiveError(url.host, { kind: 'too-large', limit });
      onCut?.(fault);
      return fault;
    };
    const headers = new Headers(init.headers);
    const authorization = keys.authorization(url);
    if (authorization) headers.set('Authorization', authorization);
    let response: Response;
    try {
      // a key must not follow a redirect to another host
      response = await fetchHere(url, { ...init, headers, credentials: 'omit', referrerPolicy: 'no-referrer', redirect: authorization ? 'error' : 'follow' });
    } catch (error) {
      init.signal?.throwIfAborted();
      if (error instanceof LiveError) throw error;
      throw new LiveError(url.host, networkFault(url, error, surroundings()));
    }
    const blocked = response.headers.get(PROXY_FAULT_HEADER);
    if (response.status < 400 || (blocked === null && statuses.includes(response.status))) return capBody(response, limit, cut);
    await response.body?.cancel();
    if (blocked) throw new LiveError(url.host, { kind: 'proxy', status: response.status, message: keys.redact(blocked) });
    throw new LiveError(url.host, faults[response.status] ?? { kind: 'status', status: response.status }, pauseAsked(response));
  };

  return {
    keys,
    ask,
    open,
    json: (url, { method = 'GET', headers = {}, body, signal, faults = {}, refusal } = {}) =>
      ask(url)(async (own) => {
        const sent = body === undefined ? { headers } : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
        const response = await open(url, { method, signal: own, ...sent }, JSON_LIMIT, { faults, statuses: refusal ? REFUSALS : [] });
        const answer = readJson(url, response, own, surroundings);
        if (response.status < 400) return answer;
        const words = refusal?.(await answer.catch(() => null)) ?? null;
        own.throwIfAborted();
        throw new LiveError(
          url.host,
          words === null
            ? (faults[response.status] ?? { kind: 'status', status: response.status })
            : { kind: 'refused', message: keys.redact(words).slice(0, 300) },
        );
      }, signal),
  };
}

async function readJson(url: URL, response: Response, signal: AbortSignal, surroundings: () => Surroundings): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof LiveError ? error : new LiveError(url.host, networkFault(url, error, surroundings()));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new LiveError(url.host, { kind: 'not-json', got: kindOfText(response.headers.get('Content-Type'), text) });
  }
}

function kindOfText(type: string | null, text: string): string {
  if (text.trim() === '') return 'nothing';
  if (/^\s*</.test(text)) return 'HTML or XML';
  return type?.includes('json') ? 'JSON that is cut off or damaged' : (type?.split(';')[0] ?? 'text');
}

/** Retry-After in milliseconds: seconds, or a date. */
function pauseAsked({ headers }: Response): number | null {
  const asked = headers.get('Retry-After');
  if (asked === null) return null;
  const seconds = Number(asked);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(asked);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
