// What a valibot schema says of its single values: kind, bounds, choices. Only as much of valibot is read as config.ts uses.

export interface ValueShape {
  readonly kind: 'number' | 'whole' | 'choice' | 'switch' | 'text';
  /** Bounds of numbers, infinite where there are none. `least` itself is allowed unless `aboveLeast`. */
  readonly least: number;
  readonly most: number;
  readonly aboveLeast: boolean;
  /** Values of a choice. */
  readonly values: readonly string[];
}

/** Shapes by path, as in credit.theta. */
export function schemaShapes(schema: object): ReadonlyMap<string, ValueShape> {
  return new Map(leavesOf(schema as SchemaNode).map(([path, leaf]) => [path, shapeOf(leaf)]));
}

/** A schema, or a check of one. */
interface SchemaNode {
  readonly type: string;
  /** Of optional and nullable. */
  readonly wrapped?: SchemaNode;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  /** Of a picklist. */
  readonly options?: readonly string[];
  /** The schema itself, then what is checked of it. */
  readonly pipe?: readonly SchemaNode[];
  /** Of a check. */
  readonly requirement?: unknown;
}

/** Schemas of single values with their paths. */
function leavesOf(node: SchemaNode, prefix = ''): [string, SchemaNode][] {
  const inner = unwrapped(node);
  if (inner.type === 'array') return []; // no single value
  if (!inner.entries) return [[prefix, inner]];
  return Object.entries(inner.entries).flatMap(([name, entry]) => leavesOf(entry, prefix === '' ? name : `${prefix}.${name}`));
}

function unwrapped(node: SchemaNode): SchemaNode {
  return node.wrapped ? unwrapped(node.wrapped) : node;
}

function shapeOf(node: SchemaNode): ValueShape {
  const checks = checksOf(node);
  const bound = (type: string): number | undefined => checks.find((check) => check.type === type)?.requirement as number | undefined;
  const kinds: Readonly<Record<string, ValueShape['kind']>> = { number: 'number', picklist: 'choice', boolean: 'switch', string: 'text' };
  const kind = kinds[node.type];
  if (!kind) throw new RangeError(`schemaShapes: expected a number, picklist, boolean or string, got a schema of ${node.type}`);
  return {
    kind: kind === 'number' && checks.some(({ type }) => type === 'integer') ? 'whole' : kind,
    least: bound('gt_value') ?? bound('min_value') ?? Number.NEGATIVE_INFINITY,
    most: bound('max_value') ?? Number.POSITIVE_INFINITY,
    aboveLeast: bound('gt_value') !== undefined,
    values: node.options ?? [],
  };
}

/** All checks of a schema, also of those that it was made from. */
function checksOf({ pipe = [] }: SchemaNode): readonly SchemaNode[] {
  return pipe.flatMap((part, i) => (i === 0 ? checksOf(part) : [part]));
}
