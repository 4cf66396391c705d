// npm run docs [-- --check] — writes docs/api, one page for each file of src/tapo, from its docstrings; or says which pages are out of date.
// TypeDoc needs TypeScript's old interface, so it lives in this folder with a compiler of its own.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Application, Converter, LogLevel } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { CompactTheme } from './compactTheme.ts';
import { prepareProject } from './prepareProject.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = path.join(root, 'docs/api');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const markdown: Partial<PluginOptions> = {
  entryFileName: 'README',
  mergeReadme: true,
  indexFormat: 'table',
  parametersFormat: 'none', // the signature has their types; a parameter that needs words has them in the docstring's table
  interfacePropertiesFormat: 'table',
  expandParameters: true,
  expandObjects: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hideGroupHeadings: true,
  pageTitleTemplates: { module: ({ name }: { name: string }) => name },
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
};

/** All files below a folder, by path. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => path.join(file.parentPath, file.name)).sort();
  return new Map(paths.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

const out = mkdtempSync(path.join(tmpdir(), 'tapo-api-'));
const app = await Application.bootstrapWithPlugins({
  ...markdown,
  out,
  router: 'module',
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: [path.join(root, 'src/tapo/*.ts'), path.join(root, 'src/tapo/objectives/*.ts')],
  exclude: ['**/*.test.ts'],
  tsconfig: path.join(root, 'tsconfig.tapo.json'),
  readme: 'none',
  disableSources: true, // line numbers would put a page out of date at every change above it
  excludeExternals: true,
  groupOrder: ['Modules', 'Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
  sort: ['source-order'],
  logLevel: LogLevel.Warn,
  validation: { notDocumented: true, notExported: false }, // what index.ts leaves out stays out
  requiredToBeDocumented: ['Function', 'Variable', 'Class', 'Interface', 'TypeAlias'],
});
app.renderer.defineTheme('compact', CompactTheme);
app.options.setValue('theme', 'compact');
// after TypeDoc has given every comment its owner, before it sorts what there is into groups
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => prepareProject(project, path.join(root, 'src/tapo')), -1000);

const project = await app.convert();
if (!project) throw new Error('TypeDoc could not read src/tapo');
project.readme = [
  {
    kind: 'text',
    text: [
      '# API of `tapo-notebook/tapo`',
      'Made from the docstrings of [src/tapo](../../src/tapo) by `npm run docs`; symbols are in [notation](../notation.md).',
    ].join('\n\n'),
  },
];
app.validate(project);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);

if (values.check) {
  const made = filesOf(out);
  const kept = filesOf(pages);
  const stale = [...new Set([...made.keys(), ...kept.keys()])].filter((file) => made.get(file) !== kept.get(file));
  if (stale.length > 0) console.error(`docs/api is out of date: ${stale.join(', ')}; run "npm run docs" and commit what it writes`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  rmSync(pages, { recursive: true, force: true });
  cpSync(out, pages, { recursive: true });
}
rmSync(out, { recursive: true });
