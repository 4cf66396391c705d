// Which transport a tool has, as text: NAME=KIND:ADDRESS, for example text_search_tool=mediawiki:https://en.wikipedia.org. On the command
// line, in the page's form and in config.json alike. Never holds a key.
import * as v from 'valibot';
import type { ToolKind } from '../../tapo/index.ts';

/** A tool configuration that cannot be read; the message says what was expected. */
export class ToolConfigError extends Error {
  override readonly name = 'ToolConfigError';
}

/** An address of an endpoint. */
export const Address = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'an http or https address'),
  v.check(
    (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
    'an address without a name and password (keys are given apart)',
  ),
);
const Name = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'the name of a tool'));

const ToolConfigSchema = v.variant('kind', [
  v.object({ kind: v.picklist(['search-r1', 'searxng']), tool: Name, url: Address }),
  /** `extracts`: the beginnings of pages in place of snippets. */
  v.object({
    kind: v.literal('mediawiki'),
    tool: Name,
    url: v.pipe(
      Address,
      v.check((text) => !text.includes('#'), 'an address with nothing or #extracts behind it'),
    ),
    extracts: v.optional(v.boolean(), false),
  }),
  /** `tool` null: all tools of the server, under their own names. `remote.argument` null: found by the tool's schema. */
  v.object({
    kind: v.literal('mcp'),
    tool: Name,
    url: Address,
    remote: v.object({ tool: v.pipe(v.string(), v.minLength(1, 'a tool of the server')), argument: v.nullable(v.string()) }),
  }),
  v.object({ kind: v.literal('mcp'), tool: v.null(), url: Address, remote: v.null() }),
  /** The sandbox's own tool, which answers otherwise at this rate. */
  v.object({ kind: v.literal('stochastic'), tool: Name, rate: v.pipe(v.number(), v.minValue(0, 'a rate from 0 to 1'), v.maxValue(1, 'a rate from 0 to 1')) }),
]);

export type ToolConfig = v.InferOutput<typeof ToolConfigSchema>;

/** What can answer a tool of a kind in the sandbox's place. */
export const TRANSPORTS: Readonly<Record<ToolKind, readonly ToolConfig['kind'][]>> = {
  text: ['search-r1', 'mediawiki', 'searxng', 'mcp'],
  image: ['mediawiki', 'mcp', 'stochastic'],
  region: [],
  other: [],
};

const FORMS =
  'NAME=search-r1:URL, NAME=mediawiki:URL, NAME=mediawiki:URL#extracts, NAME=searxng:URL, NAME=mcp:URL#TOOL, NAME=mcp:URL#TOOL(ARGUMENT), mcp:URL or NAME=stochastic:RATE';

/** Reads a tool's configuration. Throws ToolConfigError. */
export function parseToolConfig(text: string): ToolConfig {
  const [, tool = null, kind = '', rest = ''] = /^(?:([^=:]*)=)?([a-z0-9-]+):(.*)$/.exec(text.trim()) ?? [];
  const [, url = rest, remote = null, argument = null] = kind === 'mcp' ? (/^([^#]*)#([^(]*)(?:\(([^)]*)\))?$/.exec(rest) ?? []) : [];
  const parts = {
    mediawiki: rest.endsWith('#extracts') ? { url: rest.replace(/#extracts$/, ''), extracts: true } : { url: rest },
    mcp: { url, remote: remote === null ? null : { tool: remote, argument } },
    stochastic: { rate: rest.trim() === '' ? Number.NaN : Number(rest) },
  }[kind] ?? { url: rest };
  return checkToolConfig({ kind, tool, ...parts }, text);
}

/** A configuration that was saved or filled in. Throws ToolConfigError. */
export function checkToolConfig(value: unknown, text = JSON.stringify(value)): ToolConfig {
  const result = v.safeParse(ToolConfigSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const { kind, tool, remote } = (value ?? {}) as Partial<Record<'kind' | 'tool' | 'remote', unknown>>;
  if (kind === 'mcp' && typeof tool === 'string' && remote === null)
    throw new ToolConfigError(`expected one tool of the server, as in ${tool}=mcp:URL#TOOL: all of them (mcp:URL) serve another's model only, got "${text}"`);
  const known = issue.kind === 'validation' ? `expected ${issue.message}` : `expected ${FORMS}`;
  throw new ToolConfigError(`${known}, got "${text}"`);
}

/** The text that `parseToolConfig` reads. */
export function writtenToolConfig(config: ToolConfig): string {
  if (config.kind === 'stochastic') return `${config.tool}=stochastic:${config.rate}`;
  if (config.kind === 'mediawiki') return `${config.tool}=mediawiki:${config.url}${config.extracts ? '#extracts' : ''}`;
  if (config.kind !== 'mcp') return `${config.tool}=${config.kind}:${config.url}`;
  if (config.remote === null) return `mcp:${config.url}`;
  const { tool, argument } = config.remote;
  return `${config.tool}=mcp:${config.url}#${tool}${argument === null ? '' : `(${argument})`}`;
}
