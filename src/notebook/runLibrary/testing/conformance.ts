// What every library of runs does, in a browser or in memory.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_RUN } from '../../runs.ts';
import type { RunLibrary, StoredRun } from '../runLibrary.ts';
import { storedState } from './runs.ts';

export interface LibraryUnderTest {
  readonly library: RunLibrary;
  /** The same runs, as a page that is opened later sees them. */
  reopen(): Promise<RunLibrary>;
  /** Names of the folders of files that are kept, used or not. */
  folders(): Promise<readonly string[]>;
  /** Changes the bytes of a file in a folder. */
  damage(folder: string, index: number): Promise<void>;
  /** From now on little more can be written, or again. */
  full(isFull: boolean): Promise<void>;
  /** Sets the clock, milliseconds since 1970. */
  setTime(time: number): void;
  close(): Promise<void>;
}

const ABOUT = { machine: 'wasm, 2 threads' };
const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
const contents = async ({ files }: StoredRun): Promise<Record<string, number[]>> =>
  Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, blob]) => [name, [...new Uint8Array(await blob.arrayBuffer())]])));

export function conformanceSuite(name: string, open: () => Promise<LibraryUnderTest>): void {
  describe(name, () => {
    let under: LibraryUnderTest;
    let library: RunLibrary;
    beforeEach(async () => {
      under = await open();
      library = under.library;
      under.setTime(Date.UTC(2026, 0, 1));
    });
    afterEach(() => under.close());

    it('save(run, about, files) keeps a run as a whole, and load(id) gives it back', async () => {
      const state = storedState({ seed: 4, credit: { rule: 'none' } });
      const files = { 'policy.safetensors': bytes(1, 2, 3), 'rollouts.jsonl': new Blob(['{}\n']), 'empty.txt': bytes() };
      const record = await library.save(state, { ...ABOUT, name: ' First ', tags: ['a', ' b ', 'a'] }, files);
      expect(record).toMatchObject({
        key: '--preset grid --seed 4 --updates 150 --credit none --algorithm grpo',
        name: 'First',
        tags: ['a', 'b'],
        note: '',
        created: Date.UTC(2026, 0, 1),
        updated: Date.UTC(2026, 0, 1),
        status: 'paused',
        update: 3,
        machine: 'wasm, 2 threads',
        summary: { sampled: 0.3125, greedy: 0.375, actionRate: 0.2, accuracy: state.metrics[2]?.accuracy },
        deleted: null,
      });
      const stored = await (await under.reopen()).load(record.id);
      expect(stored.state).toEqual(state);
      expect(stored.record).toEqual(record);
      expect(stored.problems).toEqual([]);
      expect(await contents(stored)).toEqual({ 'policy.safetensors': [1, 2, 3], 'rollouts.jsonl': [123, 125, 10], 'empty.txt': [] });
    });

    it('save puts a run that is under way to rest, and makes up a name', async () => {
      const running = { ...storedState({ seed: 2 }), status: 'running' as const, phase: { update: 4, phase: 'rollout' as const, done: 1, total: 2 } };
      const { id, name, status } = await library.save(running, ABOUT);
      expect([name, status]).toEqual(['grpo, credit tapo, seed 2', 'paused']);
      expect((await library.load(id)).state).toMatchObject({ status: 'paused', phase: null, valuing: null });
    });

    it('save under the same id replaces state and files, and keeps name, tags, note and the day it was made', async () => {
      const first = await library.save(storedState({}, 1), { ...ABOUT, id: 'run-1', name: 'Mine', tags: ['x'] }, { 'old.bin': bytes(1) });
      await library.change('run-1', { note: 'why' });
      under.setTime(Date.UTC(2026, 0, 2));
      const second = await library.save(storedState({}, 3), { ...ABOUT, id: 'run-1' }, { 'new.bin': bytes(2) });
      expect(second).toMatchObject({ name: 'Mine', tags: ['x'], note: 'why', created: first.created, updated: Date.UTC(2026, 0, 2), update: 3 });
      expect(await library.list()).toEqual([second]);
      expect(await contents(await library.load('run-1'))).toEqual({ 'new.bin': [2] });
      expect(await under.folders()).toHaveLength(1);
    });

    it('list() gives those changed last first; change, remove, restore and purge do what they say', async () => {
      await library.save(storedState({ seed: 1 }), { ...ABOUT, id: 'one' });
      under.setTime(Date.UTC(2026, 0, 2));
      await library.save(storedState({ seed: 2 }), { ...ABOUT, id: 'two' });
      expect((await library.list()).map(({ id }) => id)).toEqual(['two', 'one']);
      expect(await library.change('one', { name: 'Renamed', tags: ['t'] })).toMatchObject({ name: 'Renamed', tags: ['t'], note: '' });

      expect((await library.remove('one')).deleted).toBe(Date.UTC(2026, 0, 2));
      expect(await library.purge(Date.UTC(2026, 0, 2))).toBe(0);
      expect((await library.restore('one')).deleted).toBeNull();
      await library.remove('one');
      expect(await library.purge(Date.UTC(2026, 0, 3))).toBe(1);
      expect((await library.list()).map(({ id }) => id)).toEqual(['two']);
      expect(await under.folders()).toHaveLength(1);
      await expect(library.load('one')).rejects.toThrow(/expected a run of this library, got "one"/);
      await expect(library.restore('one')).rejects.toThrow(/purged/);
    });

    it('saving a deleted run brings it back', async () => {
      await library.save(storedState(), { ...ABOUT, id: 'one' });
      await library.remove('one');
      expect((await library.save(storedState(), { ...ABOUT, id: 'one' })).deleted).toBeNull();
    });

    it('refuses what it cannot keep, in words, and keeps what it had', async () => {
      await library.save(storedState(), { ...ABOUT, id: 'one' });
      const before = await library.list();
      await expect(library.save(EMPTY_RUN, ABOUT)).rejects.toThrow(/expected a run that has begun/);
      await expect(library.save(storedState(), { ...ABOUT, id: '../one' })).rejects.toThrow(/id: expected up to 64 letters/);
      for (const file of ['state.json', '../x', 'a/b', '', '__proto__'])
        await expect(library.save(storedState(), ABOUT, Object.fromEntries([[file, bytes(1)]])), file).rejects.toThrow(/files: expected a name/);
      await expect(library.change('one', { name: '  ' })).rejects.toThrow(/name: expected at least one letter/);
      await expect(library.change('one', { tags: ['x'.repeat(41)] })).rejects.toThrow(/tags: expected at most 40 characters, got 41/);
      await expect(library.change('two', { note: '' })).rejects.toThrow(/expected a run of this library, got "two"/);
      expect(await library.list()).toEqual(before);
      expect(await under.folders()).toHaveLength(1);
    });

    it('says in words that the storage is full, and keeps what it had', async () => {
      const state = storedState();
      await library.save(state, { ...ABOUT, id: 'one' }, { 'policy.safetensors': bytes(7) });
      const before = await library.list();
      await under.full(true);
      const large = { 'policy.safetensors': new Blob([new Uint8Array(30e6)]) };
      await expect(library.save(storedState({}, 9), { ...ABOUT, id: 'one' }, large)).rejects.toThrow(/storage is full: the run needs 30\.\d MB/);
      await under.full(false);
      const reopened = await under.reopen();
      expect(await reopened.list()).toEqual(before);
      const stored = await reopened.load('one');
      expect(stored.state).toEqual(state);
      expect(await contents(stored)).toEqual({ 'policy.safetensors': [7] });
      await library.save(state, { ...ABOUT, id: 'two' });
      expect(await under.folders()).toHaveLength(2);
    });

    it('names a file that is damaged and leaves it out; a damaged state cannot be opened', async () => {
      await library.save(storedState(), { ...ABOUT, id: 'one', name: 'Mine' }, { 'policy.safetensors': bytes(1), 'log.txt': bytes(2) });
      const [folder = ''] = await under.folders();
      await under.damage(folder, 1);
      const stored = await library.load('one');
      expect(stored.problems).toEqual(['policy.safetensors: its bytes are not those that were saved']);
      expect(await contents(stored)).toEqual({ 'log.txt': [2] });
      await under.damage(folder, 0);
      await expect(library.load('one')).rejects.toThrow(/Mine: the run cannot be opened: .*state\.json: its bytes are not those/);
    });

    it('two saves of one run at once leave one of them as a whole', async () => {
      const save = (updates: number) => library.save(storedState({}, updates), { ...ABOUT, id: 'one' }, { 'n.bin': bytes(updates) });
      await Promise.all([1, 2, 3, 4, 5].map(save));
      const stored = await library.load('one');
      expect(await contents(stored)).toEqual({ 'n.bin': [stored.state.update] });
      expect(stored.record.update).toBe(stored.state.update);
      await save(6);
      expect(await under.folders()).toHaveLength(1);
    });

    it('exportRuns(ids) and importRuns(archive) carry runs over as a whole', async () => {
      const [one, two] = [storedState({ seed: 1 }), storedState({ seed: 2, credit: { rule: 'gigpo' } })];
      await library.save(one, { ...ABOUT, id: 'one', name: 'One', tags: ['a'], note: 'n' }, { 'policy.safetensors': bytes(1, 2) });
      await library.save(two, { ...ABOUT, id: 'two' });
      const archive = await library.exportRuns(['one', 'two']);
      const records = await library.list();

      expect((await library.importRuns(archive)).problems).toEqual([
        'One: it is in the library already; nothing was changed',
        'grpo, credit gigpo, seed 2: it is in the library already; nothing was changed',
      ]);
      await library.remove('one');
      expect(await library.importRuns(archive)).toMatchObject({ imported: [{ id: 'one', deleted: null }] });
      for (const id of ['one', 'two']) await library.remove(id);
      await library.purge(Date.UTC(2027, 0, 1));
      expect(await library.list()).toEqual([]);

      under.setTime(Date.UTC(2026, 5, 1));
      const { imported, problems } = await library.importRuns(archive);
      expect(problems).toEqual([]);
      expect([...imported].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...records].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect((await library.load('one')).state).toEqual(one);
      expect((await library.load('two')).state).toEqual(two);
      expect(await contents(await library.load('one'))).toEqual({ 'policy.safetensors': [1, 2] });

      await library.save(storedState({ seed: 1 }, 2), { ...ABOUT, id: 'one' });
      const again = await library.importRuns(archive);
      expect(again.imported).toMatchObject([{ name: 'One (imported)', update: 3 }]);
      expect(await library.load('one')).toMatchObject({ record: { name: 'One', update: 2 } });
      await expect(library.exportRuns(['three'])).rejects.toThrow(/got "three"/);
    });

    it('importRuns(archive) says what is wrong with a file, and changes nothing', async () => {
      await library.save(storedState(), { ...ABOUT, id: 'one' });
      const before = await library.list();
      const archive = await library.exportRuns(['one']);
      for (const [file, words] of [
        [new Blob(['no zip']), /expected a zip, got something else/],
        [new Blob([]), /expected a zip/],
        [archive.slice(0, archive.size - 40), /expected a zip|cannot be unpacked/],
      ] as const) {
        const report = await library.importRuns(file);
        expect(report.imported).toEqual([]);
        expect(report.problems).toEqual([expect.stringMatching(words)]);
      }
      expect(await library.list()).toEqual(before);
      expect(await under.folders()).toHaveLength(1);
    });
  });
}
