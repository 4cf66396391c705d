// One turn of many rows, token by token, in plain tfjs operations: draw, read, until each row has ended its turn.
import * as tf from '@tensorflow/tfjs-core';
import { attendBoth, type Prefix } from './cachedAttention.ts';
import { gumbelNoise } from './gumbelNoise.ts';
import { joinHeads, linearTransposed, splitHeads, turned } from './kernels/layers.ts';
import { gatherRows } from './kernels/rows.ts';
import { scoreRows } from './kernels/tokenLoss.ts';
import { disposeAll, tidied } from './tensors.ts';
import { embedContent, embedInputs, runLayers, type Weights } from './transformer.ts';
import type { DecodedTurn, DecodeOptions, PolicyShape } from './types.ts';

export interface Model {
  readonly shape: PolicyShape;
  readonly weights: Weights;
  /** Added to logits: 0, or far below for tokens that are never written. [V] */
  readonly bias: tf.Tensor1D;
}

/** What reading tokens gives, one row a token: [tokens, d] each. */
export interface ReadTokens {
  /** By layer. */ readonly keys: readonly tf.Tensor2D[];
  /** By layer. */ readonly values: readonly tf.Tensor2D[];
  /** Content embeddings, which the next position takes from. */ readonly content: tf.Tensor2D;
  /** Hidden states after the last norm, which the next token is drawn from. */ readonly hidden: tf.Tensor2D;
}

/** Where R rows stand before the turn. The tensors are disposed of. */
export interface TurnStart {
  /** Of the last token read. [R, d] */ readonly hidden: tf.Tensor2D;
  /** Of the last token read. [R, d] */ readonly content: tf.Tensor2D;
  /** What was read so far, one entry a layer. */ readonly prefixes: readonly Prefix[];
  /** [R, 1, S] */ readonly mask: tf.Tensor3D;
  /** Tokens read so far. [R] */ readonly lengths: readonly number[];
}

export interface TurnResult {
  readonly turns: readonly DecodedTurn[];
  /** All tokens written but the last of each row; null if there are none. */
  readonly read: ReadTokens | null;
  /** For each row, where its tokens stand in `read`. */
  readonly order: readonly (readonly number[])[];
}

/** The rows being decoded, one line each; `own` is what they wrote in this turn and grows by one position a step. */
interface Live extends Omit<TurnStart, 'lengths'> {
  readonly own: readonly Prefix[] | null;
}

interface Draft extends DecodedTurn {
  readonly tokens: number[];
  readonly logProbs: number[];
  readonly entropies: number[];
}

export async function decodeTurn(model: Model, start: TurnStart, options: DecodeOptions): Promise<TurnResult> {
  const { context } = model.shape;
  const { lengths } = start;
  const owned: unknown[] = [start];
  const hold = <T>(make: () => T): T => {
    const made = tidied(make);
    owned.push(made);
    return made;
  };
  const drafts = lengths.map((): Draft => ({ tokens: [], logProbs: [], entropies: [] }));
  const draftOf = (row: number): Draft => drafts[row] as Draft;
  const ended = (row: number): boolean => {
    const { tokens } = draftOf(row);
    const stopped = tokens.length > 0 && options.stopTokens.includes(tokens[tokens.length - 1] as number);
    return stopped || tokens.length >= options.maxTokens || (lengths[row] as number) + tokens.length >= context;
  };

  const steps: ReadStep[] = [];
  let rows = lengths.map((_, row) => row); // the row of each line
  let live: Live = { ...start, own: null };
  for (let j = 0; ; j++) {
    const positions = rows.map((row) => (ended(row) ? -1 : (lengths[row] as number) + j));
    const drawn = await drawTokens(
      model,
      live.hidden,
      positions,
      rows.map((row) => options.keys[row] as number),
      options.temperature,
    );
    rows.forEach((row, line) => {
      if ((positions[line] as number) < 0) return;
      draftOf(row).tokens.push(drawn.tokens[line] as number);
      draftOf(row).logProbs.push(drawn.logProbs[line] as number);
      draftOf(row).entropies.push(drawn.entropies[line] as number);
    });
    const going = rows.filter((row) => !ended(row));
    if (going.length === 0) break;
    if (going.length <= rows.length / 2) {
      const lines = Int32Array.from(going, (row) => rows.indexOf(row));
      const [before, count] = [live, rows.length];
      live = hold(() => keepLines(before, lines, count));
      rows = going;
    }
    const tokens = Int32Array.from(rows, (row) => draftOf(row).tokens[j] ?? 0);
    const at = Int32Array.from(rows, (row) => Math.min(context - 1, (lengths[row] as number) + j));
    const before = live;
    const { read, next } = hold(() => readTokens(model, before, tokens, at));
    steps.push({ rows, read });
    live = next;
  }
  const result = collect(drafts, steps);
  disposeAll(owned);
  return { turns: drafts, ...result };
}

interface ReadStep {
  readonly rows: readonly number[];
  readonly read: ReadTokens;
}

interface Drawn {
  readonly tokens: Int32Array;
  readonly logProbs: Float32Array;
  readonly entropies: Float32Array;
}

/** Logits of the next token, after hidden states [R, d]: [R, V]. */
export function logitsOf({ weights, bias }: Model, hidden: tf.Tensor2D): tf.Tensor2D {
  return tf.add(linearTransposed(hidden, weights.embedding as tf.Tensor2D), bias);
}

/** A token for each line, with its log-prob and the entropy at temperature 1. */
async function drawTokens(model: Model, hidden: tf.Tensor2D, positions: readonly number[], keys: readonly number[], temperature: number): Promise<Drawn> {
  const V = model.shape.vocabulary;
  const logits = tf.tidy(() => logitsOf(model, hidden));
  const chosen = tf.tidy(() => {
    if (temperature === 0) return tf.argMax(logits, 1);
    const noise = tf.tensor2d(gumbelNoise(keys, positions, V), [positions.length, V]);
    return tf.argMax(tf.add(tf.div(logits, temperature), noise), 1);
  });
  const tokens = (await chosen.data()) as Int32Array;
  const scores = tf.tidy(() => {
    const { logProbs, entropies } = scoreRows(logits, tokens);
    return tf.stack([logProbs, entropies]);
  });
  const values = (await scores.data()) as Float32Array; // [2, lines]
  tf.dispose([logits, chosen, scores]);
  return { tokens, logProbs: values.subarray(0, positions.length), entropies: values.subarray(positions.length) };
}

/** Reads one token a line at the given positions. */
function readTokens({ shape, weights }: Model, live: Live, tokens: Int32Array, positions: Int32Array): { readonly read: ReadTokens; readonly next: Live } {
  const [R, heads] = [tokens.length, shape.heads];
  const content = embedContent(weights, { tokens, patchRows: tokens, patches: null });
  const x = embedInputs(weights, content, live.content, positions);
  const keys: tf.Tensor2D[] = [];
  const values: tf.Tensor2D[] = [];
  const own: Prefix[] = [];
  const hidden = runLayers(shape, weights, x, (layer, q, k, v) => {
    const [qh, kh, vh] = [q, k, v].map((each) => splitHeads(each, R, 1, heads)) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const before = live.own?.[layer];
    const grown: Prefix = before
      ? { keysTurned: tf.concat([before.keysTurned, turned(kh)], 2), values: tf.concat([before.values, vh], 1) }
      : { keysTurned: turned(kh), values: vh };
    keys.push(k);
    values.push(v);
    own.push(grown);
    const scaled = tf.mul(qh, 1 / Math.sqrt(shape.width / heads)) as tf.Tensor3D;
    const scores = tf.matMul(scaled, grown.keysTurned) as tf.Tensor3D; // [R·H, 1, j + 1]
    return joinHeads(attendBoth(scaled, live.prefixes[layer] as Prefix, live.mask, scores, grown.values, R), R, 1, heads);
  });
  return { read: { keys, values, content, hidden }, next: { ...live, hidden, content, own } };
}

/** The live tensors of some of the lines only. */
function keepLines(live: Live, lines: Int32Array, count: number): Live {
  const keep = <T extends tf.Tensor>(x: T): T => {
    const [first, ...rest] = x.shape as [number, ...number[]];
    const flat = tf.reshape(x, [count, -1]) as tf.Tensor2D;
    return tf.reshape(gatherRows(flat, lines), [(first / count) * lines.length, ...rest]) as unknown as T;
  };
  const keepPrefix = ({ keysTurned, values }: Prefix): Prefix => ({ keysTurned: keep(keysTurned), values: keep(values) });
  return {
    hidden: keep(live.hidden),
    content: keep(live.content),
    mask: keep(live.mask),
    prefixes: live.prefixes.map(keepPrefix),
    own: live.own?.map(keepPrefix) ?? null,
  };
}

/** Joins the steps into one table of what was read, without the lines of rows that had ended. */
function collect(drafts: readonly Draft[], steps: readonly ReadStep[]): Pick<TurnResult, 'read' | 'order'> {
  const order: number[][] = drafts.map(() => []);
  const valid: number[] = [];
  let line = 0;
  steps.forEach(({ rows }, j) => {
    for (const row of rows) {
      if ((drafts[row] as Draft).tokens.length > j + 1) {
        (order[row] as number[]).push(valid.length);
        valid.push(line);
      }
      line++;
    }
  });
  if (valid.length === 0) return { read: null, order };
  const index = Int32Array.from(valid);
  const join = (parts: readonly tf.Tensor2D[]): tf.Tensor2D => gatherRows(tf.concat(parts as tf.Tensor2D[]), index);
  const layers = (steps[0] as ReadStep).read.keys.map((_, n) => n);
  const read = tidied(() => ({
    keys: layers.map((n) => join(steps.map((step) => step.read.keys[n] as tf.Tensor2D))),
    values: layers.map((n) => join(steps.map((step) => step.read.values[n] as tf.Tensor2D))),
    content: join(steps.map((step) => step.read.content)),
    hidden: join(steps.map((step) => step.read.hidden)),
  }));
  return { read, order };
}
