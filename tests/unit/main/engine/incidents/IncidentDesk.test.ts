import { describe, expect, it } from 'vitest';
import { IncidentDesk } from '../../../../../main/engine/incidents/IncidentDesk.ts';
import { DeskLog } from '../../../../../main/engine/record/DeskLog.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { UnitReport, UnitStatus } from '../../../../../shared/values.ts';
import type { DispatchMessage } from '../../../../../shared/wire/topics.ts';
import { person } from '../../../../support/people.ts';
import { quietDesk } from '../../../../support/quietDesk.ts';
import { memoryRecord } from './memoryRecord.ts';

const START = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const crash = { type: 'crash', priority: 1, title: 'Crash on the freeway', place: 'Mile 12', lon: -120.5, lat: 35.5, alarmIds: ['a1'] } as const;
const input = { ...crash, alarmIds: [...crash.alarmIds] };

async function openDesk(entries: LogEntry[] = []) {
  const time = { nowMs: START };
  const sent: { unitId: string; message: DispatchMessage }[] = [];
  const record = memoryRecord(entries);
  const log = new DeskLog(record, () => time.nowMs);
  const desk = new IncidentDesk({ ...quietDesk, log, nowMs: () => time.nowMs, timeZone: 'America/Los_Angeles', sendDispatch: (unitId, message) => sent.push({ unitId, message }) });
  await log.load();
  const later = (ms: number) => (time.nowMs += ms);
  const unit = (unitId: string, status: UnitStatus, rest: Partial<UnitReport> = {}) => desk.applyUnit({ kind: 'unit', unitId, status, atMs: time.nowMs, quality: 'good', ...rest });
  return { desk, record, entries, sent, later, unit, time };
}

const present = (desk: IncidentDesk, id: string): Incident => {
  const incident = desk.get(id);
  if (incident === undefined) throw new Error(`no incident ${id}`);
  return incident;
};

describe('IncidentDesk', () => {
  it('takes an incident from report to recovery with its milestones and who gave them', async () => {
    const { desk, sent, later, unit } = await openDesk();
    const id = await desk.open(person('Ann'), input, START - 2 * MINUTE);
    expect(id).toMatch(/^I-1123-001-/);
    await desk.run(person('Ann'), 'incident.acknowledge', { incidentId: id });
    later(MINUTE);
    await desk.run(person('Ann'), 'incident.milestone', { incidentId: id, milestone: 'T2' });
    later(MINUTE);
    await desk.run(person('Ben'), 'incident.orderUnit', { incidentId: id, unitId: 'E-3', order: 'go' });
    await desk.run(person('Ben'), 'incident.orderUnit', { incidentId: id, unitId: 'P-1', order: 'go' });
    expect(sent[0]).toEqual({ unitId: 'E-3', message: { at: START + 2 * MINUTE, incident: id, order: 'go', lon: -120.5, lat: 35.5 } });
    await unit('E-3', 'available');
    later(MINUTE);
    for (const name of ['E-3', 'P-1']) await unit(name, 'enRoute', { incidentId: id });
    later(5 * MINUTE);
    await unit('E-3', 'onScene', { incidentId: id });
    await unit('P-1', 'onScene', { incidentId: id });
    expect(present(desk, id)).toMatchObject({ status: 'onScene', unitIds: ['E-3', 'P-1'] });
    later(10 * MINUTE);
    await desk.run(person('Ben'), 'incident.milestone', { incidentId: id, milestone: 'T5', atMs: START + 15 * MINUTE });
    await unit('E-3', 'returning');
    expect(present(desk, id).milestones.T6).toBeUndefined();
    later(MINUTE);
    await unit('P-1', 'available');
    await desk.run(person('Ben'), 'incident.resolve', { incidentId: id, outcome: 'Both cars towed' });
    const { milestones, status, outcome, unitIds, log } = present(desk, id);
    expect(milestones).toEqual({
      T1: { atMs: START - 2 * MINUTE, by: 'Ann', source: 'alarm' },
      T2: { atMs: START + MINUTE, by: 'Ann', source: 'operator' },
      T3: { atMs: START + 2 * MINUTE, by: 'Ben', source: 'order to E-3' },
      T4: { atMs: START + 8 * MINUTE, by: 'E-3', source: 'unit E-3' },
      T5: { atMs: START + 15 * MINUTE, by: 'Ben', source: 'operator' },
      T6: { atMs: START + 19 * MINUTE, by: 'P-1', source: 'unit P-1' },
    });
    expect([status, outcome, unitIds]).toEqual(['resolved', 'Both cars towed', []]);
    expect(log.map(({ text }) => text)).toContain('Service restored (T5), 3 min before this entry');
  });

  it('refuses what is not possible now, with the reason, and writes nothing', async () => {
    const { desk, entries } = await openDesk();
    const incidentId = await desk.open(person('Ann'), input);
    await desk.run(person('Ann'), 'incident.acknowledge', { incidentId });
    await desk.run(person('Ann'), 'incident.orderUnit', { incidentId, unitId: 'E-3', order: 'go' });
    const other = await desk.open(person('Ann'), input);
    const before = entries.length;
    const refused = (message: RegExp) => expect.objectContaining({ code: 'refused', message: expect.stringMatching(message) });
    await expect(desk.run(person('Ann'), 'incident.acknowledge', { incidentId: 'I-0' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(desk.run(person('Ann'), 'incident.acknowledge', { incidentId })).rejects.toEqual(refused(/acknowledged already/));
    await expect(desk.run(person('Ann'), 'incident.reopen', { incidentId, reason: 'x' })).rejects.toEqual(refused(/not resolved/));
    await expect(desk.run(person('Ann'), 'incident.milestone', { incidentId, milestone: 'T2', atMs: START + 1 })).rejects.toEqual(refused(/future/));
    await expect(desk.run(person('Ann'), 'incident.milestone', { incidentId, milestone: 'T4', atMs: START - 1 })).rejects.toEqual(refused(/T4.*cannot be before.*T[13]/));
    await expect(desk.run(person('Ann'), 'incident.orderUnit', { incidentId: other, unitId: 'E-3', order: 'go' })).rejects.toEqual(refused(/ordered to I-1123-001/));
    await expect(desk.run(person('Ann'), 'incident.orderUnit', { incidentId: other, unitId: 'E-9', order: 'standDown' })).rejects.toEqual(refused(/not ordered/));
    expect(entries).toHaveLength(before);
  });

  it('changes nothing when the record cannot be written, and sends no order', async () => {
    const { desk, record, sent } = await openDesk();
    const incidentId = await desk.open(person('Ann'), input);
    const before = present(desk, incidentId);
    record.failWith(new Error('disk full'));
    await expect(desk.run(person('Ann'), 'incident.orderUnit', { incidentId, unitId: 'E-3', order: 'go' })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('disk full') });
    expect(present(desk, incidentId)).toBe(before);
    expect(sent).toEqual([]);
    record.failWith(undefined);
    await desk.run(person('Ann'), 'incident.acknowledge', { incidentId });
    expect(present(desk, incidentId).status).toBe('acknowledged');
  });

  it('stands everybody down when an incident is resolved, and still takes the time when they leave', async () => {
    const { desk, sent, later, unit } = await openDesk();
    const incidentId = await desk.open(person('Ann'), input);
    await desk.run(person('Ann'), 'incident.orderUnit', { incidentId, unitId: 'E-3', order: 'go' });
    await unit('E-3', 'onScene');
    await desk.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Done' });
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-3', message: { order: 'standDown' } });
    later(MINUTE);
    await unit('E-3', 'returning');
    expect(present(desk, incidentId)).toMatchObject({ status: 'resolved', milestones: { T6: { atMs: START + MINUTE, source: 'unit E-3' } } });
  });

  it('ignores reports that are old, doubtful, ahead of time, of strangers, or nothing new', async () => {
    const { desk, entries, unit } = await openDesk();
    const incidentId = await desk.open(person('Ann'), input);
    await desk.run(person('Ann'), 'incident.orderUnit', { incidentId, unitId: 'E-3', order: 'go' });
    const before = entries.length;
    await unit('E-3', 'onScene', { atMs: START - 1 });
    await unit('E-3', 'onScene', { quality: 'suspect' });
    await unit('E-3', 'onScene', { atMs: START + 10 * MINUTE });
    await unit('E-9', 'onScene');
    await unit('E-3', 'onScene', { incidentId: 'other' });
    expect(entries).toHaveLength(before);
    await Promise.all([unit('E-3', 'onScene'), unit('E-3', 'onScene'), unit('E-3', 'onScene')]);
    expect(entries).toHaveLength(before + 1);
  });

  it('stands as before after a restart, and goes on counting', async () => {
    const first = await openDesk();
    const ids = await Promise.all([first.desk.open(person('Ann'), input), first.desk.open(person('Ben'), input)]);
    await first.desk.run(person('Ann'), 'incident.note', { incidentId: ids[0], text: 'Two cars' });
    const second = await openDesk(first.entries);
    expect(second.desk.incidents()).toEqual(first.desk.incidents());
    expect([...ids, await second.desk.open(person('Cid'), input)]).toEqual(['I-1123-001', 'I-1123-002', 'I-1123-003'].map((id) => expect.stringContaining(id)));
  });

  it('tells listeners after each change, until they have had enough', async () => {
    const { desk } = await openDesk();
    const seen: string[] = [];
    const stop = desk.onChange((changed) => seen.push(...changed.map(({ status }) => status)));
    const incidentId = await desk.open(person('Ann'), input);
    await desk.run(person('Ann'), 'incident.acknowledge', { incidentId });
    stop();
    await desk.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Nothing found' });
    expect(seen).toEqual(['reported', 'acknowledged']);
  });
});
