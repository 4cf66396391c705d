// WGSL that many kernels share.

/** The code for each of so many indices, written out: a loop over a local array would keep it out of registers. */
export function each(count: number, code: (i: number) => string, between = '\n'): string {
  return Array.from({ length: count }, (_, i) => code(i)).join(between);
}

/** Σ of terms, written out. */
export function sumOf(count: number, term: (i: number) => string): string {
  return each(count, term, ' + ');
}

/** The main function of a kernel whose threads are numbered from 0 to below `count`; the code sees its number under a name. */
export function perThread(name: string, count: string, code: string): string {
  return `
@main
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let ${name} = flat(id, groups);
  if (${name} >= ${count}) { return; }
  ${code.trim()}
}`;
}
