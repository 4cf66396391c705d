// Starts the page.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { createEvaluator } from './notebook/cells/evaluator.ts';
import { lazyShelf } from './notebook/document/lazyShelf.ts';
import type { NotebookShelf } from './notebook/document/notebookShelf.ts';
import { createNotebook } from './notebook/store.ts';
import './components/styles/tokens.css';
import './components/styles/page.css';
import './components/styles/document.css';
import './workers/trustedTypes.ts';
import { startSandbox } from './workers/sandbox.client.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html: expected an element with id "root"');
async function openShelf(): Promise<NotebookShelf> {
  const storage = await import('./notebook/document/notebookStorage.ts');
  const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { shelf, problem } = await storage.openShelf({ newId, now: () => Date.now() });
  if (problem) console.warn(problem);
  return shelf;
}

/** Cells that come near are drawn and may grow, so that the place is looked for once more. */
function scrollToCell(id: number): void {
  const scroll = (): void => document.getElementById(`cell-${id}`)?.scrollIntoView({ block: 'start' });
  scroll();
  setTimeout(scroll, 600);
}

const notebook = createNotebook({
  base: new URL('.', document.baseURI).href,
  evaluator: createEvaluator(() => startSandbox({ deadline: 3000 })),
  shelf: lazyShelf(openShelf),
  openLibrary: () => import('./notebook/runLibrary/browserRunLibrary.ts').then(({ openRunLibrary }) => openRunLibrary()),
  screen: {
    address: location.href.replace(/#.*$/, ''),
    scrollToCell,
    copyText: async (text) => navigator.clipboard.writeText(text), // rejects where there is no clipboard: on plain http
  },
});
notebook.actions.introduce().catch((error: unknown) => console.warn('what is known of the benchmark cannot be shown:', error));
notebook.actions.introduceNotebooks().catch((error: unknown) => console.warn('the list of notebooks cannot be shown:', error));
void notebook.actions.followLink(location.hash);
addEventListener('hashchange', () => void notebook.actions.followLink(location.hash));
addEventListener('pagehide', () => void notebook.actions.flush());
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    navigator.serviceWorker.register(new URL('sw.js', document.baseURI)).catch((error: unknown) => console.warn('the page will not work offline:', error));
  });
createRoot(root).render(
  <StrictMode>
    <App notebook={notebook} />
  </StrictMode>,
);
