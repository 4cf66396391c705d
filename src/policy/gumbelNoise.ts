// Noise for sampling: the arg max of logits plus Gumbel noise is a sample of their softmax (Gumbel-max). Never tf.multinomial: it is wrong on WebGPU.
import { gumbel, hash32, mix32 } from '../tapo/index.ts';

/**
 * Noise [R, V]: entry (r, v) depends on the row's key, its position and v alone, so that batch order and engines cannot change a sample.
 * Rows whose position is −1 get zeros.
 */
export function gumbelNoise(keys: ArrayLike<number>, positions: ArrayLike<number>, V: number): Float32Array {
  const noise = new Float32Array(positions.length * V);
  for (let r = 0; r < positions.length; r++) {
    const position = positions[r] as number;
    if (position < 0) continue;
    const key = hash32(keys[r] as number, position);
    for (let v = 0; v < V; v++) noise[r * V + v] = gumbel(mix32(key + Math.imul(v, 0x9e3779b9)));
  }
  return noise;
}
