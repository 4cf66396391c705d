// The workload in jax-js: the same tokens from the same keys, the same update. Its device is its own, on the adapter that the others use.
import { defaultDevice, init, numpy as np, tree } from '@jax-js/jax';
import { BETA1, BETA2 } from '../../../src/policy/adam.ts';
import { NEVER } from '../../../src/policy/likeliestTokens.ts';
import { initialParameters, parameterTable } from '../../../src/policy/parameters.ts';
import type { DecodedTurn, Segment, SequenceBatch, UpdateOptions } from '../../../src/policy/types.ts';
import { hash32 } from '../../../src/tapo/index.ts';
import { rolloutLength, turnPlaces, type Workload, type Writer } from '../workload.ts';
import type { Weights } from './model.ts';
import { createJaxRollouts, type Drawn, type Position } from './rollouts.ts';
import { type Batch, createJaxUpdate, type Trained } from './update.ts';

export interface JaxEngine {
  writer(): Writer;
  /** One AdamW step up the gradient of Σ w · log π; the norm is that before clipping, log-probs [B, T] are those before the step. */
  update(
    batch: SequenceBatch,
    weights: Float32Array,
    options: Required<Pick<UpdateOptions, 'learningRate' | 'weightDecay' | 'clipNorm'>>,
  ): Promise<{ readonly gradNorm: number; readonly logProbs: Float32Array }>;
  /** All parameters, flat, in the order of the parameter table. */
  parameters(): Promise<Float32Array>;
  /** Fresh parameters and moments. */
  restart(): void;
  dispose(): void;
}

/** Starts jax-js on WebGPU. Throws Error where it finds no adapter. */
export async function startJax(): Promise<void> {
  if (!(await init('webgpu')).includes('webgpu')) throw new Error('jax-js: expected a WebGPU adapter, got none');
  defaultDevice('webgpu');
}

/** An engine for this one workload, whose sizes are compiled into its functions. */
export function createJaxEngine(workload: Workload, unwritable: readonly number[], seed: number): JaxEngine {
  const { shape, rollouts: rows, question, patches } = workload;
  const table = parameterTable(shape);
  const turns = turnPlaces(workload);
  const updates = createJaxUpdate(shape, table, { patchStart: question - patches, turns });
  const rollouts = createJaxRollouts(shape, rows, rolloutLength(workload));
  const bias = np.array(Float32Array.from({ length: shape.vocabulary }, (_, token) => (unwritable.includes(token) ? NEVER : 0)));
  const fresh = (): Trained => {
    const flat = initialParameters(shape, seed);
    const weights: Weights = Object.fromEntries(
      table.map(({ name, shape: sizes, offset, size }) => [name, np.array(flat.slice(offset, offset + size), { shape: [...sizes] })]),
    );
    const zeros = (): Weights => Object.fromEntries(table.map(({ name, shape: sizes }) => [name, np.zeros([...sizes])]));
    return { weights, first: zeros(), second: zeros() };
  };
  let trained = fresh();
  let steps = 0;

  return {
    writer: () => jaxWriter(workload, rollouts, () => tree.ref(trained.weights), bias),

    async update(batch, weights, { learningRate, weightDecay, clipNorm }) {
      steps++;
      const factors = np.array(Float32Array.of(learningRate / (1 - BETA1 ** steps), 1 / (1 - BETA2 ** steps), 1 - learningRate * weightDecay, clipNorm));
      const own = ownPlaces(batch);
      const result = updates.update(trained, jaxBatch(workload, batch, weights, own), bias.ref, factors);
      trained = result.trained;
      const read = await np.concatenate([result.gradNorm.reshape([1]), result.scores.reshape([-1])]).data();
      const logProbs = new Float32Array(batch.tokens.length);
      own.forEach((at, i) => {
        logProbs[at] = read[1 + i] as number;
      });
      return { gradNorm: read[0] as number, logProbs };
    },

    async parameters() {
      const parts = await Promise.all(table.map(({ name }) => (trained.weights[name] as np.Array).ref.data()));
      const flat = new Float32Array(table.reduce((sum, { size }) => sum + size, 0));
      table.forEach(({ offset }, i) => {
        flat.set(parts[i] as Float32Array, offset);
      });
      return flat;
    },

    restart() {
      tree.dispose(trained);
      trained = fresh();
      steps = 0;
    },

    dispose() {
      tree.dispose(trained);
      bias.dispose();
      updates.dispose();
      rollouts.dispose();
    },
  };
}

/** Where the model's own tokens stand in [B · T], row by row. */
function ownPlaces({ mask }: SequenceBatch): Int32Array {
  return Int32Array.from(mask.keys()).filter((i) => mask[i] === 1);
}

function jaxBatch({ shape, rollouts, patches }: Workload, batch: SequenceBatch, weights: Float32Array, own: Int32Array): Batch {
  return {
    tokens: np.array(batch.tokens as Int32Array<ArrayBuffer>, { shape: [...batch.shape] }),
    patches: np.array(batch.patches as Float32Array<ArrayBuffer>, { shape: [rollouts, patches, shape.patch] }),
    chosen: np.array(own.map((at) => batch.tokens[at] as number)),
    weights: np.array(Float32Array.from(own, (at) => weights[at] as number)),
  };
}

function jaxWriter(
  { shape, rollouts: rows, patches, written }: Workload,
  rollouts: ReturnType<typeof createJaxRollouts>,
  weights: () => Weights,
  bias: np.Array,
): Writer {
  let position: Position = rollouts.start();
  /** Tokens read so far, and the token of each row that was written last: it is read with what comes next. */
  let length = 0;
  let pending: readonly number[] | null = null;
  return {
    async read(segments: readonly Segment[]) {
      const texts = segments.map(({ tokens }, row) => [...(pending ? [pending[row] as number] : []), ...tokens]);
      const n = (texts[0] as number[]).length;
      const pictures = (segments[0] as Segment).patchAt.length > 0;
      const given = pictures ? np.array(joined(segments), { shape: [rows, patches, shape.patch] }) : null;
      const tokens = np.array(Int32Array.from(texts.flat()), { shape: [rows, n] });
      position = given ? rollouts.readPictures(weights(), position, tokens, given, scalar(length)) : rollouts.read(weights(), position, tokens, scalar(length));
      length += n;
      pending = null;
    },
    async write(keys: readonly number[]) {
      const drawKeys = (): np.Array => np.array(Uint32Array.from(keys, (key) => hash32(key, length)));
      const turn: Drawn[] = [];
      for (let i = 0; i < written - 1; i++) {
        const { drawn, position: next } = rollouts.step(weights(), position, bias.ref, drawKeys(), scalar(length));
        turn.push(drawn);
        position = next;
        length++;
      }
      turn.push(rollouts.draw(weights(), tree.ref(position), bias.ref, drawKeys()));
      const read = (await rollouts.gather(turn).data()) as Float32Array;
      const column = (kind: number, row: number): number[] => turn.map((_, i) => read[(kind * written + i) * rows + row] as number);
      const turns = keys.map((_, row): DecodedTurn => ({ tokens: column(0, row), logProbs: column(1, row), entropies: column(2, row) }));
      pending = turns.map(({ tokens }) => tokens[written - 1] as number);
      return turns;
    },
    end: () => tree.dispose(position),
  };
}

const scalar = (x: number): np.Array => np.array(Int32Array.of(x)).reshape([]);

function joined(segments: readonly Segment[]): Float32Array<ArrayBuffer> {
  return Float32Array.from(segments.flatMap(({ patches }) => [...patches]));
}
