// From logits to log-probs, entropies, and the gradient of the loss −Σ w · log π(chosen) − c · Σ H.
//
//   log π(c) = z_c − lse,   H = lse − Σ p · z,   p = exp(z − lse)
//   ∂/∂z = w · (p − 1_chosen) + c · p · (log p + H)
//
// Rows of logits are padded to \`stride\`, a multiple of 4; the gradient is 0 there.
import { program, programOf } from '../program.ts';
import { type Lanes, perRow } from './lanes.ts';
import { perThread } from './wgsl.ts';

/** logits [rows, stride], chosen [rows] → scores [rows, 2] (log π, H) and lse [rows]; the program for so many threads a row. */
export const scoreTokens = programOf(buildScores);

function buildScores(lanes: Lanes) {
  return program({
    name: 'scoreTokens',
    buffers: { logits: 'read array<f32>', chosen: 'read array<u32>', scores: 'read_write array<vec2f>', lse: 'read_write array<f32>' },
    parameters: { rows: 'u32', vocabulary: 'u32', stride: 'u32' },
    ...perRow(
      lanes,
      'p.rows',
      `
  let first = row * p.stride;
  var highest = -3e38;
  for (var v = lane; v < p.vocabulary; v += LANES) { highest = max(highest, logits[first + v]); }
  let top = maxLanes(lane, width, highest);
  var ownSum = 0.0;
  var ownMean = 0.0;
  for (var v = lane; v < p.vocabulary; v += LANES) {
    let z = logits[first + v] - top;
    let e = exp(z);
    ownSum += e;
    if (e > 0.0) { ownMean += e * z; } // a token that is never written adds 0, not 0 · −10⁹
  }
  let sum = sumLanes(lane, width, ownSum);
  let mean = sumLanes(lane, width, ownMean) / sum;
  let total = log(sum);
  if (lane == 0u) {
    lse[row] = top + total;
    scores[row] = vec2f(logits[first + chosen[row]] - top - total, total - mean);
  }`,
    ),
  });
}

/** In place: logits become the gradient. weights [rows]. */
export const scoreGradient = program({
  name: 'scoreGradient',
  buffers: {
    logits: 'read_write array<f32>',
    chosen: 'read array<u32>',
    scores: 'read array<vec2f>',
    lse: 'read array<f32>',
    weights: 'read array<f32>',
  },
  parameters: { rows: 'u32', vocabulary: 'u32', stride: 'u32', entropy: 'f32' },
  workgroup: [64, 1, 1],
  body: perThread(
    'thread',
    'p.rows * p.stride',
    `
  let row = thread / p.stride;
  let v = thread % p.stride;
  if (v >= p.vocabulary) { logits[thread] = 0.0; return; }
  let logP = logits[thread] - lse[row];
  let probability = exp(logP);
  var gradient = weights[row] * (probability - select(0.0, 1.0, v == chosen[row]));
  if (probability > 0.0) { gradient += p.entropy * probability * (logP + scores[row].y); }
  logits[thread] = gradient;`,
  ),
});

/** The plain twins. Rows of logits are \`stride\` apart. */
export function plainScores(
  logits: Float32Array,
  chosen: Uint32Array,
  vocabulary: number,
  stride: number,
  weights?: Float32Array,
  entropy = 0,
): { readonly scores: Float32Array; readonly lse: Float32Array; readonly gradient: Float32Array } {
  const rows = chosen.length;
  const scores = new Float32Array(2 * rows);
  const lse = new Float32Array(rows);
  const gradient = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const z = Array.from(logits.subarray(row * stride, row * stride + vocabulary));
    const top = Math.max(...z);
    const total = top + Math.log(z.reduce((sum, x) => sum + Math.exp(x - top), 0));
    const entropyHere = z.reduce((sum, x) => sum - (x - total) * Math.exp(x - total), 0);
    lse[row] = total;
    scores.set([(z[chosen[row] as number] as number) - total, entropyHere], 2 * row);
    z.forEach((x, v) => {
      const probability = Math.exp(x - total);
      const own = v === chosen[row] ? 1 : 0;
      gradient[row * stride + v] =
        ((weights?.[row] as number) ?? 0) * (probability - own) + (probability > 0 ? entropy * probability * (x - total + entropyHere) : 0);
    });
  }
  return { scores, lse, gradient };
}
