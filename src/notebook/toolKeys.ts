// Keys of live endpoints in the page: pairs of an address and its key, one for each origin. They are kept in memory alone.
import type { LiveSetup } from '../workers/liveTools.ts';

type Keys = LiveSetup['keys'];

/** The key for an address; empty without one, or where it is no address. */
export function keyFor(keys: Keys, address: string): string {
  return keys.find(([of]) => originOf(of) === originOf(address))?.[1] ?? '';
}

/** The keys with that of an address changed; an empty key takes it away. */
export function withKey(keys: Keys, address: string, key: string): Keys {
  const origin = originOf(address);
  if (origin === null) return keys;
  const others = keys.filter(([of]) => originOf(of) !== origin);
  return key === '' ? others : [...others, [origin, key]];
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}
