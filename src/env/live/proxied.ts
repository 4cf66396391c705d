// Fetching through the proxy of npm start (scripts/proxy.ts): the page asks its own origin, which asks the host.

/** Set on every request to the proxy: a page of another origin cannot set it without being asked first, and is refused. */
export const PROXY_HEADER = 'X-Tapo-Proxy';
/** Why the proxy did not pass a request on. */
export const PROXY_FAULT_HEADER = 'X-Tapo-Proxy-Fault';

/** A fetch that goes through the proxy at this address, for example http://localhost:4173/proxy. */
export function proxied(proxy: string, fetchHere: typeof fetch = fetch): typeof fetch {
  return (input, init = {}) => {
    const address = new URL(proxy);
    address.searchParams.set('url', input instanceof Request ? input.url : String(input));
    const headers = new Headers(init.headers);
    headers.set(PROXY_HEADER, '1');
    return fetchHere(address, { ...init, headers });
  };
}
