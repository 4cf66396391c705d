// A cell's source, read before it is evaluated: the names that it declares, those that it takes from outside, and the code to evaluate.
import type { ModuleDeclaration, Program, Statement } from 'acorn';
import { simple } from 'acorn-walk';
import { LANGUAGE_NAMES, NOTEBOOK_NAMES } from '../../env/sandbox/realm/names.ts';
import { awaitsAtTop, freeNames, patternNames } from './scopes.ts';
import { cellSyntax } from './syntax.ts';

export interface ParsedCell {
  /** Names that other cells can use. */
  readonly defines: readonly string[];
  /** Names that it takes from outside, each once. */
  readonly references: readonly string[];
  /** A function of the values of `inputs`; see PreparedCell in workers/sandbox.protocol.ts. */
  codeWith(inputs: readonly string[]): string;
}

export interface CellError {
  readonly kind: 'error';
  readonly message: string;
  readonly line: number | null;
}

export type CellParse = { readonly kind: 'ok'; readonly cell: ParsedCell } | CellError;

const TAKEN: ReadonlySet<string> = new Set([...NOTEBOOK_NAMES, ...LANGUAGE_NAMES]);

export function parseCell(source: string): CellParse {
  const syntax = cellSyntax(source);
  if (syntax.kind === 'error') return syntax;
  const { node } = syntax;
  const lineOf = (position: number): number => source.slice(0, position).split('\n').length;
  const refuse = (message: string, position: number): CellError => ({ kind: 'error', message, line: lineOf(position) });

  const foreign = syntax.kind === 'program' ? foreignStatement(syntax.node) : null;
  const imported = foreign?.start ?? firstImport(node);
  if (imported !== null)
    return refuse('cells neither import nor export: the library is there as tapo, and every declared name can be seen by other cells', imported);

  const defines = syntax.kind === 'program' ? syntax.node.body.flatMap(declaredNames) : [];
  const taken = defines.find((name) => TAKEN.has(name));
  if (taken !== undefined) {
    const owner = (NOTEBOOK_NAMES as readonly string[]).includes(taken) ? 'the notebook' : 'the language';
    return refuse(`${taken} is a name of ${owner} itself; choose another`, source.search(new RegExp(`\\b${taken}\\b`)));
  }

  const free = freeNames(node);
  const assigned = free.find((name) => name.assigned);
  if (assigned) {
    const { name, start } = assigned.node;
    return refuse(
      `${name} is given a value, but not declared in this cell; declare it here (let ${name} = …), or change it in the cell that declares it`,
      start,
    );
  }

  const keep = unusedName(source);
  const body =
    syntax.kind === 'expression' ? `${keep}((\n${source}\n)); return {};` : `\n${keptLast(source, syntax.node, keep)}\n;return {${defines.join(', ')}};`;
  const awaits = awaitsAtTop(node) ? 'async ' : '';
  return {
    kind: 'ok',
    cell: {
      defines,
      references: [...new Set(free.map((name) => name.node.name))],
      codeWith: (inputs) => `(${awaits}(${[keep, ...inputs].join(', ')}) => {${body}})`,
    },
  };
}

/** The program, with the value of its last expression statement handed to `keep`. */
function keptLast(source: string, { body }: Program, keep: string): string {
  const last = body.findLast((statement) => statement.type === 'ExpressionStatement');
  if (!last) return source;
  const expression = source.slice(last.start, last.end).replace(/;$/, '');
  return `${source.slice(0, last.start)};${keep}((${expression}));${source.slice(last.end)}`;
}

function declaredNames(statement: Statement | ModuleDeclaration): readonly string[] {
  if (statement.type === 'VariableDeclaration') return statement.declarations.flatMap(({ id }) => patternNames(id));
  return statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration' ? [statement.id.name] : [];
}

function foreignStatement({ body }: Program): Statement | ModuleDeclaration | null {
  return body.find(({ type }) => type.startsWith('Import') || type.startsWith('Export')) ?? null;
}

/** Where `import(…)` or `import.meta` stands. */
function firstImport(node: Parameters<typeof simple>[0]): number | null {
  let first: number | null = null;
  simple(node, {
    ImportExpression: ({ start }) => {
      first ??= start;
    },
    MetaProperty: ({ start, meta }) => {
      if (meta.name === 'import') first ??= start;
    },
  });
  return first;
}

function unusedName(source: string): string {
  let name = 'keep$';
  while (source.includes(name)) name += '$';
  return name;
}
