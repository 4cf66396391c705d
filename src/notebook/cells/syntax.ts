// JavaScript of a cell as a syntax tree: one expression, as `{a: 1}` or `f(x)`, or a program.
import { type Expression, type Options, Parser, type Program, parseExpressionAt, tokenizer } from 'acorn';

const OPTIONS: Options = { ecmaVersion: 2024, sourceType: 'module' };

export type CellSyntax =
  | { readonly kind: 'expression'; readonly node: Expression }
  | { readonly kind: 'program'; readonly node: Program }
  | { readonly kind: 'error'; readonly message: string; readonly line: number };

export function cellSyntax(source: string): CellSyntax {
  const expression = wholeExpression(source);
  // a named function or class is a declaration: other cells are to see it
  if (expression && !((expression.type === 'FunctionExpression' || expression.type === 'ClassExpression') && expression.id)) {
    return { kind: 'expression', node: expression };
  }
  try {
    return { kind: 'program', node: Parser.parse(source, OPTIONS) };
  } catch (error) {
    return syntaxError(error, source);
  }
}

/** The expression that the source is from start to end, comments apart. */
function wholeExpression(source: string): Expression | null {
  try {
    const node = parseExpressionAt(source, 0, { ...OPTIONS, preserveParens: true });
    const [next] = tokenizer(source.slice(node.end), OPTIONS);
    return next === undefined ? node : null;
  } catch {
    return null;
  }
}

function syntaxError(error: unknown, source: string): CellSyntax {
  const { message, pos, loc } = error as SyntaxError & { readonly pos?: number; readonly loc?: { readonly line: number; readonly column: number } };
  if (!loc) throw error;
  const what = message.replace(/ \(\d+:\d+\)$/, '');
  const there = pos === source.length ? 'at its end' : `at ${JSON.stringify(source.slice(pos).match(/^(?:\w+|\S|\s)/)?.[0] ?? '')}`;
  return { kind: 'error', message: `line ${loc.line}, column ${loc.column + 1}: ${what}, ${there}`, line: loc.line };
}
