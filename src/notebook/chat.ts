// The state of letting another's model play, outside of React: the form, what is under way, and what was played. A worker does each piece of
// work and ends with it. Keys are no part of the state.
import { createStore } from 'zustand/vanilla';
import type { ChatCheck } from '../env/live/index.ts';
import type { ChatClient } from '../workers/chat.client.ts';
import type { ChatProgress, ChatSetup, PlayedChat } from '../workers/chat.protocol.ts';
import type { LiveSetup } from '../workers/liveTools.ts';
import { type ChatForm, FIRST_CHAT_FORM } from './chatForm.ts';

export type ChatStage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'tested'; readonly check: ChatCheck }
  /** `progress` null: nothing was heard yet. */
  | { readonly kind: 'playing'; readonly progress: ChatProgress | null; readonly stopping: boolean }
  | { readonly kind: 'failed'; readonly message: string };

export interface ChatState {
  readonly form: ChatForm;
  readonly stage: ChatStage;
  /** The last play that gave anything. */
  readonly played: (PlayedChat & { readonly setup: ChatSetup }) | null;
}

export type ChatStore = ReturnType<typeof createChat>;

/** `start` starts a worker. */
export function createChat(start: () => ChatClient) {
  let client: ChatClient | null = null;
  const store = createStore<ChatState>(() => ({ form: FIRST_CHAT_FORM, stage: { kind: 'idle' }, played: null }));
  const { setState: set, getState: get } = store;

  /** Does one thing at a time: what is asked for meanwhile is left. What is stopped without a result leaves nothing behind. */
  const work = async (stage: ChatStage, task: (present: ChatClient) => Promise<Partial<ChatState>>): Promise<void> => {
    if (client) return;
    set({ stage });
    try {
      client = start();
      set({ stage: { kind: 'idle' }, ...(await task(client)) });
    } catch (error) {
      const { name, message } = error as Error;
      set({ stage: name === 'AbortError' ? { kind: 'idle' } : { kind: 'failed', message } });
    }
    client?.close();
    client = null;
  };

  const actions = {
    /** What was tested, or failed, was another form then. */
    change(part: Partial<ChatForm>): void {
      set(({ form, stage }) => ({ form: { ...form, ...part }, ...(client ? { stage } : { stage: { kind: 'idle' } }) }));
    },
    /** Asks the endpoint once. */
    test: (setup: ChatSetup, live: LiveSetup): Promise<void> =>
      work({ kind: 'testing' }, async (present) => ({ stage: { kind: 'tested', check: await present.test(setup, live) } })),
    /** Plays all groups, or as many as there are when it is stopped. */
    play: (setup: ChatSetup, live: LiveSetup): Promise<void> =>
      work({ kind: 'playing', progress: null, stopping: false }, async (present) => {
        const hear = (progress: ChatProgress): void => {
          const { stage } = get();
          if (stage.kind === 'playing') set({ stage: { ...stage, progress } });
        };
        const played = await present.play(setup, live, hear);
        if (played.rollouts === 0) throw new Error('It was stopped before a rollout was played to its end.');
        return { played: { ...played, setup } };
      }),
    async stop(): Promise<void> {
      const { stage } = get();
      if (stage.kind === 'playing') set({ stage: { ...stage, stopping: true } });
      await client?.stop();
    },
  };

  return { ...store, actions };
}
