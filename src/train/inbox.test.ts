import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GRACE, openInbox } from './inbox.ts';

const later = <T>(milliseconds: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, milliseconds, value));
const never = (): Promise<never> => new Promise(() => {});
/** An answer that comes when told to. */
function held<T>(value: T): { readonly answer: Promise<T>; readonly give: () => void } {
  let give = (): void => {};
  const answer = new Promise<T>((resolve) => {
    give = () => resolve(value);
  });
  return { answer, give };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('openInbox().take()', () => {
  it('gives what answers at once together, without a timer', async () => {
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const inbox = openInbox<string>();
    const atOnce = Promise.resolve('at once');
    inbox.expect(atOnce.then(() => atOnce).then(() => 'by many steps'));
    inbox.expect(atOnce);
    expect(await inbox.take()).toEqual(['at once', 'by many steps']);
    expect(await inbox.take()).toEqual([]);
    expect(timer).not.toHaveBeenCalled();
  });

  it('gives what has come and leaves the rest for later', async () => {
    const inbox = openInbox<string>();
    const slow = held('slow');
    inbox.expect(slow.answer);
    inbox.expect(Promise.resolve('quick'));
    expect(await inbox.take()).toEqual(['quick']);
    slow.give();
    inbox.expect(Promise.resolve('another'));
    expect(await inbox.take()).toEqual(['slow', 'another']);
  });

  it('waits for the first without a timer, then for what comes along with it', async () => {
    const inbox = openInbox<string>();
    const first = held('first');
    inbox.expect(first.answer);
    inbox.expect(first.answer.then(() => later(GRACE / 10, 'soon after')));
    inbox.expect(never());
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const taken = inbox.take();
    await new Promise(setImmediate);
    expect(timer).not.toHaveBeenCalled();
    first.give();
    expect(await taken).toEqual(['first', 'soon after']);
  });

  it('throws what an answer threw, also one that came before', async () => {
    const inbox = openInbox<string>();
    inbox.expect(never());
    inbox.expect(Promise.reject(new Error('out of order')));
    await expect(inbox.take()).rejects.toThrow('out of order');
    await expect(inbox.take()).rejects.toThrow('out of order');
  });

  it('throws the signal’s reason as soon as it aborts, and listens no longer than it waits', async () => {
    const stop = new AbortController();
    const inbox = openInbox<string>(stop.signal);
    inbox.expect(never());
    inbox.expect(Promise.resolve('here'));
    expect(await inbox.take()).toEqual(['here']);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
    const taken = inbox.take();
    await new Promise(setImmediate);
    stop.abort(new Error('enough'));
    await expect(taken).rejects.toThrow('enough');
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });
});
