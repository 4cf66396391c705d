// The constants of AdamW, the same in every engine.

export const BETA1 = 0.9;
export const BETA2 = 0.98;
export const EPSILON = 1e-8;
