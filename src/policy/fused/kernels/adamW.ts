// The norm of the gradient, and one step of AdamW (arXiv:1711.05101) in place, clipped by that norm. Nothing changes if the gradient is not finite.
import { BETA1, BETA2, EPSILON } from '../../adam.ts';
import { program } from '../program.ts';
import { perThread } from './wgsl.ts';

/** Partial sums of squares. */
export const NORM_PARTS = 1024;

/** gradient [count · 4] → sums of squares [NORM_PARTS]. */
export const squareSums = program({
  name: 'squareSums',
  buffers: { gradient: 'read array<vec4f>', sums: 'read_write array<f32>' },
  parameters: { count: 'u32' },
  workgroup: [64, 1, 1],
  body: perThread(
    'part',
    `${NORM_PARTS}u`,
    `
  var sum = 0.0;
  for (var i = part; i < p.count; i += ${NORM_PARTS}u) { sum += dot(gradient[i], gradient[i]); }
  sums[part] = sum;`,
  ),
});

/** sums → verdict: norm, factor that clips, 1 if finite. */
export const judgeNorm = program({
  name: 'judgeNorm',
  buffers: { sums: 'read array<f32>', verdict: 'read_write array<f32>' },
  parameters: { clipNorm: 'f32' },
  workgroup: [1, 1, 1],
  body: `
@main
fn main() {
  var sum = 0.0;
  for (var i = 0u; i < ${NORM_PARTS}u; i++) { sum += sums[i]; }
  let norm = sqrt(sum);
  verdict[0] = norm;
  verdict[1] = min(1.0, p.clipNorm / (norm + 1e-6));
  verdict[2] = select(1.0, 0.0, (bitcast<u32>(sum) & 0x7f800000u) == 0x7f800000u); // comparisons with NaN may be optimised away
}`,
});

/** m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← (1 − ηλ)θ − η·m̂ / (√v̂ + ε); \`decayed\` [count] is 1 where λ acts. */
export const adamW = program({
  name: 'adamW',
  buffers: {
    verdict: 'read array<f32>',
    gradient: 'read array<vec4f>',
    decayed: 'read array<f32>',
    first: 'read_write array<vec4f>',
    second: 'read_write array<vec4f>',
    weights: 'read_write array<vec4f>',
  },
  parameters: {
    count: 'u32',
    /** η λ */ decay: 'f32',
    /** η / (1 − β₁ᵗ) */ stepSize: 'f32',
    /** 1 / (1 − β₂ᵗ) */ secondScale: 'f32',
  },
  workgroup: [64, 1, 1],
  body: perThread(
    'i',
    'p.count',
    `
  if (verdict[2] == 0.0) { return; }
  let g = gradient[i] * verdict[1];
  let m = first[i] * ${BETA1} + g * ${1 - BETA1};
  let v = second[i] * ${BETA2} + g * g * ${1 - BETA2};
  first[i] = m;
  second[i] = v;
  weights[i] = weights[i] * (1.0 - p.decay * decayed[i]) - m * p.stepSize / (sqrt(v * p.secondScale) + ${EPSILON});`,
  ),
});

/** Parameters of step \`step\`, counted from 1. */
export function adamWParameters(
  count: number,
  step: number,
  learningRate: number,
  weightDecay: number,
): Readonly<Record<keyof typeof adamW.parameters, number>> {
  return { count, decay: learningRate * weightDecay, stepSize: learningRate / (1 - BETA1 ** step), secondScale: 1 / (1 - BETA2 ** step) };
}

/** The plain twin, in place: the norm before clipping, and whether anything was changed. \`decayed\` has one entry for four numbers. */
export function plainAdamW(
  { gradient, decayed, first, second, weights }: Readonly<Record<'gradient' | 'decayed' | 'first' | 'second' | 'weights', Float32Array>>,
  p: Readonly<Record<keyof typeof adamW.parameters, number>>,
  clipNorm: number,
): { readonly norm: number; readonly finite: boolean } {
  const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  if (!Number.isFinite(norm)) return { norm, finite: false };
  const scale = Math.min(1, clipNorm / (norm + 1e-6));
  for (let i = 0; i < 4 * p.count; i++) {
    const g = (gradient[i] as number) * scale;
    first[i] = BETA1 * (first[i] as number) + (1 - BETA1) * g;
    second[i] = BETA2 * (second[i] as number) + (1 - BETA2) * g * g;
    weights[i] =
      (weights[i] as number) * (1 - p.decay * (decayed[i >> 2] as number)) -
      ((first[i] as number) * p.stepSize) / (Math.sqrt((second[i] as number) * p.secondScale) + EPSILON);
  }
  return { norm, finite: true };
}
