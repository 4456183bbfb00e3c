import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import { CountyLog, countyLogFile } from '../../../../../main/engine/reports/CountyLog.ts';
import { reportTasks } from '../../../../../main/engine/reports/reportTask.ts';
import { ShiftCommands } from '../../../../../main/engine/shifts/ShiftCommands.ts';
import { backUp } from '../../../../../main/engine/maintenance/backUp.ts';
import { restore } from '../../../../../main/engine/maintenance/restore.ts';
import { shiftDocumentSchema } from '../../../../../shared/shifts/shiftReport.ts';
import type { ShiftDocument } from '../../../../../shared/shifts/shiftReport.ts';
import { shiftState } from '../../../../../shared/shifts/shift.ts';
import { rollUpSchema } from '../../../../../shared/shifts/rollUp.ts';
import { fileRecord } from '../../../../support/fileRecord.ts';
import { person } from '../../../../support/people.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';
import { openTelemetryPair } from '../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { writeCounty } from '../../../../support/writeCounty.ts';

/** 06:00 in Chicago. */
const START = Date.UTC(2026, 5, 1, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A room with real files, at a time of its own. */
async function openRoom() {
  const folder = temporaryFolder();
  const [dataDir, countyDir] = [folder, join(folder, 'county')];
  await writeCounty(countyDir, smallCounty());
  const time = { nowMs: START };
  const record = fileRecord(dataDir, () => time.nowMs);
  const log = new EventLog(record, () => time.nowMs);
  const keepReport = async (shiftId: string) => (await reportTasks.keep({ dataDir, countyDir, shiftId }))!;
  const shifts = new ShiftCommands({ log, nowMs: () => time.nowMs, timeZone: 'America/Chicago', keepReport });
  await log.load();
  const write = async (kind: 'shift' | 'week' | 'month', id: string, format: 'pdf' | 'csv' | 'json') =>
    reportTasks.write({ dataDir, countyDir, kind, id, format, madeAtMs: time.nowMs });
  const document = async (id = 'latest'): Promise<ShiftDocument> =>
    shiftDocumentSchema.parse(JSON.parse(text((await write('shift', id, 'json'))!.bytes)));
  const countyLog = await CountyLog.open(join(dataDir, countyLogFile), START, (error) => {
    throw error instanceof Error ? error : new Error(String(error));
  });
  return { dataDir, time, log, shifts, write, document, countyLog, close: () => record.close() };
}

const [ann, dana, eve] = [person('Ann', 'operator'), person('Dana'), person('Eve')];

describe('the report of a shift', () => {
  it('writes itself from the log: times, positions, what is hidden, what is open and whose', async () => {
    const { time, log, shifts, document, countyLog, close } = await openRoom();
    const shiftId = await shifts.open(dana);
    const at = async (minutes: number, author: typeof ann, event: Parameters<EventLog['perform']>[1]) => {
      time.nowMs = START + minutes * MINUTE;
      await log.perform(author, event);
    };
    const incidentId = 'I-0601-001';
    await at(5, ann, { kind: 'position.taken', positionId: 'streets' });
    await at(10, ann, {
      kind: 'incident.opened',
      incidentId,
      type: 'crash',
      priority: 1,
      title: 'Two cars collided',
      place: 'Mile 41',
      alarmIds: [],
      lon: -93.5,
      lat: 44.5,
    });
    await at(12, ann, {
      kind: 'incident.milestone',
      incidentId,
      milestone: 'T2',
      atMs: START + 12 * MINUTE,
      source: 'person',
    });
    await at(20, ann, {
      kind: 'incident.milestone',
      incidentId,
      milestone: 'T4',
      atMs: START + 20 * MINUTE,
      source: 'person',
    });
    await at(40, ann, {
      kind: 'incident.milestone',
      incidentId,
      milestone: 'T5',
      atMs: START + 40 * MINUTE,
      source: 'person',
    });
    const alarm = {
      rule: 'traffic.detectorSilent',
      subject: { kind: 'detector' as const, id: 'D1' },
      raisedAtMs: START,
    };
    await at(50, ann, {
      kind: 'alarm.shelved',
      alarm,
      title: 'Detector D1 silent',
      place: 'Main Street',
      domain: 'traffic',
      priority: 3,
      mode: 'timed',
      untilMs: START + 6 * HOUR,
      reason: 'Contractor at work',
    });
    await at(60, ann, { kind: 'position.released', positionId: 'streets' });
    for (let minute = 0; minute <= 120; minute++)
      countyLog.noteFigures(
        [
          {
            id: 'waterInflow',
            label: 'Water',
            unit: 'm³/h',
            digits: 1,
            value: 40,
            present: 0.5,
            sources: [],
            isAbnormal: false,
            spark: [],
          },
        ],
        START + minute * MINUTE,
      );
    await countyLog.flush(START + 120 * MINUTE);
    time.nowMs = START + 2 * HOUR;
    await shifts.close(dana, shiftId);
    const { report } = await document();
    await close();

    expect(report).toMatchObject({
      shiftId: '2026-06-01-1',
      fromMs: START,
      toMs: START + 2 * HOUR,
      isClosed: true,
      blind: [],
    });
    expect(report.incidents).toMatchObject([
      { id: incidentId, responseMs: 8 * MINUTE, roadwayClearanceMs: 30 * MINUTE, isCarriedOver: false },
    ]);
    expect(report.incidents[0]?.incidentClearanceMs).toBeUndefined();
    expect(report.alarmLoad.find(({ positionId }) => positionId === 'streets')?.holders).toEqual([
      { name: 'Ann', fromMs: START + 5 * MINUTE, toMs: START + HOUR },
    ]);
    expect(report.hidden).toMatchObject([
      { title: 'Detector D1 silent', by: 'Ann', untilMs: START + 6 * HOUR, isStillSo: true },
    ]);
    expect(report.open).toContainEqual(expect.objectContaining({ kind: 'incident', id: incidentId }));
    expect(report.open.find(({ id }) => id === incidentId)?.owner).toBeUndefined();
    expect(report.open.filter(({ kind }) => kind === 'position').map(({ id }) => id)).toContain('streets');
    expect(report.persons).toMatchObject([
      { person: dana, entries: 2 },
      { person: ann, positions: ['Streets and transit'], entries: 7 },
    ]);
    expect(report.figures.find(({ id }) => id === 'waterInflow')).toMatchObject({ mean: 40, present: 0.5 });
    expect(report.figures.find(({ id }) => id === 'trafficDelay')).toMatchObject({ mean: null, present: 0 });
    expect(report.activities.map(({ text: line }) => line)).toContain(
      'Alarm shelved: Detector D1 silent. Contractor at work',
    );
  });

  it('is signed as it is, with the heads of the log; what is done afterwards changes neither it nor its hash', async () => {
    const { dataDir, time, log, shifts, document, write, close } = await openRoom();
    const shiftId = await shifts.open(dana);
    await expect(shifts.open(eve)).rejects.toThrow('opened by Dana');
    await expect(shifts.sign(dana, shiftId)).rejects.toThrow('not closed');
    time.nowMs = START + HOUR;
    await shifts.close(dana, shiftId);
    await shifts.comment(dana, shiftId, 'Quiet.');
    await shifts.sign(dana, shiftId);
    await expect(shifts.sign(dana, shiftId)).rejects.toThrow('signed by Dana already');
    await expect(shifts.comment(ann, shiftId, 'More.')).rejects.toThrow('would not be covered');
    const [signed] = shifts.newest();
    expect(signed?.signed).toMatchObject({ by: dana, heads: [{ sequence: 'ws-test.1', seq: 3 }] });
    time.nowMs = START + 2 * HOUR;
    const nextId = await shifts.takeOver(eve, shiftId);
    expect(nextId).toBe('2026-06-01-2');
    await log.perform(ann, {
      kind: 'incident.opened',
      incidentId: 'I-0601-001',
      type: 'leak',
      priority: 3,
      title: 'Leak',
      place: '',
      alarmIds: [],
    });
    const before = await document(shiftId);
    expect(before).toMatchObject({
      hash: signed?.signed?.reportHash,
      report: { comments: [{ text: 'Quiet.' }], incidents: [] },
      shift: { takenOver: { by: eve, nextShiftId: nextId } },
    });
    expect((await document()).report).toMatchObject({
      shiftId: nextId,
      fromMs: START + HOUR,
      isClosed: false,
      incidents: [{ id: 'I-0601-001' }],
    });
    expect(shifts.newest().map(shiftState)).toEqual(['open', 'takenOver']);

    const kept = join(dataDir, 'reports', readdirSync(join(dataDir, 'reports'))[0]!);
    writeFileSync(kept, JSON.stringify({ ...before.report, comments: [] }));
    const forged = await write('shift', shiftId, 'csv');
    await close();
    expect(forged?.warnings).toEqual([
      'The report that was signed is not at this workstation; this one was made anew, and is not the signed one.',
    ]);
    expect(text(forged!.bytes)).toContain('reportHash');
  });

  it('is not signed where it cannot be kept', async () => {
    const { dataDir, shifts, close } = await openRoom();
    const shiftId = await shifts.open(dana);
    await shifts.close(dana, shiftId);
    writeFileSync(join(dataDir, 'reports'), 'in the way');
    await expect(shifts.sign(dana, shiftId)).rejects.toThrow();
    expect(shifts.newest()[0]?.signed).toBeUndefined();
    await close();
  });

  it('is rolled up by weeks and months from what was signed, and names what no signed report covers', async () => {
    const { time, shifts, write, close } = await openRoom();
    expect(await write('week', 'latest', 'json')).toBeUndefined();
    let shiftId = await shifts.open(dana);
    for (const isSigned of [true, false, true]) {
      time.nowMs += 12 * HOUR;
      await shifts.close(dana, shiftId);
      if (isSigned) await shifts.sign(dana, shiftId);
      shiftId = await shifts.takeOver(eve, shiftId);
    }
    const week = rollUpSchema.parse(JSON.parse(text((await write('week', 'latest', 'json'))!.bytes)));
    const pdf = await write('month', '2026-06', 'pdf');
    const csv = text((await write('month', '2026-06', 'csv'))!.bytes);
    await close();
    expect(week).toMatchObject({
      id: '2026-W23',
      shifts: [{ shiftId: '2026-06-01-1', signedBy: 'Dana' }, { shiftId: '2026-06-02-1' }],
    });
    const midnight = Date.UTC(2026, 5, 1, 5);
    expect(week.missing).toEqual([
      { fromMs: midnight, toMs: START },
      { fromMs: START + 12 * HOUR, toMs: START + 24 * HOUR },
      { fromMs: START + 36 * HOUR, toMs: midnight + 7 * 24 * HOUR },
    ]);
    expect(pdf?.name).toBe('month-2026-06.pdf');
    expect(text(pdf!.bytes.slice(0, 5))).toBe('%PDF-');
    expect(csv).toContain('2026-06,shift,2026-06-01-1,2026-06-01-1,signedBy,Dana,,');
  });

  it('is in a backup and comes back with it, beside what was signed since', async () => {
    const { dataDir, shifts, document, close } = await openRoom();
    openTelemetryPair(dataDir, START).close();
    const first = await shifts.open(dana);
    await shifts.close(dana, first);
    await shifts.sign(dana, first);
    const backup = join(dataDir, 'backup');
    await backUp(dataDir, backup);
    const second = await shifts.takeOver(eve, first);
    await shifts.close(eve, second);
    await shifts.sign(eve, second);
    await close();
    rmSync(join(dataDir, 'reports', `${shifts.newest()[1]!.signed!.reportHash}.json`));
    restore(dataDir, backup, START);
    expect(readdirSync(join(dataDir, 'reports')).sort()).toEqual(
      shifts
        .newest()
        .map(({ signed }) => `${signed!.reportHash}.json`)
        .sort(),
    );
    expect((await document()).report.shiftId).toBe(first);
  });
});
