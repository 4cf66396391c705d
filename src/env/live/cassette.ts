// A cassette: the live calls of a session and the tools that servers listed, one JSON line each, to be played again without the network. It
// holds no key.
import * as v from 'valibot';
import { canonicalJson } from '../../tapo/canonicalJson.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import type { Observation, Tool } from '../types.ts';
import type { McpTool } from './mcp.ts';
import { HEADER_BYTES, pngHeader, pngOf, readPng } from './png.ts';

/** Records or answers the calls of a tool, and what a server lists. */
export interface Cassette {
  wrap(tool: Tool): Tool;
  /** The tools of a server: those that it lists, or those that it listed when the cassette was recorded, where the cassette has them. */
  list(server: URL, ask: () => Promise<readonly McpTool[]>): Promise<readonly McpTool[]>;
}

/** A line that cannot be read; the message names it. */
export class CassetteError extends Error {
  override readonly name = 'CassetteError';
}

/** A call that the cassette does not hold. It must end the session: an answer from elsewhere would be another session. */
export class CassetteMismatch extends Error {
  override readonly name = 'CassetteMismatch';
}

const Documents = v.object({
  kind: v.literal('documents'),
  results: v.array(v.object({ id: v.string(), title: v.string(), text: v.string(), score: v.number() })),
});
const Titles = v.object({ kind: v.literal('titles'), results: v.array(v.object({ title: v.string(), score: v.number() })) });
const PictureFile = v.object({ kind: v.literal('picture'), png: v.pipe(v.string(), v.transform(checkedPng)), text: v.string() });
const ModelError = v.object({ kind: v.literal('error'), cause: v.literal('model'), message: v.string() });
const Line = v.variant('status', [
  v.object({
    call: v.number(),
    tool: v.string(),
    arguments: v.record(v.string(), v.unknown()),
    status: v.literal('ok'),
    observation: v.variant('kind', [Documents, Titles, PictureFile, ModelError]),
  }),
  v.object({ call: v.number(), tool: v.string(), arguments: v.record(v.string(), v.unknown()), status: v.literal('failed'), message: v.string() }),
]);
const Listing = v.object({
  server: v.string(),
  tools: v.array(v.object({ name: v.string(), arguments: v.record(v.string(), v.string()), required: v.array(v.string()) })),
});
type CassetteLine = v.InferOutput<typeof Line>;
type KeptObservation = (CassetteLine & { status: 'ok' })['observation'];
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A cassette that records: `write` gets a line, with its line end, for each call and list that has its answer. Calls that were aborted leave none. */
export function recordCassette(write: (line: string) => void): Cassette {
  let calls = 0;
  const keep = (line: DistributiveOmit<CassetteLine, 'call'>): void => write(`${JSON.stringify({ call: calls++, ...line })}\n`);
  return {
    async list(server, ask) {
      const tools = await ask();
      write(`${JSON.stringify({ server: placeOf(server), tools })}\n`);
      return tools;
    },
    wrap: (tool) => ({
      ...tool,
      async call(args, context, options) {
        const asked = { tool: tool.name, arguments: args };
        try {
          const observation = await tool.call(args, context, options);
          keep({ ...asked, status: 'ok', observation: recordable(tool, observation) });
          return observation;
        } catch (error) {
          if (!options?.signal?.aborted) keep({ ...asked, status: 'failed', message: error instanceof Error ? error.message : String(error) });
          throw error;
        }
      },
    }),
  };
}

function recordable(tool: Tool, observation: Observation): KeptObservation {
  if (observation.kind === 'picture') return { kind: 'picture', png: toBase64(pngOf(observation.picture)), text: observation.text };
  if (observation.kind === 'titles') return { kind: 'titles', results: [...observation.results] };
  if (observation.kind === 'documents') return { kind: 'documents', results: [...observation.results] };
  if (observation.kind === 'error' && observation.cause === 'model') return { kind: 'error', cause: 'model', message: observation.message };
  throw new RangeError(`recordCassette: expected documents, titles or a picture from ${tool.name}, got ${observation.kind}`);
}

export interface ReplayOptions {
  /** Hears of a call that the cassette lacks, before the call fails with it: to end the session. */
  readonly onMismatch?: (mismatch: CassetteMismatch) => void;
}

/**
 * A cassette that answers from the lines of a recorded one. A call is found by tool and arguments, in whatever order rollouts come to it;
 * equal calls get the answers that were recorded for them, in order, then the last of these. Failures fail again.
 * Throws CassetteError for a line that cannot be read.
 */
export function replayCassette(text: string, { onMismatch }: ReplayOptions = {}): Cassette {
  const all = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [readLine(line, i + 1)]));
  const lines = all.filter((line) => 'call' in line);
  const listings = new Map(all.flatMap((line) => ('call' in line ? [] : [[line.server, line.tools]])));
  const answers = new Map<string, CassetteLine[]>();
  for (const line of lines) {
    const known = answers.get(keyOf(line.tool, line.arguments));
    if (known) known.push(line);
    else answers.set(keyOf(line.tool, line.arguments), [line]);
  }
  const played = new Set<CassetteLine>();
  let calls = 0;
  const next = (tool: string, args: Readonly<Record<string, unknown>>): CassetteLine => {
    const call = calls++;
    const known = answers.get(keyOf(tool, args)) ?? [];
    const line = known.length > 1 ? known.shift() : known[0];
    if (line) {
      played.add(line);
      return line;
    }
    const expected = lines.find((each) => !played.has(each));
    const mismatch = new CassetteMismatch(
      `cassette: call ${call} is not in it: expected ${expected ? written(expected.tool, expected.arguments) : 'no further call'}, got ${written(tool, args)}`,
    );
    onMismatch?.(mismatch);
    throw mismatch;
  };
  return {
    list: async (server, ask) => listings.get(placeOf(server)) ?? ask(),
    wrap: (tool) => ({
      ...tool,
      async call(args) {
        const line = next(tool.name, args);
        if (line.status === 'failed') throw new Error(line.message);
        return observationOf(line.observation, line.call);
      },
    }),
  };
}

/** Of a picture no more than its size is read before its call is played: a cassette may hold thousands. Throws RangeError. */
function checkedPng(png: string): string {
  pngHeader(fromBase64(png.slice(0, (HEADER_BYTES / 3) * 4)));
  return png;
}

function observationOf(kept: KeptObservation, call: number): Observation {
  if (kept.kind !== 'picture') return kept;
  try {
    return { kind: 'picture', picture: readPng(fromBase64(kept.png)), text: kept.text };
  } catch (error) {
    throw new CassetteError(`cassette: the picture of call ${call} cannot be read: ${(error as Error).message}`);
  }
}

function readLine(text: string, number: number): CassetteLine | v.InferOutput<typeof Listing> {
  try {
    const value: unknown = JSON.parse(text);
    return v.is(Listing, value) ? value : v.parse(Line, value);
  } catch (error) {
    throw new CassetteError(
      `cassette, line ${number}: expected {"call","tool","arguments","status","observation"} or {"server","tools"}, got ${(error as Error).message}`,
    );
  }
}

/** A server without the rest of its address, which may say who asks. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function keyOf(tool: string, args: Readonly<Record<string, unknown>>): string {
  return canonicalJson([tool, args]);
}

function written(tool: string, args: Readonly<Record<string, unknown>>): string {
  return `${tool} ${canonicalJson(args)}`;
}
