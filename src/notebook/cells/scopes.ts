// Which names a syntax tree takes from outside: those that no declaration around them has.
import type { AnyNode, Identifier, Node, Pattern } from 'acorn';
import { ancestor } from 'acorn-walk';

export interface FreeName {
  readonly node: Identifier;
  /** It is given a value, as in x = 1 or x++. */
  readonly assigned: boolean;
}

const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'StaticBlock', 'Program']);
const BLOCKS: ReadonlySet<string> = new Set([...FUNCTIONS, 'BlockStatement', 'SwitchStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement']);

/** Names that a pattern declares: `{a, b: [c]}` has a and c. */
export function patternNames(pattern: Pattern | null): readonly string[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => patternNames(property.type === 'Property' ? property.value : property.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(patternNames);
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'MemberExpression':
      return [];
    default:
      return pattern satisfies never;
  }
}

/** Free names in the order of the text; each place where one stands. */
export function freeNames(root: Node): readonly FreeName[] {
  const declared = declarations(root);
  const free: FreeName[] = [];
  const take = (node: Identifier, around: readonly Node[], assigned: boolean): void => {
    if (around.some((scope) => declared.get(scope)?.has(node.name))) return;
    if (node.name === 'arguments' && around.some(({ type }) => type === 'FunctionDeclaration' || type === 'FunctionExpression')) return;
    free.push({ node, assigned });
  };
  ancestor(root, {
    Identifier: (node, _, around) => {
      const parent = around.at(-2) as AnyNode | undefined;
      take(node, around, parent?.type === 'UpdateExpression');
    },
    VariablePattern: (node: Identifier, _: unknown, around: readonly Node[]) => take(node, around, true),
  } as Parameters<typeof ancestor>[1]);
  return free.sort((a, b) => a.node.start - b.node.start);
}

/** Whether it awaits outside of any function. */
export function awaitsAtTop(root: Node): boolean {
  let found = false;
  const check = (around: readonly Node[]): void => {
    found ||= !around.some(({ type }) => type !== 'Program' && FUNCTIONS.has(type));
  };
  ancestor(root, {
    AwaitExpression: (_node, _, around) => check(around),
    ForOfStatement: (node, _, around) => {
      if (node.await) check(around);
    },
  });
  return found;
}

/** Names by the node that they are declared in. */
function declarations(root: Node): ReadonlyMap<Node, ReadonlySet<string>> {
  const scopes = new Map<Node, Set<string>>();
  const declare = (scope: Node | undefined, names: readonly string[]): void => {
    const target = scope ?? root;
    const known = scopes.get(target) ?? new Set();
    for (const name of names) known.add(name);
    scopes.set(target, known);
  };
  /** The nearest scope around a node; `around` ends with the node itself. */
  const nearest = (around: readonly Node[], types: ReadonlySet<string>): Node | undefined => around.slice(0, -1).findLast(({ type }) => types.has(type));
  const own = (node: { readonly id?: Identifier | null } & Node): void => declare(node, node.id ? [node.id.name] : []);
  ancestor(root, {
    VariableDeclaration: (node, _, around) =>
      declare(
        nearest(around, node.kind === 'var' ? FUNCTIONS : BLOCKS),
        node.declarations.flatMap(({ id }) => patternNames(id)),
      ),
    FunctionDeclaration: (node, _, around) => {
      declare(nearest(around, BLOCKS), patternNames(node.id));
      declare(node, node.params.flatMap(patternNames));
    },
    FunctionExpression: (node) => {
      own(node);
      declare(node, node.params.flatMap(patternNames));
    },
    ArrowFunctionExpression: (node) => declare(node, node.params.flatMap(patternNames)),
    ClassDeclaration: (node, _, around) => declare(nearest(around, BLOCKS), patternNames(node.id)),
    ClassExpression: own,
    CatchClause: (node) => declare(node, patternNames(node.param ?? null)),
  });
  return scopes;
}
