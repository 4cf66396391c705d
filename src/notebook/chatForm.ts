// What is filled in to let another's model play, and the play that it asks for.
import * as v from 'valibot';
import { Address, parseToolConfig } from '../env/live/toolConfig.ts';
import type { Split } from '../env/types.ts';
import { transportsOf } from '../train/config.ts';
import { shellWord } from '../train/runKey.ts';
import type { ChatSetup } from '../workers/chat.protocol.ts';
import { DEFAULT_SPEC, type FormSpec } from './form.ts';
import { BENCHMARK_TOOLS } from './toolChoices.ts';

export interface ChatForm {
  readonly url: string;
  readonly model: string;
  readonly split: Split;
  /** Addresses of MCP servers whose tools are used as they are, parted by spaces. */
  readonly servers: string;
  /** As of a run: benchmark, preset, questions (`prompts`), attempts at each (`groupSize`), temperature, tools. */
  readonly spec: FormSpec;
}

export const FIRST_CHAT_FORM: ChatForm = { url: '', model: '', split: 'validation', servers: '', spec: { ...DEFAULT_SPEC, prompts: 8, groupSize: 8 } };

/** What is wrong, by field. */
export type ChatFaults = Partial<Readonly<Record<'url' | 'model' | 'servers', string>>>;

export type ReadChatForm = { readonly kind: 'setup'; readonly setup: ChatSetup } | { readonly kind: 'faults'; readonly faults: ChatFaults };

export function readChatForm({ url: typed, model: named, split, servers, spec }: ChatForm): ReadChatForm {
  const [url, model] = [typed.trim(), named.trim()];
  const own = BENCHMARK_TOOLS[spec.benchmark].map(({ name }) => `${name}=`);
  const mapped = transportsOf(spec.tools).filter((text) => own.some((start) => text.startsWith(start)));
  const whole = serverAddresses(servers).map((server) => `mcp:${server}`);
  const address = v.safeParse(Address, url);
  const server = whole.map(faultOfServer).find((fault) => fault !== null);
  const faults: ChatFaults = {
    ...(address.success ? {} : { url: `expected ${address.issues[0].message}, such as http://localhost:11434/v1${url === '' ? '' : `, got "${url}"`}` }),
    ...(model === '' ? { model: 'expected the model’s name, as the endpoint calls it' } : {}),
    ...(server ? { servers: server } : {}),
  };
  if (Object.keys(faults).length > 0) return { kind: 'faults', faults };
  const { benchmark, preset, prompts: tasks, groupSize, temperature } = spec;
  return { kind: 'setup', setup: { url, model, benchmark, preset, split, tasks, groupSize, temperature, tools: [...mapped, ...whole] } };
}

/** The addresses in a text that parts them by spaces, each once. */
export function serverAddresses(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/).filter((address) => address !== ''))];
}

function faultOfServer(text: string): string | null {
  try {
    parseToolConfig(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Who plays, and where: what rollouts are shown under. */
export function titleOf({ url, model, benchmark, preset, split }: ChatSetup): string {
  return `${model} at ${new URL(url).host} on ${benchmark}/${preset}, ${split}`;
}

/** The same play on the command line. */
export function chatCommandOf({ url, model, benchmark, preset, split, tasks, groupSize, temperature, tools }: ChatSetup): string {
  const flags = { model, benchmark, preset, split, tasks, 'group-size': groupSize, temperature };
  const given = [...Object.entries(flags), ...tools.map((tool) => ['tool', tool] as const)];
  return `npx tapo chat ${shellWord(url)} ${given.map(([flag, value]) => `--${flag} ${shellWord(String(value))}`).join(' ')}`;
}
