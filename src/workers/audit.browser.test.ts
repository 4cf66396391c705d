import { describe, expect, it } from 'vitest';
import { syntheticFile } from '../audit/testing/syntheticFile.ts';
import { auditReport, readRollouts } from '../tapo/index.ts';
import { unwrap } from './answer.ts';
import type { AuditProgress } from './audit.protocol.ts';
import { startAudit } from './clients.ts';

const LINES = 20_000; // 10⁵ are measured by `npm run soak -- audit`

describe('the audit worker', () => {
  it(`reads and credits ${LINES} lines made on the fly, and gives rows, a group and the corrected file`, async () => {
    const file = syntheticFile(LINES);
    const heard: AuditProgress[] = [];
    const { api, open, close } = startAudit();
    const { reading, summary } = await open(file, {}, (progress) => heard.push(progress));
    expect(reading).toMatchObject({ rollouts: LINES, groups: LINES / 8, problemCount: 0 });
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(['reading', 'crediting']));
    expect(heard.filter(({ kind }) => kind === 'reading').every(({ done, total }) => done <= total && total === file.size)).toBe(true);

    const { total, rows } = unwrap(await api.groups(100, 20, 'corrected', { name: 'q1', which: 'corrected' }));
    expect(total).toBeGreaterThan(500);
    expect(rows).toHaveLength(20);
    const group = unwrap(await api.group(rows[0]?.name ?? '', 0));
    expect(group.rollouts.flatMap(({ steps }) => steps).filter(({ reason }) => reason === 'transferred')).toHaveLength(rows[0]?.corrected ?? -1);

    const corrected = unwrap(await api.corrected());
    expect(corrected.size).toBeGreaterThan(file.size);
    const [line = ''] = (await corrected.slice(0, 5000).text()).split('\n');
    expect((JSON.parse(line) as { steps: object[] }).steps[0]).toMatchObject({ advantage: expect.any(Number), reason: expect.any(String) });
    expect(unwrap(await api.summary())).toEqual(summary);
    close();
  });

  it('has the numbers of npx tapo audit --json, and of two wishes grants the later', async () => {
    const file = syntheticFile(8000, { seed: 2 }); // so many that the later wish comes while the first is being granted
    const { api, open, close } = startAudit();
    const { summary } = await open(file, {}, () => {});
    const rollouts = readRollouts(await file.text());
    expect(summary?.failing.rates).toEqual(auditReport(rollouts).rates);
    const [first, second] = await Promise.all([api.recredit({ theta: 0.1 }), api.recredit({ theta: 0.9 })]);
    expect([first.kind === 'ok' || first.name, second.kind]).toEqual(['AbortError', 'ok']);
    expect(unwrap(second).failing.rates).toEqual(auditReport(rollouts, { theta: 0.9 }).rates);
    close();
  });

  it('tells what is wrong by name, and ends a reading that was stopped', async () => {
    const { api, open, close } = startAudit();
    await expect(open(new Blob(['a,b\n']), {}, () => {})).rejects.toMatchObject({
      name: 'AuditFileError',
      message: expect.stringContaining('none of the known formats'),
    });
    expect(await api.summary()).toMatchObject({ kind: 'error', message: expect.stringContaining('not credited') });
    const opening = open(syntheticFile(8000), {}, () => {});
    await api.stop();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    close();
  });

  it('unpacks gzip', async () => {
    const plain = syntheticFile(400);
    const packed = await new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).blob();
    const { open, close } = startAudit();
    expect((await open(packed, {}, () => {})).reading).toMatchObject({ rollouts: 400, format: 'rollouts' });
    close();
  });
});
