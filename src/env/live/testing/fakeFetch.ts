// A network for tests: answers by address, and the requests that were made.
import type { Tool } from '../../types.ts';

export interface Asked {
  readonly url: URL;
  readonly init: RequestInit;
}

/** `answer` gives a response, or throws as fetch does where there is none. */
export function fakeFetch(answer: (asked: Asked, n: number) => Response | Promise<Response>): { readonly fetch: typeof fetch; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init = {}) => {
      const request = { url: new URL(String(input)), init };
      asked.push(request);
      return answer(request, asked.length - 1);
    },
  };
}

export function jsonResponse(value: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' }, ...init });
}

/** What Node's fetch throws without a connection. */
export function refusedConnection(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }) });
}

/** The tool that live ones stand in for, as in the sandbox. */
export const TEXT_TOOL: Tool = {
  name: 'text_search_tool',
  kind: 'text',
  schema: { type: 'function', function: { name: 'text_search_tool', description: '', parameters: {} } },
  call: async () => ({ kind: 'documents', results: [] }),
};
