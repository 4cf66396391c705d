// The presets of the almanac, apart from its tasks: every configuration names them, and few runs load the almanac.

/** easy: one fact. hard: arithmetic on several. */
export const ALMANAC_PRESETS = ['easy', 'hard'] as const;
export type AlmanacPreset = (typeof ALMANAC_PRESETS)[number];
