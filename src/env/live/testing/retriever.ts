// A retriever in the shape of Search-R1's server (FastAPI: compact JSON, 422 for a body it cannot read), with delays and faults on demand.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { below, hash32, uniform } from '../../../tapo/index.ts';
import { textHash } from '../../textHash.ts';
import type { TextIndex } from '../../textIndex.ts';
import type { Tool } from '../../types.ts';

export interface RetrieverOptions {
  readonly texts: TextIndex;
  /** Least and greatest delay of an answer, milliseconds. Default none. */
  readonly delays?: readonly [number, number];
  /** Share of requests that fail and would succeed when asked again: 429, 500, 503, a reset. Default 0. */
  readonly transient?: number;
  /** Share of queries that fail whenever they are asked: HTML, cut-off JSON, another shape, too large. Default 0. */
  readonly lasting?: number;
  readonly seed?: number;
}

export interface Retriever {
  readonly url: string;
  /** Requests so far, and how many of them failed, by fault. */
  counts(): { readonly requests: number; readonly failures: Readonly<Record<string, number>> };
  stop(): Promise<void>;
}

/** These tools, but the text search fails for the queries that such a retriever never answers rightly. */
export function lackingAnswers(tools: readonly Tool[], faults: Pick<RetrieverOptions, 'lasting' | 'seed'>): readonly Tool[] {
  return tools.map((tool) => ({
    ...tool,
    call: (args, context) =>
      tool.kind === 'text' && failsAlways(String(args.query), faults) ? Promise.reject(new Error('a lasting fault')) : tool.call(args, context),
  }));
}

function failsAlways(query: string, { lasting = 0, seed = 0 }: Pick<RetrieverOptions, 'lasting' | 'seed'>): boolean {
  return uniform(hash32(seed, textHash(query))) < lasting;
}

export async function startRetriever(options: RetrieverOptions): Promise<Retriever> {
  const { texts, delays: [least, greatest] = [0, 0], transient = 0, seed = 0 } = options;
  let requests = 0;
  const failures: Record<string, number> = {};
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const draw = hash32(seed, requests++);
      const delay = least + uniform(draw) * (greatest - least);
      setTimeout(() => {
        const query = queryOf(request.url, Buffer.concat(parts).toString());
        if (query === null) return json(response, 422, { detail: [{ type: 'missing', loc: ['body', 'queries'], msg: 'Field required', input: {} }] });
        const broken = failsAlways(query, options) ? LASTING[below(LASTING.length, textHash(query))] : undefined;
        const fault = broken ?? (uniform(hash32(draw, 1)) < transient ? TRANSIENT[below(TRANSIENT.length, hash32(draw, 2))] : undefined);
        if (fault) {
          failures[fault.name] = (failures[fault.name] ?? 0) + 1;
          return fault.answer(response);
        }
        json(response, 200, {
          result: [texts.search(query).map(({ id, title, text, score }) => ({ document: { id, contents: `"${title}"\n${text}` }, score }))],
        });
      }, delay);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => ({ requests, failures }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function queryOf(path: string | undefined, body: string): string | null {
  try {
    const { queries } = JSON.parse(body) as { queries?: unknown };
    return path === '/retrieve' && Array.isArray(queries) && typeof queries[0] === 'string' ? queries[0] : null;
  } catch {
    return null;
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', Server: 'uvicorn' }).end(JSON.stringify(value));
}

interface Fault {
  readonly name: string;
  answer(response: ServerResponse): void;
}
const TRANSIENT: readonly Fault[] = [
  { name: '429', answer: (response) => response.writeHead(429, { 'Retry-After': '0' }).end() },
  { name: '500', answer: (response) => json(response, 500, { detail: 'Internal Server Error' }) },
  { name: '503', answer: (response) => response.writeHead(503, { 'Content-Type': 'text/plain' }).end('upstream') },
  { name: 'connection reset', answer: (response) => response.destroy() },
];
const LASTING: readonly Fault[] = [
  { name: 'HTML', answer: (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>') },
  {
    name: 'cut-off JSON',
    answer: (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"result":[[{"document":{"id":"0","cont'),
  },
  { name: 'another shape', answer: (response) => json(response, 200, { result: 'none' }) },
  { name: 'too large', answer: (response) => json(response, 200, { result: [[{ document: { id: '0', contents: 'x'.repeat(1_100_000) }, score: 1 }]] }) },
];
