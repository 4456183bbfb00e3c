import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import { AlarmFile } from '../../../../../main/engine/alarms/AlarmFile.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { AlarmRoom } from './AlarmRoom.ts';

const noFault = (error: unknown): void => expect.unreachable(String(error));

describe('the file of alarms', () => {
  it('holds what stood last, however often it was asked to', async () => {
    const file = new AlarmFile(join(temporaryFolder(), 'alarms.json'), noFault);
    const room = new AlarmRoom();
    const burst = {
      rule: 'water.burst',
      domain: 'water',
      priority: 2,
      subject: { kind: 'zone', id: 'D03' },
      title: 'Burst',
      place: '',
      cause: '',
      consequence: '',
      action: '',
      evidence: [],
      onDelayMs: 0,
      offDelayMs: 0,
    } as const;
    for (let s = 0; s < 20; s++) {
      room.run([{ ...burst, title: `Burst ${s}`, evidence: [] }], s, s);
      file.save(() => room.book.all());
    }
    await file.settled();
    expect(file.load()).toEqual(room.book.all());
  });

  it('is read as nothing where it is broken, and reads what versions without positions wrote', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'alarms.json');
    const file = new AlarmFile(path, noFault);
    expect(file.load()).toEqual([]);
    writeFileSync(path, '[{"id":');
    expect(file.load()).toEqual([]);
    const old = {
      id: 'water.burst:D03:abc',
      rule: 'water.burst',
      domain: 'water',
      priority: 2,
      state: 'acknowledged',
      subject: { kind: 'zone', id: 'D03' },
      title: 'Burst',
      place: 'D03',
      cause: '',
      consequence: '',
      action: '',
      evidence: [],
      raisedAtMs: 1000,
      changedAtMs: 1000,
      acknowledgedAtMs: 2000,
      acknowledgedBy: 'Ann',
    };
    writeFileSync(path, JSON.stringify([old]));
    expect(new ActiveAlarms(file.load(), 5000).all()).toMatchObject([
      {
        id: 'water.burst:zone:D03:rs',
        state: 'acknowledged',
        acknowledgedBy: 'Ann',
        position: 'utilities',
        causeGroup: 'zone:D03',
        respondWithinMs: 900_000,
      },
    ]);
  });

  it('tells why it cannot be written, and leaves nothing half', async () => {
    const path = join(temporaryFolder(), 'alarms.json');
    mkdirSync(path);
    const told: unknown[] = [];
    const file = new AlarmFile(path, (error) => told.push(error));
    file.save(() => []);
    await file.settled();
    expect(told).toHaveLength(1);
    expect(existsSync(path)).toBe(true);
  });
});
