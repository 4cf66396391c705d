// Keys of live endpoints: in memory alone, each for one origin. Nothing can list them, and no text that passes here keeps one.

export interface Keyring {
  /** Keeps a key for the origin of an address; an empty key takes it away. */
  set(address: string, key: string): void;
  /** The Authorization header for an address, if there is a key for its origin. */
  authorization(address: URL): string | null;
  /** The text with every key in it blotted out: a server may give back what it was sent. */
  redact(text: string): string;
}

export function createKeyring(): Keyring {
  const keys = new Map<string, string>(); // by origin
  return {
    set(address, key) {
      const { origin } = new URL(address);
      if (key === '') keys.delete(origin);
      else keys.set(origin, key);
    },
    authorization: ({ origin }) => (keys.has(origin) ? `Bearer ${keys.get(origin)}` : null),
    redact: (text) => [...keys.values()].reduce((left, key) => left.replaceAll(key, '•••'), text),
  };
}

/** Name of the environment variable that holds the key for an address: TAPO_KEY_ and its host in capitals, for example TAPO_KEY_LOCALHOST_8000. */
export function keyVariable(address: string): string {
  return `TAPO_KEY_${new URL(address).host.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;
}
