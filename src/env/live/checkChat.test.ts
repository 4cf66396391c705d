import { describe, expect, it } from 'vitest';
import type { Task } from '../types.ts';
import { checkChat } from './checkChat.ts';
import { createKeyring } from './keyring.ts';
import { createLiveClient } from './liveClient.ts';
import { fakeFetch, jsonResponse, TEXT_TOOL } from './testing/fakeFetch.ts';

const TASK: Task = { id: 'q', preset: 'p', split: 'test', type: 't', question: 'capital of France ?', answer: 'Paris', image: 'q', scene: null };

function check(message: object | Response) {
  const keys = createKeyring();
  keys.set('http://llm.example.org', 'canary');
  const { fetch } = fakeFetch(() => (message instanceof Response ? message : jsonResponse({ choices: [{ message }] })));
  const client = createLiveClient({ fetch, keys, backoff: 0 });
  return checkChat(TASK, null, { client, url: 'http://llm.example.org/v1', model: 'm', tools: [TEXT_TOOL] });
}
const calls = (name: string, given: string) => ({ tool_calls: [{ id: '1', function: { name, arguments: given } }] });

describe('checkChat(task, picture, options)', () => {
  it('gives what the model made of the question: a call, an answer, or a call that cannot be carried out', async () => {
    expect(await check(calls('text_search_tool', '{"query":"France"}'))).toMatchObject({
      ok: true,
      question: 'capital of France ?',
      action: { kind: 'call', tool: 'text_search_tool', arguments: { query: 'France' } },
    });
    expect(await check({ content: 'Paris, of course.' })).toMatchObject({ ok: true, action: { kind: 'answer' }, said: 'Paris, of course.' });
    expect(await check(calls('fly', '{}'))).toMatchObject({ ok: true, action: { kind: 'malformed', reason: 'no tool "fly"' } });
  });
  it('explains a failure, and never gives a key back', async () => {
    const refused = await check(jsonResponse({ error: { message: 'key canary may not use m' } }, { status: 403 }));
    expect(refused).toEqual({ ok: false, explanation: 'llm.example.org: it refused the call: key ••• may not use m' });
    expect(await check({ nothing: 1 })).toMatchObject({ ok: true, action: { kind: 'answer', text: '' } });
    expect(await check(jsonResponse({ answer: 1 }))).toMatchObject({ ok: false, explanation: expect.stringContaining('{"choices":[{"message"}]}') });
    expect(await check({ content: 'my key is canary', ...calls('text_search_tool', '{"query":"canary"}') })).toMatchObject({
      action: { arguments: { query: '•••' } },
      said: 'my key is •••',
    });
  });
});
