// npm start — serves the built page from dist/ under the content security policy that it was made for. With `-- --proxy ORIGIN` it passes
// requests of the page on to that host, with `-- --connect ORIGIN` the page may ask it directly (docs/live-tools.md); neither by itself.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { createProxy } from './proxy.ts';

const PORT = Number(process.env.PORT ?? 4173);
const { values: given } = parseArgs({ options: { proxy: { type: 'string', multiple: true }, connect: { type: 'string', multiple: true } } });
const { connect = [], proxy: proxied = [] } = given;
const wrong = [...connect, ...proxied].find((text) => !/^https?:\/\/[^/\s;,]+$/.test(text));
if (wrong !== undefined) {
  console.error(`--connect and --proxy: expected an origin such as https://en.wikipedia.org, got ${wrong}`);
  process.exit(1);
}

/** docs/decisions.md says what each part is for. The page talks to its own origin, and to others that were named. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  `connect-src ${["'self'", ...connect].join(' ')}`,
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const files = sirv(fileURLToPath(new URL('../dist/', import.meta.url)), {
  etag: true,
  gzip: true,
  setHeaders: (response, path) => response.setHeader('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
});

const proxy = proxied.length > 0 ? createProxy({ origins: proxied }) : null;

const server = createServer((request, response) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (proxy && request.url?.startsWith('/proxy?')) return void proxy(request, response);
  files(request, response, () => void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no such file'));
});

server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `port ${PORT} is taken; set another one: PORT=${PORT + 1} npm start` : error.message);
  process.exit(1);
});
server.listen(PORT, () => console.log(`TAPO Notebook: http://localhost:${PORT}/`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
