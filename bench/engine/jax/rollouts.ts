// Rollouts in jax-js: a cache of fixed size, one jitted step a token, tokens drawn on the device and read back once a turn.
import { jit, numpy as np, tree } from '@jax-js/jax';
import type { PolicyShape } from '../../../src/policy/types.ts';
import { addPatches, attend, embedInputs, embedTokens, logitsOf, runLayers, scoreRows, type Weights } from './model.ts';

/** Where all rows stand; they are equally long. */
export type Position = {
  /** By layer: keys and values [B, capacity, H, d/H]. */ caches: { keys: np.Array; values: np.Array }[];
  /** Of the last token read: content, and hidden state after the last norm. [B, d] */ content: np.Array;
  hidden: np.Array;
};

/** One token a row: the tokens [B] as int32, log-probs and entropies [B], nats. */
export type Drawn = { tokens: np.Array; logProbs: np.Array; entropies: np.Array };

export interface JaxRollouts {
  /** Before anything was read. */
  start(): Position;
  /** Reads n tokens a row at positions `at` … `at + n − 1`.   tokens [B, n] */
  read(weights: Weights, position: Position, tokens: np.Array, at: np.Array): Position;
  /** The same where the last p tokens are a picture.   patches [B, p, patch] */
  readPictures(weights: Weights, position: Position, tokens: np.Array, patches: np.Array, at: np.Array): Position;
  /** Draws a token for each row at temperature 1.   keys [B] as uint32: hash of the row's key and position */
  draw(weights: Weights, position: Position, bias: np.Array, keys: np.Array): Drawn;
  /** Draws a token for each row, then reads it. */
  step(weights: Weights, position: Position, bias: np.Array, keys: np.Array, at: np.Array): { drawn: Drawn; position: Position };
  /** All tokens, then all log-probs, then all entropies of a turn, token by token, in one array. */
  gather(turn: Drawn[]): np.Array;
  dispose(): void;
}

export function createJaxRollouts(shape: PolicyShape, rows: number, capacity: number): JaxRollouts {
  const { layers, heads, width, vocabulary } = shape;

  /** Leaves the weights be. */
  const readTokens = (weights: Weights, { caches, content: before, hidden }: Position, tokens: np.Array, patches: np.Array | null, at: np.Array): Position => {
    hidden.dispose();
    const n = tokens.shape[1] as number;
    const embedded = embedTokens(weights, tokens);
    const content = patches ? addPatches(weights, embedded, patches, n - (patches.shape[1] as number)) : embedded;
    const left = before.reshape([rows, 1, width]);
    const previous = n === 1 ? left : np.concatenate([left, content.ref.slice([], [0, n - 1])], 1);
    const positions = np.arange(n).add(at.ref); // [n]
    const x = embedInputs(weights, content.ref, previous, (weights.position as np.Array).ref.slice(positions.ref));
    const slots = np.arange(capacity);
    const seen = slots.ref.reshape([1, capacity]).lessEqual(positions.reshape([n, 1])); // [n, capacity]
    const source = slots.sub(at); // the new token that belongs into a slot
    const fresh = source.ref.greaterEqual(0).mul(source.ref.less(n)).reshape([1, capacity, 1, 1]);
    const place = np.clip(source, 0, n - 1);
    const stored = (old: np.Array, added: np.Array): np.Array => np.where(fresh.ref, n === 1 ? added : added.slice([], place.ref), old);
    const grown: Position['caches'] = [];
    const last = runLayers(shape, weights, x, (layer, q, k, v) => {
      const { keys, values } = caches[layer] as Position['caches'][number];
      const next = { keys: stored(keys, k), values: stored(values, v) };
      grown.push(next);
      return attend(q, next.keys.ref, next.values.ref, seen.ref);
    });
    tree.dispose([seen, fresh, place]);
    return { caches: grown, content: content.slice([], n - 1), hidden: last.slice([], n - 1) };
  };

  /** Leaves weights and position be. */
  const drawTokens = (weights: Weights, { hidden }: Position, bias: np.Array, keys: np.Array): Drawn => {
    const logits = logitsOf(weights, hidden.ref, bias);
    const tokens = np.argmax(logits.ref.add(gumbelNoise(keys, vocabulary)), 1);
    return { tokens: tokens.ref, ...scoreRows(logits, tokens) };
  };

  const read = jit(function read(weights: Weights, position: Position, tokens: np.Array, at: np.Array): Position {
    const next = readTokens(weights, position, tokens, null, at);
    tree.dispose(weights);
    return next;
  });
  const readPictures = jit(function readPictures(weights: Weights, position: Position, tokens: np.Array, patches: np.Array, at: np.Array): Position {
    const next = readTokens(weights, position, tokens, patches, at);
    tree.dispose(weights);
    return next;
  });
  const draw = jit(function draw(weights: Weights, position: Position, bias: np.Array, keys: np.Array): Drawn {
    const drawn = drawTokens(weights, position, bias, keys);
    tree.dispose([weights, position]);
    return drawn;
  });
  const step = jit(function step(weights: Weights, position: Position, bias: np.Array, keys: np.Array, at: np.Array): { drawn: Drawn; position: Position } {
    const drawn = drawTokens(weights, position, bias, keys);
    const next = readTokens(weights, position, drawn.tokens.ref.reshape([rows, 1]), null, at);
    tree.dispose(weights);
    return { drawn, position: next };
  });
  const gather = jit(function gather(turn: Drawn[]): np.Array {
    return np.concatenate([
      ...turn.map(({ tokens }) => tokens.astype(np.float32)),
      ...turn.map(({ logProbs }) => logProbs),
      ...turn.map(({ entropies }) => entropies),
    ]);
  });

  return {
    start: () => ({
      caches: Array.from({ length: layers }, () => ({
        keys: np.zeros([rows, capacity, heads, width / heads]),
        values: np.zeros([rows, capacity, heads, width / heads]),
      })),
      content: np.zeros([rows, width]),
      hidden: np.zeros([rows, width]),
    }),
    read,
    readPictures,
    draw,
    step,
    gather,
    dispose() {
      for (const each of [read, readPictures, draw, step, gather]) each.dispose();
    },
  };
}

/** The noise of gumbelNoise.ts, so that all engines draw the same tokens: entry (r, v) from the row's key and v.   keys [R] uint32 · [R, V] */
function gumbelNoise(keys: np.Array, V: number): np.Array {
  const unsigned = (x: number): np.Array => np.array(Uint32Array.of(x));
  const bits = keys.reshape([-1, 1]).add(np.arange(V).astype(np.uint32).mul(unsigned(0x9e3779b9)));
  const folded = (h: np.Array, by: number): np.Array => np.bitwiseXor(h.ref, np.rightShift(h, unsigned(by)));
  const mixed = folded(folded(folded(bits, 16).mul(unsigned(0x21f0aaad)), 15).mul(unsigned(0x735a2d97)), 15);
  const u = np.rightShift(mixed, unsigned(9)).astype(np.float32).add(0.5).div(8388608);
  return np.log(np.log(u).neg()).neg();
}
