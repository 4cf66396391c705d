// Why a fetch gave no answer at all. Browsers do not say; the addresses and the page's surroundings tell the cases apart.
import type { LiveFault } from './liveError.ts';

/** Where the code runs. */
export interface Surroundings {
  /** Origin of the page; null outside of a browser. */
  readonly origin: string | null;
  readonly online: boolean;
}

export function surroundingsHere(): Surroundings {
  const { location, navigator } = globalThis as { location?: Location; navigator?: Navigator };
  return { origin: location?.origin ?? null, online: navigator?.onLine ?? true };
}

export function networkFault(url: URL, error: unknown, { origin, online }: Surroundings): LiveFault {
  if (!online) return { kind: 'offline' };
  if (origin === null || origin === url.origin) return { kind: 'unreachable', code: codeOf(error) };
  const page = new URL(origin);
  if (page.protocol === 'https:' && url.protocol === 'http:' && !isLoopback(url.hostname)) return { kind: 'mixed-content' };
  if (isPrivate(url.hostname) && !isPrivate(page.hostname)) return { kind: 'local-network' };
  return { kind: 'blocked' };
}

/** Node tells the system's code in the cause; fetch of a browser tells nothing. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' ? cause.code : 'network error';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

/** An address of this machine or its network, as far as its text says so. */
function isPrivate(hostname: string): boolean {
  const blocks = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[f[cd]|\[fe[89ab])/;
  return isLoopback(hostname) || hostname.endsWith('.local') || blocks.test(hostname);
}
