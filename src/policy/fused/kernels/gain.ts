// Gradient of a norm's gain, from the gradients of the matrices that read it. Those were made from the normed rows without the gain:
//
//   G'_ij = Σ_n unit_ni dy_nj     →     dGain_i = Σ_j G'_ij W_ij,     G_ij = gain_i G'_ij (+ what else belongs there)
//
// so that no sum over positions is needed, and no division.
import { program } from '../program.ts';

/** Entry (i, j) of the matrix lies at \`matrixAt\` + i · \`rowStep\` + j · \`columnStep\`, in weights and gradient alike. */
export const gainGradient = program({
  name: 'gainGradient',
  buffers: { weights: 'read array<f32>', gradient: 'read_write array<f32>', others: 'read array<f32>' },
  parameters: {
    width: 'u32',
    gainAt: 'u32',
    matrixAt: 'u32',
    /** Entries of a row, in so many matrices one after the other. */ columns: 'u32',
    matrices: 'u32',
    matrixStep: 'u32',
    rowStep: 'u32',
    columnStep: 'u32',
    /** 1: \`others\`, laid out as the matrix, is added to its gradient. */ plus: 'u32',
  },
  workgroup: [64, 1, 1],
  body: `
@main
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= p.width) { return; }
  let gain = weights[p.gainAt + i];
  var sum = 0.0;
  for (var m = 0u; m < p.matrices; m++) {
    for (var j = 0u; j < p.columns; j++) {
      let within = m * p.matrixStep + i * p.rowStep + j * p.columnStep;
      let at = p.matrixAt + within;
      let g = gradient[at];
      sum += g * weights[at];
      gradient[at] = gain * g;
      if (p.plus == 1u) { gradient[at] += others[within]; }
    }
  }
  gradient[p.gainAt + i] = sum;
}`,
});

/** The plain twin, in place. */
export function plainGainGradient(
  { weights, gradient, others }: { readonly weights: Float32Array; readonly gradient: Float32Array; readonly others: Float32Array },
  p: Readonly<Record<keyof typeof gainGradient.parameters, number>>,
): void {
  for (let i = 0; i < p.width; i++) {
    let sum = 0;
    for (let m = 0; m < p.matrices; m++)
      for (let j = 0; j < p.columns; j++) {
        const within = m * p.matrixStep + i * p.rowStep + j * p.columnStep;
        const at = p.matrixAt + within;
        sum += (gradient[at] as number) * (weights[at] as number);
        gradient[at] = (weights[p.gainAt + i] as number) * (gradient[at] as number) + (p.plus === 1 ? (others[within] as number) : 0);
      }
    gradient[p.gainAt + i] = sum;
  }
}
