// What a policy can do, in turns. The reference and the fused engine implement it; nothing outside this folder sees a tensor.

/** Sizes of the transformer. `patch` is the length of one image patch: side · side · 3. */
export interface PolicyShape {
  readonly vocabulary: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the hidden layer of each MLP. */
  readonly hidden: number;
  /** Longest sequence, tokens. */
  readonly context: number;
  readonly patch: number;
}

/** Tokens in order, some of them with an image patch. */
export interface Segment {
  readonly tokens: readonly number[];
  /** Index in `tokens` of each patch, ascending. */
  readonly patchAt: readonly number[];
  /** [patchAt.length, shape.patch], values about −1 … 1. */
  readonly patches: Float32Array;
}

/** Whole sequences, padded on the right with any token. */
export interface SequenceBatch {
  readonly shape: readonly [number, number];
  /** [B, T] */ readonly tokens: Int32Array;
  /** [B], tokens of each sequence. */ readonly lengths: Int32Array;
  /** Row of `patches` at each position, −1 where the token is no patch. [B, T] */ readonly patchRows: Int32Array;
  /** [patches, shape.patch] */ readonly patches: Float32Array;
  /** 1 where the model wrote the token. [B, T] */ readonly mask: Uint8Array;
}

/** Per token of the model, 0 elsewhere: [B, T]. */
export interface TokenScores {
  /** log π(token | what came before), nats. */ readonly logProbs: Float32Array;
  /** Entropy of π there, nats. */ readonly entropies: Float32Array;
}

export interface UpdateOptions {
  readonly learningRate: number;
  /** Decoupled; not on gains. Default 0. */
  readonly weightDecay?: number;
  /** Greatest norm of the whole gradient. Default 1. */
  readonly clipNorm?: number;
  /** Weight of the mean-free sum of entropies that is added to the objective, per token. Default 0. */
  readonly entropyCoefficient?: number;
  /** Sequences in one pass at most; the gradient is the same for any number. Default 32. */
  readonly microBatch?: number;
}

/**
 * Weights w [B, T] of Σ w · log π, or a function that makes them from the current log-probs [B, T]. The function may be called several
 * times, with the log-probs of some sequences still 0: the weights of a sequence must depend on its own log-probs alone.
 */
export type TokenWeights = Float32Array | ((logProbs: Float32Array) => Float32Array);

export interface UpdateMetrics {
  /** Norm of the gradient before clipping. */ readonly gradNorm: number;
  /** False if a gradient was not finite: then nothing was changed. */ readonly finite: boolean;
  /** Of the policy before the step. */ readonly scores: TokenScores;
}

export interface DecodeOptions {
  /** Tokens of a turn at most. */
  readonly maxTokens: number;
  /** A turn ends with any of these tokens. */
  readonly stopTokens: readonly number[];
  /** One unsigned 32-bit key a row: with the position it decides every draw. */
  readonly keys: ArrayLike<number>;
  /** 1 samples from π; 0 takes the likeliest token. */
  readonly temperature: number;
}

export interface DecodedTurn {
  readonly tokens: readonly number[];
  /** Under π at temperature 1, nats. */ readonly logProbs: readonly number[];
  /** nats */ readonly entropies: readonly number[];
}

/** What may come next in a row. */
export interface NextTokens {
  /** The likeliest first, ties by id; tokens that are never written are not among them. */
  readonly tokens: readonly number[];
  /** log π of each at temperature 1, over all tokens, nats. */ readonly logProbs: readonly number[];
}

/**
 * Sequences being written. Rows are handles; each has its own length. A row may be forked: both then go on from the same prefix. What is
 * written in a row does not depend on which others are read or written with it. One call at a time.
 */
export interface DecodeSession {
  /** A new, empty row. */
  open(): number;
  /** A new row with the same content. */
  fork(row: number): number;
  /** Number of tokens in a row. */
  length(row: number): number;
  /** Lets rows read text and images: a question, or what a tool answered. Throws RangeError beyond the context. */
  append(rows: readonly number[], segments: readonly Segment[]): Promise<void>;
  /** Writes one turn in each row; a row that reaches the context ends there. One read-back. */
  decodeTurn(rows: readonly number[], options: DecodeOptions): Promise<DecodedTurn[]>;
  /**
   * The `count` likeliest next tokens of a row; the row stays as it is. A token is chosen by appending it, or drawn by `decodeTurn` with
   * `maxTokens` 1: both leave the row where a whole turn would have passed it.
   */
  next(row: number, count: number): Promise<NextTokens>;
  /** Gives rows back. */
  close(rows: readonly number[]): void;
  dispose(): void;
}

/** Parameters and optimizer state, as written to a safetensors file. */
export interface PolicyState {
  readonly shape: PolicyShape;
  /** Flat, in the order of the parameter table. */ readonly parameters: Float32Array;
  /** First and second moments of AdamW, and its step count; absent for a policy that was never trained. */
  readonly optimizer?: { readonly step: number; readonly first: Float32Array; readonly second: Float32Array };
}

export interface Policy {
  readonly shape: PolicyShape;
  startSession(): DecodeSession;
  logProbs(batch: SequenceBatch): Promise<TokenScores>;
  /** One AdamW step up the gradient of Σ w · log π. */
  update(batch: SequenceBatch, weights: TokenWeights, options: UpdateOptions): Promise<UpdateMetrics>;
  save(): Promise<PolicyState>;
  /** Takes over parameters and optimizer state. Throws RangeError if the shape differs. */
  load(state: PolicyState): void;
  dispose(): void;
}
