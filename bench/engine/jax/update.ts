// One update in jax-js: forward, backward, clipping and AdamW as a single jitted function.
import { jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { BETA1, BETA2, EPSILON } from '../../../src/policy/adam.ts';
import type { Parameter } from '../../../src/policy/parameters.ts';
import type { PolicyShape } from '../../../src/policy/types.ts';
import { addPatches, attend, embedInputs, embedTokens, logitsOf, runLayers, scoreRows, type Weights } from './model.ts';

/** What an update is made on. Every row has its model tokens, and its patches, at the same places. */
export type Batch = {
  /** [B, T] */ tokens: np.Array;
  /** [B, p, patch] */ patches: np.Array;
  /** The model's tokens, row by row. [B · m] */ chosen: np.Array;
  /** w of Σ w · log π. [B · m] */ weights: np.Array;
};

/** Where in a row the batch's parts stand: the first patch, and the model's turns, each from its first token to before the next text. */
export interface Places {
  readonly patchStart: number;
  readonly turns: readonly (readonly [number, number])[];
}

export type Trained = { weights: Weights; first: Weights; second: Weights };

/** η / (1 − β₁ᵗ), 1 / (1 − β₂ᵗ), 1 − ηλ, the greatest norm. [4] */
export type Factors = np.Array;

/** Scores [2, B · m] of the policy before the step: log-probs and entropies. The norm is that before clipping. */
export type Updated = { trained: Trained; gradNorm: np.Array; scores: np.Array };

export interface JaxUpdate {
  update(trained: Trained, batch: Batch, bias: np.Array, factors: Factors): Updated;
  scores(weights: Weights, batch: Batch, bias: np.Array): np.Array;
  dispose(): void;
}

export function createJaxUpdate(shape: PolicyShape, table: readonly Parameter[], { patchStart, turns }: Places): JaxUpdate {
  const { vocabulary, width } = shape;

  /** Leaves the weights be.   embedded [B, T, d] */
  const scoresOf = (weights: Weights, embedded: np.Array, patches: np.Array, chosen: np.Array, bias: np.Array): ReturnType<typeof scoreRows> => {
    const T = embedded.shape[1] as number;
    const content = addPatches(weights, embedded, patches, patchStart);
    const previous = np.pad(content.ref.slice([], [0, T - 1]), { 1: [1, 0] });
    const x = embedInputs(weights, content, previous, (weights.position as np.Array).ref.slice([0, T]));
    const seen = np.tri(T, T, 0, { dtype: np.bool });
    const hidden = runLayers(shape, weights, x, (_, q, k, v) => attend(q, k, v, seen.ref));
    seen.dispose();
    const before = turns.map(([from, to]) => hidden.ref.slice([], [from - 1, to - 1]));
    hidden.dispose();
    return scoreRows(logitsOf(weights, np.concatenate(before, 1).reshape([-1, width]), bias), chosen);
  };
  const loss = (weights: Weights, embedded: np.Array, patches: np.Array, chosen: np.Array, w: np.Array, bias: np.Array): [np.Array, np.Array] => {
    const { logProbs, entropies } = scoresOf(weights, embedded, patches, chosen, bias);
    tree.dispose(weights);
    return [w.mul(logProbs.ref).sum().neg(), np.stack([logProbs, entropies])];
  };
  /** The gradient of a gather cannot be jitted: this product with one-hot rows is what it comes to.   tokens [B, T] · d [B, T, d] */
  const embeddingGradient = (tokens: np.Array, d: np.Array): np.Array =>
    np.matmul(nn.oneHot(tokens.reshape([-1]), vocabulary).transpose(), d.reshape([-1, width]));

  const update = jit(function update({ weights, first, second }: Trained, batch: Batch, bias: np.Array, factors: Factors): Updated {
    const { tokens, patches, chosen, weights: w } = batch;
    const embedded = embedTokens(weights, tokens.ref);
    const [[value, scores], [gradients, dEmbedded]] = valueAndGrad(loss, { hasAux: true, argnums: [0, 1] })(
      tree.ref(weights),
      embedded,
      patches,
      chosen,
      w,
      bias,
    ) as unknown as [[np.Array, np.Array], [Weights, np.Array]];
    value.dispose();
    gradients.embedding = (gradients.embedding as np.Array).add(embeddingGradient(tokens, dEmbedded));
    const squares = Object.values(gradients).map((g) => np.square(g.ref).sum());
    const gradNorm = np.sqrt(squares.reduce((sum, square) => sum.add(square)));
    const [stepSize, secondScale, kept, clipNorm] = [0, 1, 2, 3].map((i) => factors.ref.slice(i)) as [np.Array, np.Array, np.Array, np.Array];
    factors.dispose();
    const scale = np.minimum(1, clipNorm.div(gradNorm.ref.add(1e-6)));
    const next: Trained = { weights: {}, first: {}, second: {} };
    for (const { name, decayed } of table) {
      const [theta, m, v] = [weights, first, second].map((each) => each[name] as np.Array) as [np.Array, np.Array, np.Array];
      const g = (gradients[name] as np.Array).mul(scale.ref);
      const m1 = m.mul(BETA1).add(g.ref.mul(1 - BETA1));
      const v1 = v.mul(BETA2).add(np.square(g).mul(1 - BETA2));
      const change = m1.ref.mul(stepSize.ref).div(np.sqrt(v1.ref.mul(secondScale.ref)).add(EPSILON));
      next.weights[name] = (decayed ? theta.mul(kept.ref) : theta).sub(change);
      next.first[name] = m1;
      next.second[name] = v1;
    }
    tree.dispose([stepSize, secondScale, kept, scale]);
    return { trained: next, gradNorm, scores };
  });

  const scores = jit(function scores(weights: Weights, { tokens, patches, chosen, weights: w }: Batch, bias: np.Array): np.Array {
    w.dispose();
    const { logProbs, entropies } = scoresOf(weights, embedTokens(weights, tokens), patches, chosen, bias);
    tree.dispose(weights);
    return np.stack([logProbs, entropies]);
  });

  return {
    update,
    scores,
    dispose() {
      update.dispose();
      scores.dispose();
    },
  };
}
