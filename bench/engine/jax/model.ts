// The policy's model in jax-js, as its documentation writes models: pure functions that own their arguments, to be jitted. See transformer.ts.
import { nn, numpy as np } from '@jax-js/jax';
import { NORM_EPSILON } from '../../../src/policy/kernels/layers.ts';
import type { PolicyShape } from '../../../src/policy/types.ts';

/** Parameters by name, as in parameters.ts. A function that takes them leaves them be: it uses `weights.name.ref`. */
export type Weights = Record<string, np.Array>;

/** One layer's attention, given its queries, keys and values [B, n, H, d/H]. */
type Attend = (layer: number, q: np.Array, k: np.Array, v: np.Array) => np.Array;

const use = (weights: Weights, name: string): np.Array => (weights[name] as np.Array).ref;

/** Token embeddings.   tokens [B, n] · [B, n, d] */
export function embedTokens(weights: Weights, tokens: np.Array): np.Array {
  return use(weights, 'embedding').slice(tokens);
}

/** Adds projected patches [B, p, patch], which stand at the same places in all rows, from `start` on.   embedded [B, n, d] */
export function addPatches(weights: Weights, embedded: np.Array, patches: np.Array, start: number): np.Array {
  const after = (embedded.shape[1] as number) - start - (patches.shape[1] as number);
  return embedded.add(np.pad(linear(patches, use(weights, 'patch')), { 1: [start, after] }));
}

/** x = content + previous content · W_previous + position.   content, previous [B, n, d] · position [n, d] */
export function embedInputs(weights: Weights, content: np.Array, previous: np.Array, position: np.Array): np.Array {
  return content.add(linear(previous, use(weights, 'previous'))).add(position);
}

/** softmax(q · kᵀ / √(d/H)) · v where `seen`.   q [B, n, H, d/H] · k, v [B, S, H, d/H] · seen [n, S] */
export function attend(q: np.Array, k: np.Array, v: np.Array, seen: np.Array): np.Array {
  const [qh, kh, vh] = [q, k, v].map((x) => x.transpose([0, 2, 1, 3])) as [np.Array, np.Array, np.Array];
  const scores = np.matmul(qh.mul(1 / Math.sqrt(q.shape[3] as number)), kh.transpose([0, 1, 3, 2]));
  return np.matmul(nn.softmax(np.where(seen, scores, -Infinity), -1), vh).transpose([0, 2, 1, 3]);
}

/** All layers and the final norm: [B, n, d] → [B, n, d]. */
export function runLayers({ layers, heads, width }: PolicyShape, weights: Weights, x: np.Array, attention: Attend): np.Array {
  const [B, n] = x.shape as [number, number];
  let h = x;
  for (let layer = 0; layer < layers; layer++) {
    const part = (name: string): np.Array => use(weights, `layers.${layer}.${name}`);
    const a = rmsNorm(h.ref, part('attention.gain'));
    const [q, k, v] = ['query', 'key', 'value'].map((name) => linear(a.ref, part(`attention.${name}`)).reshape([B, n, heads, width / heads])) as [
      np.Array,
      np.Array,
      np.Array,
    ];
    a.dispose();
    h = h.add(linear(attention(layer, q, k, v).reshape([B, n, width]), part('attention.output')));
    const m = rmsNorm(h.ref, part('mlp.gain'));
    h = h.add(linear(np.square(nn.relu(linear(m, part('mlp.up')))), part('mlp.down')));
  }
  return rmsNorm(h, use(weights, 'gain'));
}

/** Logits of the next token.   hidden [M, d] · bias [V] · [M, V] */
export function logitsOf(weights: Weights, hidden: np.Array, bias: np.Array): np.Array {
  return np.matmul(hidden, use(weights, 'embedding').transpose()).add(bias);
}

/** log π of the chosen tokens and the entropies, nats.   logits [M, V] · chosen [M] · [M] each */
export function scoreRows(logits: np.Array, chosen: np.Array): { readonly logProbs: np.Array; readonly entropies: np.Array } {
  const V = logits.shape[1] as number;
  const logP = nn.logSoftmax(logits, -1);
  const entropies = np.exp(logP.ref).mul(logP.ref).sum(-1).neg();
  return { logProbs: nn.oneHot(chosen, V).mul(logP).sum(-1), entropies };
}

function rmsNorm(x: np.Array, gain: np.Array): np.Array {
  const meanSquare = np.square(x.ref).mean(-1, { keepdims: true });
  return x.div(np.sqrt(meanSquare.add(NORM_EPSILON))).mul(gain);
}

function linear(x: np.Array, w: np.Array): np.Array {
  const shape = [...x.shape.slice(0, -1), w.shape[1] as number];
  return np.matmul(x.reshape([-1, w.shape[0] as number]), w).reshape(shape);
}
