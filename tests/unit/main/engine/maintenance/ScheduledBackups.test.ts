import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ScheduledBackups } from '../../../../../main/engine/maintenance/ScheduledBackups.ts';
import { gradeOf } from '../../../../../shared/alarms/alarmRules.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 5, 1, 12);

function scene(options: { keep?: number; passphrase?: string } = {}) {
  const folder = join(temporaryFolder(), 'backups');
  const life = { nowMs: START, fault: undefined as string | undefined, made: 0 };
  const backups = new ScheduledBackups({
    options: { folder, keep: 3, ...options },
    workstationId: 'ws-1',
    run: (target) => {
      if (life.fault !== undefined) return Promise.reject(new Error(life.fault));
      life.made++;
      mkdirSync(target);
      if (options.passphrase !== undefined) writeFileSync(join(target, 'secrets.json'), '{}');
      return Promise.resolve();
    },
    wallMs: () => life.nowMs,
    dayOf: (atMs) => Math.floor(atMs / DAY_MS),
    log: () => undefined,
  });
  return { backups, life, folder };
}

describe('backups by themselves', () => {
  it('are made once per day, and the oldest of this workstation go', async () => {
    const { backups, life, folder } = scene();
    mkdirSync(join(folder, 'beacon-ws-2-2020-01-01T00-00-00Z'), { recursive: true });
    mkdirSync(join(folder, 'beacon-ws-1-2026-05-31T00-00-00Z.unfinished'));
    mkdirSync(join(folder, 'photographs'));
    for (let hour = 0; hour < 120; hour++, life.nowMs += HOUR_MS) await backups.tend();
    expect(life.made).toBe(6);
    expect(readdirSync(folder).sort()).toEqual([
      'beacon-ws-1-2026-06-04T00-00-00Z',
      'beacon-ws-1-2026-06-05T00-00-00Z',
      'beacon-ws-1-2026-06-06T00-00-00Z',
      'beacon-ws-2-2020-01-01T00-00-00Z',
      'photographs',
    ]);
    expect(backups.state()).toMatchObject({ folder, keep: 3, isEncrypted: false, isRunning: false });
    expect(backups.state().backups[0]).toEqual({
      name: 'beacon-ws-1-2026-06-06T00-00-00Z',
      atMs: Date.UTC(2026, 5, 6),
      isEncrypted: false,
    });
  });

  it('that fail are tried again, say why, and raise an alarm after a day and a half until one is made', async () => {
    const { backups, life } = scene({ passphrase: 'a b c' });
    await backups.tend();
    expect(backups.state().backups).toMatchObject([{ isEncrypted: true }]);
    life.fault = 'The disk is full.';
    life.nowMs += 35 * HOUR_MS;
    await backups.tend();
    expect([backups.state().fault, backups.conditions()]).toEqual(['The disk is full.', []]);
    life.nowMs += HOUR_MS;
    const [condition] = backups.conditions();
    expect(condition).toMatchObject({
      rule: 'maintenance.backup',
      domain: 'maintenance',
      title: 'The last backup is old',
      cause: 'The disk is full.',
      evidence: [{ text: '2026-06-01 12:00' }],
    });
    expect(gradeOf('maintenance.backup', condition!.priority)).toBeDefined();
    life.fault = undefined;
    await backups.tend();
    expect([backups.state().fault, backups.conditions()]).toEqual([undefined, []]);
  });

  it('stay known while their folder cannot be read, as on a share that is away', async () => {
    const { backups, life, folder } = scene();
    await backups.tend();
    life.nowMs += 20 * HOUR_MS;
    // A file in the place of the folder is refused with another error than a missing folder.
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, '');
    await backups.refresh();
    expect(backups.state().backups).toHaveLength(1);
    rmSync(folder);
    await backups.refresh();
    expect(backups.state().backups).toEqual([]);
  });

  it('are not made, and raise no alarm, where no folder was given', async () => {
    const backups = new ScheduledBackups({
      options: undefined,
      workstationId: 'ws-1',
      run: () => Promise.resolve(),
      wallMs: () => START,
      dayOf: () => 0,
      log: () => undefined,
    });
    await backups.tend();
    expect([backups.state(), backups.conditions()]).toEqual([{ backups: [], isRunning: false, nowMs: START }, []]);
    await expect(backups.make()).rejects.toThrow('Start it with --backup-to DIR.');
  });
});
