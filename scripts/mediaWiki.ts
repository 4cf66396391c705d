// A MediaWiki for the tests: Debian's package, unpacked and never installed (it would bring a web server that starts by itself), with a
// SQLite file, served by PHP's own server on a free port.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SearchDocument } from '../src/env/textIndex.ts';
import { downloadPackages, installPackages, onPath } from './debian.ts';
import { answering, ended, freePort } from './servers.ts';

const UNPACKED = fileURLToPath(new URL('../build/mediawiki/', import.meta.url));
/** A wiki needs them; all that PHP calls by other names is in its core. */
const MODULES = ['sqlite3', 'intl', 'mbstring', 'xml'];

/** Folder of MediaWiki's program: MEDIAWIKI_PATH, an installed one, or Debian's package unpacked under build/. Throws with what to do. */
export function ensureMediaWiki(): string {
  ensurePhp();
  const given = process.env.MEDIAWIKI_PATH;
  const folders = [...(given ? [given] : []), '/usr/share/mediawiki', path.join(UNPACKED, 'usr/share/mediawiki')];
  const found = () => folders.find((folder) => existsSync(path.join(folder, 'maintenance/install.php')));
  if (!found()) {
    console.log('no MediaWiki found: unpacking the one of the distribution (apt-get download mediawiki mediawiki-classes)');
    unpack();
  }
  const folder = found();
  if (!folder) throw new Error('no MediaWiki could be found or fetched; unpack one and set MEDIAWIKI_PATH to its folder');
  return folder;
}

function ensurePhp(): void {
  const missing = (): readonly string[] => {
    if (!onPath(['php'])) return ['cli', ...MODULES];
    const present = execFileSync('php', ['-m'], { encoding: 'utf8' }).split('\n');
    return MODULES.filter((name) => !present.includes(name));
  };
  if (missing().length === 0) return;
  const packages = missing().map((name) => `php-${name}`);
  console.log(`PHP lacks ${missing().join(', ')}: installing from the distribution (apt-get install ${packages.join(' ')})`);
  installPackages(packages);
  if (missing().length > 0)
    throw new Error(`PHP lacks ${missing().join(', ')} and they could not be installed; install them to run the tests with a MediaWiki`);
}

function unpack(): void {
  rmSync(UNPACKED, { recursive: true, force: true });
  mkdirSync(UNPACKED, { recursive: true });
  downloadPackages(['mediawiki', 'mediawiki-classes'], UNPACKED);
  for (const name of readdirSync(UNPACKED).filter((file) => file.endsWith('.deb'))) {
    execFileSync('dpkg', ['-x', name, '.'], { cwd: UNPACKED });
    rmSync(path.join(UNPACKED, name));
  }
  const program = path.join(UNPACKED, 'usr/share/mediawiki');
  for (const name of ['extensions', 'images', 'config']) {
    const link = path.join(program, name); // leads to where the package would be installed
    if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    rmSync(link);
    if (name === 'extensions') symlinkSync('extensions-core', link);
    else mkdirSync(link);
  }
}

export interface RunningWiki {
  readonly url: string;
  stop(): Promise<void>;
}

/** A wiki with a page for each document, the id in its title since titles of documents repeat, and with these files by name. */
export async function startMediaWiki(documents: readonly SearchDocument[], files: Readonly<Record<string, Uint8Array>> = {}): Promise<RunningWiki> {
  const program = ensureMediaWiki();
  const folder = mkdtempSync(path.join(tmpdir(), 'tapo-wiki-'));
  const settings = path.join(folder, 'LocalSettings.php');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const maintain = (script: string, ...args: string[]): void =>
    void execFileSync('php', [path.join(program, 'maintenance', script), ...args], {
      stdio: 'pipe',
      env: { ...process.env, ...(script === 'install.php' ? {} : { MW_CONFIG_FILE: settings }) },
    });
  maintain(
    'install.php',
    '--dbtype=sqlite',
    `--dbpath=${folder}`,
    `--confpath=${folder}`,
    `--server=${url}`,
    '--scriptpath=',
    '--pass=only-for-a-test',
    'Atlas',
    'admin',
  );
  appendFileSync(settings, `${SETTINGS}$wgUploadDirectory = ${JSON.stringify(path.join(folder, 'images'))};\n`);
  writeFileSync(path.join(folder, 'pages.xml'), exportOf(documents));
  maintain('importDump.php', '--no-updates', path.join(folder, 'pages.xml'));
  maintain('rebuildtextindex.php');
  const uploads = path.join(folder, 'uploads');
  mkdirSync(uploads);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(uploads, name), bytes);
  if (Object.keys(files).length > 0) maintain('importImages.php', uploads); // it fails where there are none
  maintain('sql.php', '--query', 'ANALYZE'); // else SQLite searches the text index once for each page: 1.4 s a query
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', program], { stdio: 'ignore', env: { ...process.env, MW_CONFIG_FILE: settings } });
  const stop = async (): Promise<void> => {
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  await answering(`${url}/api.php?action=query&format=json`, server).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}

/** No waiting for the disk; no jobs in the middle of a search; files may be brought in; beginnings of pages. */
const SETTINGS = `
$wgDBservers = [ [ 'type' => 'sqlite', 'dbname' => $wgDBname, 'dbDirectory' => $wgSQLiteDataDir, 'load' => 1, 'flags' => DBO_DEFAULT,
  'variables' => [ 'synchronous' => 'OFF', 'journal_mode' => 'MEMORY' ] ] ];
$wgJobRunRate = 0;
$wgEnableUploads = true;
wfLoadExtension( 'TextExtracts' );
`;

function exportOf(documents: readonly SearchDocument[]): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const page = ({ id, title, text }: SearchDocument): string =>
    `<page><title>${escaped(title)} (${id})</title><ns>0</ns><revision><timestamp>2026-01-01T00:00:00Z</timestamp><contributor><username>admin</username></contributor>` +
    `<model>wikitext</model><format>text/x-wiki</format><text>${escaped(text)}</text></revision></page>`;
  return `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n${documents.map(page).join('\n')}\n</mediawiki>\n`;
}
