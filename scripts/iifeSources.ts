// Vite plugin: code for the sandbox as text. `import text from 'virtual:tapo-source'` gives an expression whose value is the module.
import { build, type Plugin, type Rolldown } from 'vite';
import { libraryBuild } from './libraryBuild.ts';

const LIBRARY = 'src/tapo/index.ts';

/** What each virtual module holds. src/virtual.d.ts declares them. */
const ENTRIES = {
  'virtual:tapo-source': LIBRARY,
  'virtual:realm-source': 'src/env/sandbox/realm/realm.ts',
  'virtual:own-realm-source': 'src/env/sandbox/realm/ownRealm.ts',
} as const;

type Entry = (typeof ENTRIES)[keyof typeof ENTRIES];

/** Text of an expression whose value is the module of a file, and the files that went into it. */
async function iifeSource(entry: Entry): Promise<{ readonly text: string; readonly files: readonly string[] }> {
  const [output] = (await build(libraryBuild(entry, { kind: 'script', name: 'module', readable: entry === LIBRARY }))) as Rolldown.RolldownOutput[];
  const [{ code, moduleIds }] = (output as Rolldown.RolldownOutput).output;
  return { text: `(() => {${code}\nreturn module;})()`, files: moduleIds };
}

/** What a virtual module holds, for programs that Vite does not build. */
export const sourceOf = async (id: keyof typeof ENTRIES): Promise<string> => (await iifeSource(ENTRIES[id])).text;

export function iifeSources(): Plugin {
  return {
    name: 'iife-sources',
    resolveId: (id) => (Object.hasOwn(ENTRIES, id) ? `\0${id}` : undefined),
    async load(id) {
      const entry = id.startsWith('\0') ? ENTRIES[id.slice(1) as keyof typeof ENTRIES] : undefined;
      if (!entry) return undefined;
      const { text, files } = await iifeSource(entry);
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(text)};`;
    },
  };
}
