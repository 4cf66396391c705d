import { describe, expect, it, vi } from 'vitest';
import type { ChatClient } from '../workers/chat.client.ts';
import type { ChatSetup, PlayedChat } from '../workers/chat.protocol.ts';
import type { LiveSetup } from '../workers/liveTools.ts';
import { createChat } from './chat.ts';

const SETUP = { model: 'm' } as ChatSetup;
const LIVE: LiveSetup = { keys: [], proxy: null, cassette: { kind: 'off' } };
const PLAYED: PlayedChat = { file: new Blob(['{}']), rollouts: 2, correct: 1, dropped: 1, faults: [['slow', 1]], planned: 3, cassette: '' };

function chatWith(client: Partial<ChatClient>) {
  const close = vi.fn();
  const chat = createChat(() => ({ close, ...client }) as ChatClient);
  return { chat, close, stage: () => chat.getState().stage };
}

describe('createChat(start)', () => {
  it('tests an endpoint; what the test showed is gone once the form is changed', async () => {
    const check = { ok: false, explanation: 'no' } as const;
    const { chat, close, stage } = chatWith({ test: async () => check });
    const testing = chat.actions.test(SETUP, LIVE);
    expect(stage()).toEqual({ kind: 'testing' });
    await testing;
    expect(stage()).toEqual({ kind: 'tested', check });
    expect(close).toHaveBeenCalledOnce();
    chat.actions.change({ model: 'other' });
    expect([stage(), chat.getState().form.model]).toEqual([{ kind: 'idle' }, 'other']);
  });

  it('plays, tells how far it is, keeps what was played, and does one thing at a time', async () => {
    let end = (_: PlayedChat): void => {};
    const play = vi.fn<ChatClient['play']>((_, __, onProgress) => {
      onProgress({ done: 1, total: 3, turns: 4, correct: 1, dropped: 0, fault: null });
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    const stop = vi.fn(async () => end(PLAYED));
    const { chat, close, stage } = chatWith({ play, stop });
    const playing = chat.actions.play(SETUP, LIVE);
    expect(stage()).toMatchObject({ kind: 'playing', stopping: false, progress: { done: 1 } });
    await chat.actions.play(SETUP, LIVE);
    chat.actions.change({ model: 'next' });
    expect([play.mock.calls.length, stage().kind]).toEqual([1, 'playing']);
    const stopping = chat.actions.stop();
    expect(stage()).toMatchObject({ kind: 'playing', stopping: true });
    await Promise.all([playing, stopping]);
    expect(chat.getState()).toMatchObject({ stage: { kind: 'idle' }, played: { ...PLAYED, setup: SETUP } });
    expect(close).toHaveBeenCalledOnce();
  });

  it('says what failed, and keeps what was played before', async () => {
    const play = vi
      .fn<ChatClient['play']>()
      .mockResolvedValueOnce(PLAYED)
      .mockRejectedValueOnce(new Error('Every rollout was dropped.'))
      .mockResolvedValueOnce({ ...PLAYED, rollouts: 0 })
      .mockRejectedValueOnce(new DOMException('', 'AbortError'));
    const { chat, stage } = chatWith({ play });
    const stages = [];
    for (let i = 0; i < 4; i++) {
      await chat.actions.play(SETUP, LIVE);
      stages.push(stage());
    }
    expect(stages).toEqual([
      { kind: 'idle' },
      { kind: 'failed', message: 'Every rollout was dropped.' },
      { kind: 'failed', message: 'It was stopped before a rollout was played to its end.' },
      { kind: 'idle' },
    ]);
    expect(chat.getState().played?.rollouts).toBe(2);
  });
});
