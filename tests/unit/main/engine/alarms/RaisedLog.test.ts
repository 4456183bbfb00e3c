import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RaisedLog } from '../../../../../main/engine/alarms/RaisedLog.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;

const alarm = (id: string, raisedAtMs: number, rest: Partial<Alarm> = {}): Alarm => ({
  id, rule: 'water.burst', domain: 'water', priority: 2, state: 'active', subject: { kind: 'zone', id: 'D03' }, title: 'Burst', place: '', cause: '', consequence: '', action: '', evidence: [],
  raisedAtMs, changedAtMs: raisedAtMs, ...rest,
});

const open = (file: string, nowMs: number, fromMs: number, standing: readonly Alarm[] = []): Promise<RaisedLog> =>
  RaisedLog.open(file, { fromMs, nowMs, standing, onFault: (error) => expect.unreachable(String(error)) });

describe('the log of raised alarms', () => {
  it('counts each operational alarm once, when it was raised', async () => {
    const log = await open(join(temporaryFolder(), 'times.txt'), T0, T0 - HOUR);
    log.note({ changed: [alarm('b', T0 + 2000), alarm('m', T0, { domain: 'maintenance' })], removed: [] });
    log.note({ changed: [alarm('b', T0 + 2000, { state: 'acknowledged' }), alarm('a', T0 + 1000, { priority: 1 })], removed: [] });
    expect(log.between(T0, T0 + HOUR)).toEqual([{ atMs: T0 + 1000, priority: 1 }, { atMs: T0 + 2000, priority: 2 }]);
    expect(log.between(T0, T0 + 2000)).toHaveLength(1);
    expect(log.sinceMs).toBe(T0);
    await log.settled();
  });

  it('outlives a restart and a line cut off, and forgets what is too old', async () => {
    const file = join(temporaryFolder(), 'times.txt');
    const first = await open(file, T0, T0 - HOUR);
    first.note({ changed: [alarm('a', T0), alarm('b', T0 + 2 * HOUR)], removed: [] });
    await first.settled();
    appendFileSync(file, '17724');
    const second = await open(file, T0 + 3 * HOUR, T0 + HOUR, [alarm('b', T0 + 2 * HOUR)]);
    second.note({ changed: [alarm('b', T0 + 2 * HOUR, { state: 'returned' })], removed: [] });
    await second.settled();
    expect(second.between(0, Number.POSITIVE_INFINITY)).toEqual([{ atMs: T0 + 2 * HOUR, priority: 2 }]);
    expect(second.sinceMs).toBe(T0 + HOUR);
    expect(readFileSync(file, 'utf8')).toBe(`since ${T0 + HOUR}\n${T0 + 2 * HOUR} 2\n`);
  });
});
