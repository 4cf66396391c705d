// What makes a base policy: `npm run pretrain` follows the recipe of its benchmark, and the same recipe makes the same policy.
import type { PolicyShape } from '../../policy/types.ts';
import type { PretrainStage } from '../pretrain.ts';

export interface PretrainRecipe {
  readonly name: string;
  readonly seed: number;
  readonly shape: Omit<PolicyShape, 'vocabulary' | 'patch'>;
  /** Skills once, long; then habits, short: they set how often the base policy succeeds, and tuning them never repeats the first stage. */
  readonly stages: readonly PretrainStage[];
}
