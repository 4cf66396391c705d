// Starts the page.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App.tsx';
import { createNotebook } from './notebook/store.ts';
import './components/styles/tokens.css';
import './components/styles/page.css';
import './workers/trustedTypes.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html: expected an element with id "root"');
const base = new URL('benchmarks/', document.baseURI).href;
const notebook = createNotebook(base);
Promise.all([notebook.actions.introduce(), notebook.actions.play(`${base}atlas/recorded/grpo-tapo.json`)]).catch((error: unknown) =>
  console.warn('the recorded run cannot be shown:', error),
);
notebook.actions
  .fetchTruths(['base', 'half'].map((name) => `${base}atlas/recorded/truth-${name}.json`))
  .catch((error: unknown) => console.warn('the recorded true values cannot be shown:', error));
createRoot(root).render(
  <StrictMode>
    <App notebook={notebook} />
  </StrictMode>,
);
