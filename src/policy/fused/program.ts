// Compute programs: buffers and parameters by name, and the WGSL around a body.

/** What a program reads and writes, by name: "read array<f32>", "read_write array<vec4f>". */
export type Buffers = Readonly<Record<string, `${'read' | 'read_write'} ${string}`>>;
export type Parameters = Readonly<Record<string, 'u32' | 'f32'>>;

/** A compute program. `body` is WGSL that sees its buffers by name and its parameters as `p.name`, and declares `fn main`. */
export interface Program<B extends Buffers = Buffers, P extends Parameters = Parameters> {
  readonly name: string;
  readonly buffers: B;
  readonly parameters: P;
  /** Threads of a workgroup in x, y and z. */
  readonly workgroup: readonly [number, number, number];
  /** Whether the body uses subgroups. Default false. */
  readonly subgroups?: boolean;
  readonly body: string;
}

/** Only names its types. */
export function program<const B extends Buffers, const P extends Parameters>(definition: Program<B, P>): Program<B, P> {
  return definition;
}

/** Builds what `build` makes of a setup once, so that equal setups share their programs. The setup must be plain data. */
export function programOf<S, T>(build: (setup: S) => T): (setup: S) => T {
  const known = new Map<string, T>();
  return (setup) => {
    const key = JSON.stringify(setup);
    const found = known.get(key) ?? build(setup);
    known.set(key, found);
    return found;
  };
}

/** The whole WGSL of a program. */
export function sourceOf({ buffers, parameters, body, workgroup, subgroups }: Program): string {
  const fields = Object.entries(parameters).map(([name, type]) => `${name}: ${type},`);
  const bindings = Object.entries(buffers).map(([name, type], i) => {
    const [access, ...rest] = type.split(' ');
    return `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: ${rest.join(' ')};`;
  });
  return `${subgroups ? 'enable subgroups;\n' : ''}struct Parameters { ${fields.join(' ')} unused: u32 }
@group(0) @binding(0) var<uniform> p: Parameters;
${bindings.join('\n')}
const WORKGROUP = ${workgroup[0] * workgroup[1] * workgroup[2]}u;
/** Index of a thread in a grid that is folded where it is wider than a device allows. */
fn flat(id: vec3u, groups: vec3u) -> u32 { return id.x + id.y * groups.x * WORKGROUP; }
${body.replaceAll('@main', `@compute @workgroup_size(${workgroup.join(', ')})`)}`;
}

const MOST_GROUPS = 65_535;

/** Workgroups in x, y and z; a long line of them is folded into y. */
export function workgroups(size: readonly [number, number, number], threads: readonly [number, number, number]): readonly [number, number, number] {
  const [x, y, z] = threads.map((n, i) => Math.ceil(n / (size[i] as number))) as [number, number, number];
  if (x <= MOST_GROUPS) return [x, y, z];
  if (y > 1) throw new RangeError(`dispatch: expected at most ${MOST_GROUPS} workgroups in x beside others in y, got ${x}`);
  const folded = Math.ceil(x / MOST_GROUPS);
  return [Math.ceil(x / folded), folded, z];
}
