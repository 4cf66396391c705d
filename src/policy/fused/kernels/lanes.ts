// Threads that share a row: one alone, without barriers; or several, which add up in workgroup memory, or in one subgroup where it holds them.
//
// The code of a kernel is the same for all: it loops from `lane` in steps of LANES, and every lane gets what `sumLanes` and `maxLanes` find.
import type { Program } from '../program.ts';

export interface Lanes {
  /** Threads of a row. */
  readonly lanes: number;
  /** Whether the device has subgroups. */
  readonly subgroups: boolean;
}

/** What a program of rows needs beside its buffers; its code sees `row` and `lane`. */
export function perRow(setup: Lanes, rows: string, code: string): Pick<Program, 'workgroup' | 'subgroups' | 'body'> {
  const { lanes } = setup;
  const subgroups = setup.subgroups && lanes > 1;
  return {
    workgroup: lanes === 1 ? [64, 1, 1] : [lanes, 1, 1],
    subgroups,
    body: `
const LANES = ${lanes}u;
${lanes === 1 ? alone : reductions(subgroups)}
@main
fn main(
  @builtin(num_workgroups) groups: vec3u,
  @builtin(global_invocation_id) id: vec3u,
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) local: u32,
  ${subgroups ? '@builtin(subgroup_size) width: u32,' : ''}
) {
  ${lanes === 1 ? 'let row = flat(id, groups); let lane = 0u;' : 'let row = group.x + group.y * groups.x; let lane = local;'}
  ${subgroups ? '' : 'let width = 1u;'}
  if (row >= ${rows}) { return; }
  ${code.trim()}
}`,
  };
}

/** Threads of a program of `rows` rows. */
export const rowThreads = ({ lanes }: Lanes, rows: number): readonly [number] => [lanes * rows];

const alone = `
fn sumLanes(lane: u32, width: u32, x: f32) -> f32 { return x; }
fn maxLanes(lane: u32, width: u32, x: f32) -> f32 { return x; }`;

/** `width` is the size of a subgroup: which lanes it holds is open where it does not hold them all. */
const reductions = (subgroups: boolean): string => {
  const reduction = (name: string, both: (a: string, b: string) => string): string => `
fn ${name}Lanes(lane: u32, width: u32, x: f32) -> f32 {
  ${subgroups ? `if (width >= LANES) { return subgroup${name === 'sum' ? 'Add' : 'Max'}(x); }` : ''}
  parts[lane] = x;
  workgroupBarrier();
  var result = parts[0];
  for (var l = 1u; l < LANES; l++) { result = ${both('result', 'parts[l]')}; }
  workgroupBarrier();
  return result;
}`;
  return `
var<workgroup> parts: array<f32, LANES>;
${reduction('sum', (a, b) => `${a} + ${b}`)}
${reduction('max', (a, b) => `max(${a}, ${b})`)}`;
};
