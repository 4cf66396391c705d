// npm run bench -- large: width 512, 8 layers, context 512 in the fused engine, held against the reference.
import { atMost } from '../budgets.ts';
import { type Bench, shown } from '../table.ts';
import { runTask } from './place.ts';

export const largeBench: Bench = {
  about: 'a model of width 512 with 8 layers and context 512: the same numbers as the reference, in any number of parts, and what is refused',
  async run(progress, { on }) {
    const run = await runTask(on, 'large', progress);
    const { shape, gradNorms, seconds } = run;
    const relative = (a: number, b: number): number => Math.abs(a / b - 1);
    return {
      tables: [
        {
          title: `${run.adapter}, ${(run.parameters / 1e6).toFixed(1)} M parameters (width ${shape.width}, ${shape.layers} layers, context ${shape.context}), ${run.tokens} tokens`,
          columns: ['', ''],
          rows: [
            ['three turns of two rollouts, s', shown(seconds.rollout)],
            ['one update, s', shown(seconds.update)],
          ],
        },
      ],
      budgets: [
        { what: 'large model, log-probs: cache against whole sequence', measured: run.cacheDifference, bound: atMost(1e-3), unit: 'nats' },
        { what: '… fused against wasm reference', measured: run.referenceDifference, bound: atMost(1e-3), unit: 'nats' },
        { what: '… norm of the gradient against the reference, relative', measured: relative(gradNorms.whole, gradNorms.reference), bound: atMost(1e-3) },
        { what: '… parameters after an update, one part against two', measured: run.partsDifference, bound: atMost(1e-5) },
      ],
      data: { on, ...run },
    };
  },
};
