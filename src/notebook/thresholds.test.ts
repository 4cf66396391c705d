import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MetricRecord } from '../train/metrics.ts';
import type { Recording } from '../train/recording.ts';
import { misassignmentByThreshold } from './thresholds.ts';

const record = (update: number, rate: number): MetricRecord => ({ update, 'credit/action_rate@0.5': rate, 'credit/trajectory_rate@1.0': rate / 2 });

describe('misassignmentByThreshold(metrics, update)', () => {
  const metrics = Array.from({ length: 12 }, (_, i) => record(i + 1, i / 10));
  it('averages the newest ten updates', () => {
    // updates 3 to 12: rates 0.2, 0.3 … 1.1, mean 0.65
    const { updates, points } = misassignmentByThreshold(metrics, null) ?? { updates: [], points: [] };
    expect(updates).toEqual([3, 12]);
    expect(points.map(({ tau }) => tau)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(points[0]?.action).toBeCloseTo(0.65, 12);
    expect(points[5]?.trajectory).toBeCloseTo(0.325, 12);
  });
  it('counts an update by its failing calls', () => {
    // (10 · 0.2 + 30 · 0.6) / 40 = 0.5
    const few = { ...record(1, 0.2), 'credit/failing_calls': 10 };
    const many = { ...record(2, 0.6), 'credit/failing_calls': 30 };
    expect(misassignmentByThreshold([few, many], null)?.points[0]?.action).toBeCloseTo(0.5, 12);
  });
  it('takes one update alone where it is chosen, and the newest where it is not known', () => {
    expect(misassignmentByThreshold(metrics, 6)).toMatchObject({ updates: [6, 6], points: { 0: { action: 0.5 }, 5: { trajectory: 0.25 } } });
    expect(misassignmentByThreshold(metrics.slice(0, 2), 6)?.updates).toEqual([1, 2]);
  });
  it('is null before the first update', () => {
    expect(misassignmentByThreshold([], 1)).toBe(null);
  });
  it('never rises with τ, as in the run that ships', () => {
    const { reports } = JSON.parse(readFileSync(new URL('../../public/benchmarks/atlas/recorded/grpo-tapo.json', import.meta.url), 'utf8')) as Recording;
    const recorded = reports.flatMap((report) => (report.kind === 'updated' ? [report.metrics] : []));
    const { points } = misassignmentByThreshold(recorded, null) ?? { points: [] };
    expect(points[0]?.action).toBeGreaterThan(0);
    points.slice(1).forEach((point, i) => {
      expect(point.action).toBeLessThanOrEqual(points[i]?.action as number);
      expect(point.trajectory).toBeLessThanOrEqual(points[i]?.trajectory as number);
    });
  });
});
