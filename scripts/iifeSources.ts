// Vite plugin: code for the sandbox as text. `import text from 'virtual:tapo-source'` gives an expression whose value is the module.
import { build, type Plugin, type Rolldown } from 'vite';
import { libraryBuild } from './libraryBuild.ts';

const LIBRARY = 'src/tapo/index.ts';

/** What each virtual module holds. src/virtual.d.ts declares them. */
const ENTRIES: Readonly<Record<string, string>> = {
  'virtual:tapo-source': LIBRARY,
  'virtual:realm-source': 'src/env/sandbox/realm/realm.ts',
  'virtual:own-realm-source': 'src/env/sandbox/realm/ownRealm.ts',
};

export function iifeSources(): Plugin {
  return {
    name: 'iife-sources',
    resolveId: (id) => (Object.hasOwn(ENTRIES, id) ? `\0${id}` : undefined),
    async load(id) {
      const entry = id.startsWith('\0') ? ENTRIES[id.slice(1)] : undefined;
      if (!entry) return undefined;
      const [output] = (await build(libraryBuild(entry, { kind: 'script', name: 'module', readable: entry === LIBRARY }))) as Rolldown.RolldownOutput[];
      const [{ code, moduleIds }] = (output as Rolldown.RolldownOutput).output;
      for (const file of moduleIds) this.addWatchFile(file);
      return `export default ${JSON.stringify(`(() => {${code}\nreturn module;})()`)};`;
    },
  };
}
