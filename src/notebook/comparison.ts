// Comparison of runs: settings with their seeds, curves with intervals, the final table, paired differences, differing options.
// The statistics are said in docs/runs.md. Pure; nothing of one setting depends on which others are shown.
export { type CurvePoint, type SettingCurve, settingCurve } from './comparison/curves.ts';
export { type FinalRow, type FinalValue, finalTable, type PairedDifference, pairedDifferences } from './comparison/finalTable.ts';
export { type IntervalScale, intervalScale } from './comparison/intervalScale.ts';
export { type MeanInterval, meanInterval } from './comparison/meanInterval.ts';
export { MEASURES, type Measure } from './comparison/measures.ts';
export { type ComparedMetric, metricsThere } from './comparison/metricValues.ts';
export { type OptionDifference, type SeedRun, type Setting, settingDifferences, settingsOf } from './comparison/settings.ts';
