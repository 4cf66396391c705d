// Embedding of positions and its gradient, without atomics: a token's rows are listed, so that one thread adds them up in a fixed order.
//
//   content = E[token] + projected patch,   x = content + position   (what the left neighbour hands over is a product of its own)
import { program } from '../program.ts';
import { NO_ROW } from './matMul.ts';
import { perThread } from './wgsl.ts';

/** One thread for four numbers of a row of d. */
const perFour = (rows: string, code: string): string =>
  perThread(
    'thread',
    `${rows} * p.width / 4u`,
    `let d4 = p.width / 4u; let row = thread / d4; let c = thread % d4;
${code}`,
  );

/**
 * tokens, patchRows (2³² − 1: none), positions [rows] → content and x. Content is written to row \`contentRows\` of a buffer whose rows are
 * \`contentStride\` apart.
 */
export const embed = program({
  name: 'embed',
  buffers: {
    /** [rows, 4]: token, patch row, position, row of the content. */ inputs: 'read array<vec4u>',
    weights: 'read array<vec4f>',
    patches: 'read array<vec4f>',
    content: 'read_write array<vec4f>',
    x: 'read_write array<vec4f>',
  },
  parameters: { rows: 'u32', width: 'u32', embeddingAt: 'u32', positionAt: 'u32', contentStride: 'u32' },
  workgroup: [64, 1, 1],
  body: perFour(
    'p.rows',
    `
  let input = inputs[row];
  var value = weights[p.embeddingAt / 4u + input.x * d4 + c];
  if (input.y != ${NO_ROW}u) { value += patches[input.y * d4 + c]; }
  content[input.w * (p.contentStride / 4u) + c] = value;
  x[row * d4 + c] = value + weights[p.positionAt / 4u + input.z * d4 + c];`,
  ),
});

/** gradient[token] += Σ over its rows of dContent. \`first\` [V + 1] says where a token's rows begin in \`rowsOf\`. */
export const embeddingGradient = program({
  name: 'embeddingGradient',
  buffers: { first: 'read array<u32>', rowsOf: 'read array<u32>', dContent: 'read array<vec4f>', gradient: 'read_write array<vec4f>' },
  parameters: { vocabulary: 'u32', width: 'u32', add: 'u32' },
  workgroup: [64, 1, 1],
  body: perFour(
    'p.vocabulary',
    `
  var sum = vec4f(0);
  for (var i = first[row]; i < first[row + 1u]; i++) { sum += dContent[rowsOf[i] * d4 + c]; }
  gradient[thread] = sum + gradient[thread] * f32(p.add);`,
  ),
});

/** gradient[t] += Σ over sequences longer than t of dx. \`sequences\` holds start and length of each. */
export const positionGradient = program({
  name: 'positionGradient',
  buffers: { sequences: 'read array<vec2u>', dx: 'read array<vec4f>', gradient: 'read_write array<vec4f>' },
  parameters: { sequenceCount: 'u32', context: 'u32', width: 'u32', gradientAt: 'u32', add: 'u32' },
  workgroup: [64, 1, 1],
  body: perFour(
    'p.context',
    `
  var sum = vec4f(0);
  for (var s = 0u; s < p.sequenceCount; s++) {
    if (row < sequences[s].y) { sum += dx[(sequences[s].x + row) * d4 + c]; }
  }
  let at = p.gradientAt / 4u + thread;
  gradient[at] = sum + gradient[at] * f32(p.add);`,
  ),
});

/** The plain twin of \`embed\`; \`inputs\` [rows, 4]. */
export function plainEmbed(
  inputs: Uint32Array,
  {
    weights,
    patches,
    embeddingAt,
    positionAt,
    width,
  }: { readonly weights: Float32Array; readonly patches: Float32Array; readonly embeddingAt: number; readonly positionAt: number; readonly width: number },
): { readonly content: Float32Array; readonly x: Float32Array } {
  const rows = inputs.length / 4;
  const [content, x] = [new Float32Array(rows * width), new Float32Array(rows * width)];
  for (let row = 0; row < rows; row++) {
    const [token, patch, position, to] = inputs.subarray(4 * row, 4 * row + 4) as unknown as [number, number, number, number];
    for (let c = 0; c < width; c++) {
      const value = (weights[embeddingAt + token * width + c] as number) + (patch === NO_ROW ? 0 : (patches[patch * width + c] as number));
      content[to * width + c] = value;
      x[row * width + c] = value + (weights[positionAt + position * width + c] as number);
    }
  }
  return { content, x };
}

/** The plain twin of both gradients: adds row i of \`from\` to row \`to[i]\`. */
export function plainAddRows(from: Float32Array, to: ArrayLike<number>, rows: number, width: number): Float32Array {
  const sum = new Float32Array(rows * width);
  for (let i = 0; i < to.length; i++)
    for (let c = 0; c < width; c++) sum[(to[i] as number) * width + c] = (sum[(to[i] as number) * width + c] as number) + (from[i * width + c] as number);
  return sum;
}
