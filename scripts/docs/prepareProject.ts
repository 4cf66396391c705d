// Makes TypeDoc's model say what the files say: public names only, a file's first lines as its page's introduction, formulas as blocks.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Comment, type DeclarationReflection, type ProjectReflection, ReferenceReflection, ReferenceType, ReflectionKind, type SomeType } from 'typedoc';

/** Changes the project in place: the model is TypeDoc's own, built for that. */
export function prepareProject(project: ProjectReflection, folder: string): void {
  const modules = project.getChildrenByKind(ReflectionKind.Module);
  const index = modules.find((module) => module.name === 'index');
  if (!index) throw new Error(`expected a module "index" in ${folder}, got ${modules.map((module) => module.name).join(', ')}`);
  const exported = new Set(index.children?.map((child) => (child instanceof ReferenceReflection ? child.getTargetReflectionDeep() : child)));
  project.removeReflection(index);
  for (const module of modules) {
    if (module === index) continue;
    for (const child of [...(module.children ?? [])]) if (!exported.has(child)) project.removeReflection(child);
    if (module.children?.length) introduce(module, folder);
    else project.removeReflection(module);
  }
  for (const reflection of Object.values(project.reflections)) {
    const { comment } = reflection;
    if (comment) comment.summary = [{ kind: 'text', text: withFormulaBlocks(Comment.combineDisplayParts(comment.summary)) }];
    if (reflection.isParameter() && reflection.name === '__namedParameters') reflection.name = nameFor(reflection.type);
  }
}

/** The `//` lines that open a file, and a link to it. */
function introduce(module: DeclarationReflection, folder: string): void {
  const file = `${module.name}.ts`;
  const [head = ''] = /^(\/\/.*\n)*/.exec(readFileSync(path.join(folder, file), 'utf8')) ?? [];
  const up = '../'.repeat(module.name.split('/').length + 1);
  module.comment = new Comment([{ kind: 'text', text: `${head.replaceAll(/^\/\/ ?/gm, '')}\nSource: [src/tapo/${file}](${up}src/tapo/${file})` }]);
}

/** A parameter that is a pattern has no name of its own: a record is called after its type, a pair of sizes `shape`. */
function nameFor(type: SomeType | undefined): string {
  if (!(type instanceof ReferenceType)) return 'shape';
  return type.name.endsWith('Options') ? 'options' : `${type.name.charAt(0).toLowerCase()}${type.name.slice(1)}`;
}

/** Lines indented by two spaces or more are formulas in our docstrings; Markdown would run them together. */
function withFormulaBlocks(text: string): string {
  return text.replaceAll(/(^ {2,}\S.*\n?)+/gm, (formula) => `\`\`\`text\n${formula.replaceAll(/^ {2}/gm, '').trimEnd()}\n\`\`\`\n`);
}
