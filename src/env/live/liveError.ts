// What can go wrong with a live endpoint, in words: what was met, and what to do. A fault holds no key, and of a body only the service's own error.

/** `limit` in bytes, `got` a content type; a proxy's status is 502 where the host gave no answer. */
export type LiveFault =
  | { readonly kind: 'offline' }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'local-network' }
  | { readonly kind: 'mixed-content' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'json-off' }
  | { readonly kind: 'not-json'; readonly got: string }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'time-limit'; readonly seconds: number }
  | { readonly kind: 'breaker'; readonly seconds: number }
  | { readonly kind: 'unexpected'; readonly expected: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'proxy'; readonly status: number; readonly message: string };

/** A live call that failed. Nobody's fault but the world's: an episode that meets one is dropped. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
  readonly fault: LiveFault;
  readonly host: string;
  /** Milliseconds that the server asked to wait; null if it did not. */
  readonly retryAfter: number | null;
  constructor(host: string, fault: LiveFault, retryAfter: number | null = null) {
    super(`${host}: ${explain(fault)}`);
    this.fault = fault;
    this.host = host;
    this.retryAfter = retryAfter;
  }
}

/** Worth another try: the network, a busy server, a server's own error. */
export function isTransient({ fault }: LiveError): boolean {
  if (fault.kind === 'status') return fault.status === 429 || fault.status >= 500;
  if (fault.kind === 'proxy') return fault.status === 502;
  return ['offline', 'unreachable', 'blocked', 'local-network'].includes(fault.kind);
}

/** Would come again, however often and however slowly it is asked: what is asked for is refused, or another kind of endpoint answers. */
export function isLasting({ fault }: LiveError): boolean {
  if (fault.kind === 'status' || fault.kind === 'proxy') return fault.status < 500 && fault.status !== 429;
  return ['mixed-content', 'json-off', 'not-json', 'unexpected', 'refused'].includes(fault.kind);
}

/** Says that the host is in trouble, so that others should not ask it either for a while. A full one only wants a pause. */
export function isOutage(error: LiveError): boolean {
  return error.fault.kind === 'time-limit' || (isTransient(error) && !(error.fault.kind === 'status' && error.fault.status === 429));
}

function explain(fault: LiveFault): string {
  switch (fault.kind) {
    case 'offline':
      return 'this machine is offline; connect it and try again';
    case 'unreachable':
      return `no connection (${fault.code}); check the address, and that the server runs`;
    case 'blocked':
      return (
        'the browser gave no answer: the server is down, or it sends no CORS header for this page, or the page may not connect there ' +
        '(npm start -- --connect ORIGIN); if the server cannot send CORS headers, go through the proxy (npm start -- --proxy ORIGIN)'
      );
    case 'local-network':
      return (
        'the browser gave no answer: a public page needs permission to reach this computer or its network (Local Network Access); allow it in the ' +
        "site's settings, or open the notebook from localhost (npm start)"
      );
    case 'mixed-content':
      return 'a page from https cannot reach an http address; give the server https, or open the notebook from localhost (npm start)';
    case 'status':
      return explainStatus(fault.status);
    case 'json-off':
      return 'it answers 403 to format=json: JSON is switched off there; add json to search.formats in its settings.yml, or take another instance';
    case 'not-json':
      return `expected JSON, got ${fault.got}; the address probably leads to a page for people: give that of the API`;
    case 'too-large':
      return `the answer is larger than ${fault.limit / 1e6} MB, so it was cut off; ask for fewer or smaller results`;
    case 'time-limit':
      return `no answer within ${fault.seconds} s; the server is slow or stuck: try again later, or take a nearer one`;
    case 'breaker':
      return `it failed several times in a row, so it is left alone for ${fault.seconds} s; check that it runs`;
    case 'unexpected':
      return `expected ${fault.expected}, got another shape; check that the kind of endpoint is right`;
    case 'refused':
      return `it refused the call: ${fault.message}`;
    case 'proxy':
      return `the proxy of npm start did not pass it on: ${fault.message}`;
    default:
      return fault satisfies never;
  }
}

function explainStatus(status: number): string {
  if (status === 401) return 'it wants a key, or the key is wrong (401); enter the key for this host';
  if (status === 403) return 'it forbids this call (403); check what the key may do, and whether this page may ask';
  if (status === 404) return 'nothing is at this address (404); check the path';
  if (status === 429) return 'too many requests (429), also after waiting; ask less often, or use a server of your own';
  if (status >= 500) return `the server failed (${status}), also when asked again; try later, or look at its log`;
  return `it answered with status ${status}; check the address and the kind of endpoint`;
}
