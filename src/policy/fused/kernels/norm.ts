// RMSNorm (arXiv:1910.07467) of rows, without its gain, which the product that follows multiplies in.
//
//   unit = x · inverse,   inverse = 1 / √(mean x² + ε)
//   dx  += inverse · (du − unit · mean(du · unit)),   du = dy · gain

import { NORM_EPSILON } from '../../kernels/layers.ts';
import { program, programOf } from '../program.ts';
import { type Lanes, perRow } from './lanes.ts';

export type NormPrograms = ReturnType<typeof build>;

/** The programs for so many threads a row. */
export const norm = programOf(build);

function build(lanes: Lanes) {
  return {
    /** x [rows, d] → unit [rows, d], inverse [rows]. */
    normalise: program({
      name: 'normalise',
      buffers: { x: 'read array<vec4f>', unit: 'read_write array<vec4f>', inverse: 'read_write array<f32>' },
      parameters: { rows: 'u32', width: 'u32' },
      ...perRow(
        lanes,
        'p.rows',
        `
  let d4 = p.width / 4u;
  let first = row * d4;
  var squares = 0.0;
  for (var i = lane; i < d4; i += LANES) { squares += dot(x[first + i], x[first + i]); }
  let scale = inverseSqrt(sumLanes(lane, width, squares) / f32(p.width) + ${NORM_EPSILON});
  if (lane == 0u) { inverse[row] = scale; }
  for (var i = lane; i < d4; i += LANES) { unit[first + i] = x[first + i] * scale; }`,
      ),
    }),

    /** dy [rows, d] with respect to gain · unit; the gain lies in `weights` at `gainAt`. Adds to dx [rows, d], or sets it where `add` is 0. */
    gradient: program({
      name: 'gradient of normalise',
      buffers: {
        dy: 'read array<vec4f>',
        unit: 'read array<vec4f>',
        inverse: 'read array<f32>',
        weights: 'read array<vec4f>',
        dx: 'read_write array<vec4f>',
      },
      parameters: { rows: 'u32', width: 'u32', gainAt: 'u32', add: 'u32' },
      ...perRow(
        lanes,
        'p.rows',
        `
  let d4 = p.width / 4u;
  let first = row * d4;
  let gain = p.gainAt / 4u;
  var along = 0.0;
  for (var i = lane; i < d4; i += LANES) { along += dot(dy[first + i] * weights[gain + i], unit[first + i]); }
  let mean = sumLanes(lane, width, along) / f32(p.width);
  let scale = inverse[row];
  for (var i = lane; i < d4; i += LANES) {
    let change = scale * (dy[first + i] * weights[gain + i] - unit[first + i] * mean);
    if (p.add == 1u) { dx[first + i] += change; } else { dx[first + i] = change; }
  }`,
      ),
    }),
  };
}

/** The plain twin of \`normalise\`. */
export function plainNormalise(x: Float32Array, rows: number, width: number): { readonly unit: Float32Array; readonly inverse: Float32Array } {
  const unit = new Float32Array(rows * width);
  const inverse = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const part = x.subarray(row * width, (row + 1) * width);
    const scale = 1 / Math.sqrt(part.reduce((sum, v) => sum + v * v, 0) / width + NORM_EPSILON);
    inverse[row] = scale;
    part.forEach((v, i) => {
      unit[row * width + i] = v * scale;
    });
  }
  return { unit, inverse };
}

/** The plain twin of its gradient: what is added to dx. */
export function plainNormaliseGradient(
  { dy, unit, inverse, gain }: { readonly dy: Float32Array; readonly unit: Float32Array; readonly inverse: Float32Array; readonly gain: Float32Array },
  rows: number,
  width: number,
): Float32Array {
  const dx = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const du = gain.map((g, i) => g * (dy[row * width + i] as number));
    const mean = du.reduce((sum, v, i) => sum + v * (unit[row * width + i] as number), 0) / width;
    du.forEach((v, i) => {
      dx[row * width + i] = (inverse[row] as number) * (v - (unit[row * width + i] as number) * mean);
    });
  }
  return dx;
}
