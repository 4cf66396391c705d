// Gives the parts of a play by another's model its state, piece by piece, and its actions.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ChatState, ChatStore } from '../../notebook/chat.ts';

export const ChatContext = createContext<ChatStore | null>(null);

/** Part of the state; the component renders again only when that part changes. */
export function useChat<T>(select: (state: ChatState) => T): T {
  return useStore(useChatStore(), select);
}

export function useChatActions(): ChatStore['actions'] {
  return useChatStore().actions;
}

export function useChatStore(): ChatStore {
  const store = useContext(ChatContext);
  if (!store) throw new Error('useChat: expected a ChatContext around this component');
  return store;
}

/** Whether the endpoint is being asked. */
export function useBusy(): boolean {
  return useChat(({ stage }) => stage.kind === 'testing' || stage.kind === 'playing');
}
