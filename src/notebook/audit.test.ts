import type { Remote } from 'comlink';
import { describe, expect, it } from 'vitest';
import { syntheticFile } from '../audit/testing/syntheticFile.ts';
import { auditReport, readRollouts } from '../tapo/index.ts';
import { unwrap } from '../workers/answer.ts';
import type { AuditApi } from '../workers/audit.protocol.ts';
import { createAuditApi } from '../workers/auditApi.ts';
import type { AuditClient } from '../workers/clients.ts';
import { createAudit } from './audit.ts';

/** The worker's work, done in this thread. */
function startHere(): AuditClient {
  const api = createAuditApi() as unknown as Remote<AuditApi>;
  return { api, open: async (file, options, onProgress) => unwrap(await api.open(file, options, onProgress as never)), close: () => {} };
}

const state = (audit: ReturnType<typeof createAudit>) => audit.getState();

describe('createAudit(start)', () => {
  it('opens a file: summary, rows with the most corrected groups first, and the first of them', async () => {
    const audit = createAudit(startHere);
    const file = syntheticFile(200);
    await audit.actions.open(file, 'mine.jsonl');
    const { stage, page, group, file: named } = state(audit);
    if (stage.kind !== 'open' || !page) throw new Error(JSON.stringify(stage));
    expect(named).toEqual({ name: 'mine.jsonl', title: 'mine.jsonl', bytes: file.size });
    expect(stage.reading).toMatchObject({ rollouts: 200, groups: 25, problemCount: 0 });
    expect(stage.summary.failing.rates).toEqual(auditReport(readRollouts(await file.text())).rates);
    expect(page.total).toBe(25);
    expect(page.rows.map(({ corrected }) => corrected)).toEqual(page.rows.map(({ corrected }) => corrected).toSorted((a, b) => b - a));
    expect(group?.name).toBe(page.rows[0]?.name);
  });
  it('sorts, filters, fetches the rows in view, and turns to another group', async () => {
    const audit = createAudit(startHere);
    await audit.actions.open(syntheticFile(8 * 330, { textBytes: 0 }), 'mine.jsonl');
    await audit.actions.sortBy('file');
    expect(state(audit).page?.rows[0]?.name).toBe('q0');
    await audit.actions.show(200, 220);
    expect(state(audit).page).toMatchObject({ from: 140, total: 330 });
    expect(state(audit).page?.rows[60]?.name).toBe('q200');
    await audit.actions.filterBy({ name: 'q29' });
    expect(state(audit).page?.rows.map(({ name }) => name)).toEqual(['q29', ...Array.from({ length: 10 }, (_, i) => `q29${i}`)]);
    audit.actions.chooseStep(['q0/0', 0]);
    await audit.actions.choose('q291');
    expect([state(audit).group?.name, state(audit).step]).toEqual(['q291', null]);
  });
  it('credits anew under other options; of several changes the last one counts', async () => {
    const audit = createAudit(startHere);
    const file = syntheticFile(1600, { textBytes: 0 });
    await audit.actions.open(file, 'mine.jsonl');
    await Promise.all([audit.actions.change({ theta: 0.2 }), audit.actions.change({ theta: 0.3 }), audit.actions.change({ beta: 1.5, clamp: false })]);
    const { stage, options, recrediting, fault } = state(audit);
    expect([options.theta, options.beta, options.clamp, recrediting, fault]).toEqual([0.3, 1.5, false, null, null]);
    if (stage.kind !== 'open') throw new Error(stage.kind);
    const { groups } = auditReport(readRollouts(await file.text()), options);
    const moved = groups.flatMap(({ rollouts }) => rollouts.flatMap(({ steps }) => steps)).filter(({ reason }) => reason === 'transferred');
    expect(stage.summary.corrected).toBe(moved.length);
  });
  it('asks what to do with bad lines, and goes on with the good ones', async () => {
    const audit = createAudit(startHere);
    const good = await syntheticFile(16).text();
    await audit.actions.open(new Blob([good, '{"group":"q"}\nnot json\n']), 'mine.jsonl');
    const { stage } = state(audit);
    expect(stage).toMatchObject({ kind: 'faulty', reading: { rollouts: 16, problemCount: 2, problems: [{ line: 17 }, { line: 18 }] } });
    await audit.actions.takeGoodLines();
    expect(state(audit).stage).toMatchObject({ kind: 'open', summary: { rollouts: 16 } });
    expect(state(audit).page?.total).toBe(2);
  });
  it('says what is wrong with a file, and opens the next one', async () => {
    const audit = createAudit(startHere);
    await audit.actions.open(new Blob(['a,b\n1,2\n']), 'table.csv');
    expect(state(audit).stage).toMatchObject({ kind: 'failed', message: expect.stringContaining('none of the known formats') });
    const first = audit.actions.open(syntheticFile(4000), 'first.jsonl');
    await Promise.all([first, audit.actions.open(syntheticFile(16), 'second.jsonl')]);
    expect([state(audit).file?.name, state(audit).stage]).toMatchObject(['second.jsonl', { kind: 'open', reading: { rollouts: 16 } }]);
  });
  it('gives the corrected file, and forgets everything when it is closed', async () => {
    const audit = createAudit(startHere);
    await audit.actions.open(syntheticFile(16), 'mine.jsonl');
    const lines = (await (await audit.actions.corrected())?.text())?.trim().split('\n') ?? [];
    expect(lines).toHaveLength(16);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ steps: expect.arrayContaining([expect.objectContaining({ reason: expect.any(String) })]) });
    audit.actions.close();
    expect(state(audit)).toMatchObject({ file: null, stage: { kind: 'empty' }, page: null, group: null });
    expect(await audit.actions.corrected()).toBeNull();
  });
});
