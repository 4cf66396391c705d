// The `train({…})` calls in a cell's source, read without running it: what a form can show and edit, or why it cannot.
import type { ArrayExpression, Expression, Literal, Node, ObjectExpression, Property, SpreadElement } from 'acorn';
import { simple } from 'acorn-walk';
import type { TrainSpec } from '../../train/config.ts';
import type { OptionValue } from '../../train/options/optionTable.ts';
import { freeNames } from './scopes.ts';
import { cellSyntax } from './syntax.ts';

/** Where something stands in the source. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** In the order of the text. */
export type TrainLiteral =
  | {
      readonly kind: 'editable';
      /** What is written, unchecked: `trainConfig(spec)` may refuse it. Tools and a reward of one's own are left out. */
      readonly spec: TrainSpec;
      /** The whole call. */
      readonly range: SourceRange;
      /** The object literal; null for a bare `train()`. */
      readonly object: WrittenObject | null;
    }
  | { readonly kind: 'fixed'; readonly why: string; readonly range: SourceRange };

/** An object literal of literals, with the places of its parts. */
export interface WrittenObject extends SourceRange {
  readonly kind: 'object';
  readonly properties: readonly WrittenProperty[];
}

export interface WrittenProperty extends SourceRange {
  readonly name: string;
  readonly key: SourceRange;
  readonly value: WrittenObject | WrittenList | WrittenValue | WrittenCode;
}

/** Names of tools or of a reward, which other cells declare; among the tools also texts. */
export interface WrittenCode extends SourceRange {
  readonly kind: 'code';
}

/** The list of a run's tools that are answered elsewhere. */
export interface WrittenList extends SourceRange {
  readonly kind: 'list';
  readonly values: readonly string[];
}

export interface WrittenValue extends SourceRange {
  readonly kind: 'value';
  readonly value: OptionValue;
}

/** Every call of `train`; none where the source is no JavaScript. */
export function findTrainLiterals(source: string): readonly TrainLiteral[] {
  const syntax = cellSyntax(source);
  if (syntax.kind === 'error') return [];
  const free = new Set<Node>(freeNames(syntax.node).map(({ node }) => node));
  const found: TrainLiteral[] = [];
  simple(syntax.node, {
    CallExpression({ callee, arguments: given, start, end }) {
      if (callee.type === 'Identifier' && callee.name === 'train' && free.has(callee)) found.push(literalOf(given, { start, end }, source));
    },
  });
  return found.sort((a, b) => a.range.start - b.range.start);
}

function literalOf([first, second]: readonly (Expression | SpreadElement)[], range: SourceRange, source: string): TrainLiteral {
  const fixed = (why: string): TrainLiteral => ({ kind: 'fixed', why, range });
  if (!first) return { kind: 'editable', spec: {}, range, object: null };
  if (second) return fixed('train takes one object, and this call has more');
  const given = first.type === 'SpreadElement' ? first : bare(first);
  if (given.type !== 'ObjectExpression')
    return fixed(`its options are ${brief(first, source)}; a form edits only options that are written out, as in train({ seed: 1 })`);
  const written = objectOf(given, source, '');
  return typeof written === 'string' ? fixed(written) : { kind: 'editable', spec: specOf(written) as TrainSpec, range, object: written };
}

/** The object with its parts, or why a form cannot edit it. */
function objectOf(node: ObjectExpression, source: string, path: string): WrittenObject | string {
  const properties: WrittenProperty[] = [];
  for (const property of node.properties) {
    const written = propertyOf(property, source, path);
    if (typeof written === 'string') return written;
    if (properties.some(({ name }) => name === written.name)) return `${path}${written.name} is written twice`;
    properties.push(written);
  }
  return { kind: 'object', start: node.start, end: node.end, properties };
}

function propertyOf(property: Property | SpreadElement, source: string, path: string): WrittenProperty | string {
  if (property.type === 'SpreadElement') return `it takes in another object (${brief(property, source)}); a form edits only options that are written out`;
  const { key, start, end } = property;
  if (property.computed) return `one of its names is computed (${brief(property, source)})`;
  const name = key.type === 'Identifier' ? key.name : String((key as Literal).value);
  if (property.kind !== 'init' || property.method) return `${path}${name} is a function`;
  if (name === '__proto__') return 'it sets a prototype';
  const value = readValue(property.value, source, `${path}${name}`);
  return typeof value === 'string' ? value : { name, key: { start: key.start, end: key.end }, value, start, end };
}

function readValue(given: Expression, source: string, path: string): WrittenProperty['value'] | string {
  const node = bare(given);
  const { start, end } = node;
  if ((path === 'reward' && node.type === 'Identifier') || (path === 'tools' && takesCode(node))) return { kind: 'code', start, end };
  if (node.type === 'ObjectExpression') return objectOf(node, source, `${path}.`);
  if (path === 'tools' && node.type === 'ArrayExpression') return listOf(node, source);
  const written = (value: OptionValue): WrittenValue => ({ kind: 'value', value, start, end });
  if (node.type === 'Literal' && !node.regex && node.bigint === undefined && isOptionValue(node.value)) return written(node.value);
  if (node.type === 'UnaryExpression' && (node.operator === '-' || node.operator === '+')) {
    const inner = bare(node.argument);
    if (inner.type === 'Literal' && typeof inner.value === 'number') return written(node.operator === '-' ? -inner.value : inner.value);
  }
  const [text] = node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis : [];
  if (typeof text?.value.cooked === 'string') return written(text.value.cooked);
  return `${path} is computed (${brief(given, source)}); a form edits only values that are written out`;
}

/** Names, beside them perhaps texts; an empty list can become either. */
function takesCode(node: Expression): boolean {
  if (node.type !== 'ArrayExpression') return false;
  const types = node.elements.map((element) => element && (element.type === 'SpreadElement' ? element : bare(element)).type);
  return types.every((type) => type === 'Identifier' || type === 'Literal') && (types.length === 0 || types.includes('Identifier'));
}

function listOf({ elements, start, end }: ArrayExpression, source: string): WrittenList | string {
  const values: string[] = [];
  for (const element of elements) {
    const node = element && element.type !== 'SpreadElement' ? bare(element) : element;
    if (node?.type !== 'Literal' || typeof node.value !== 'string')
      return `tools is computed (${brief({ start, end }, source)}); a form edits only values that are written out`;
    values.push(node.value);
  }
  return { kind: 'list', values, start, end };
}

/** An expression without the brackets around it. */
function bare(node: Expression): Expression {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node;
}

function isOptionValue(value: unknown): value is OptionValue {
  return value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function specOf({ properties }: WrittenObject): Record<string, unknown> {
  return Object.fromEntries(
    properties.flatMap(({ name, value }) => {
      if (value.kind === 'code') return [];
      return [[name, value.kind === 'object' ? specOf(value) : value.kind === 'list' ? value.values : value.value] as const];
    }),
  );
}

function brief({ start, end }: SourceRange, source: string): string {
  const text = source.slice(start, end).replaceAll(/\s+/g, ' ');
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
