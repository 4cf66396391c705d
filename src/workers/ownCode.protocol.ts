// What the trainer and the worker with a run's own code say to each other. Types alone.
import type { OwnCode } from '../env/own/ownCode.ts';
import type { OwnAnswer, OwnRequest } from '../env/own/ownEngine.ts';
import type { Answer } from './answer.ts';

export interface OwnCodeApi {
  /** Loads the engine. */
  prepare(): Promise<Answer<void>>;
  /** As OwnSandbox's. */
  declare(index: number, code: OwnCode): Promise<Answer<OwnAnswer>>;
  run(request: OwnRequest): Promise<Answer<OwnAnswer>>;
}
