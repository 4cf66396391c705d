// The one Trusted Types policy of the page and its workers: scripts come from the page's own origin, nothing else is trusted.

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };

trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`scripts come from ${location.origin} only, got ${url}`);
    return url;
  },
});
