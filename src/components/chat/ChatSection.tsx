// "Play another's model", folded at first; what it needs is loaded when it is unfolded. One play for the page: it outlives the notebook that
// it was begun in.
import { lazy, Suspense, useState } from 'react';
import { type ChatStore, createChat } from '../../notebook/chat.ts';
import type { NotebookStore } from '../../notebook/store.ts';
import { startChat } from '../../workers/chat.client.ts';
import { useNotebookStore } from '../useNotebook.ts';
import { ChatContext } from './useChat.ts';

const ChatPanel = lazy(() => import('./ChatPanel.tsx'));

const stores = new WeakMap<NotebookStore, ChatStore>();

export function ChatSection() {
  const notebook = useNotebookStore();
  const chat = stores.get(notebook) ?? createChat(() => startChat(new URL('benchmarks/', document.baseURI).href));
  stores.set(notebook, chat);
  const [open, setOpen] = useState(false);
  return (
    <details className="chat" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Play another’s model</summary>
      {open && (
        <ChatContext value={chat}>
          <Suspense fallback={<p className="loading">Loading the form…</p>}>
            <ChatPanel />
          </Suspense>
        </ChatContext>
      )}
    </details>
  );
}
