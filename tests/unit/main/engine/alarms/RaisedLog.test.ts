import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RaisedLog } from '../../../../../main/engine/alarms/RaisedLog.ts';
import type { Raised } from '../../../../../shared/alarms/alarmLoad.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;

const call = (atMs: number, priority: Raised['priority'] = 2): Raised => ({
  atMs,
  priority,
  position: 'utilities',
  rule: 'water.burst',
  subject: { kind: 'zone', id: 'D 03' },
  title: 'Burst in “D 03”',
});
const open = (file: string, nowMs: number, fromMs: number): Promise<RaisedLog> =>
  RaisedLog.open(file, { fromMs, nowMs, onFault: (error) => expect.unreachable(String(error)) });

describe('the log of raised alarms', () => {
  it('gives the calls of a time, oldest first, whenever they became known', async () => {
    const log = await open(join(temporaryFolder(), 'times.txt'), T0, T0 - HOUR);
    log.note([call(T0 + 2000)]);
    log.note([call(T0 + 3000), call(T0 + 1000, 1)]);
    expect(log.between(T0, T0 + HOUR)).toEqual([call(T0 + 1000, 1), call(T0 + 2000), call(T0 + 3000)]);
    expect(log.between(T0 + 1001, T0 + 3000)).toEqual([call(T0 + 2000)]);
    expect(log.between(T0 + 3001, T0 + HOUR)).toEqual([]);
    expect(log.sinceMs).toBe(T0);
    await log.settled();
  });

  it('outlives a restart and a line cut off, and forgets what is too old', async () => {
    const file = join(temporaryFolder(), 'times.txt');
    const first = await open(file, T0, T0 - HOUR);
    first.note([call(T0), call(T0 + 2 * HOUR)]);
    await first.settled();
    appendFileSync(file, `${T0 + 2 * HOUR} 1 ["utilities","wat`);
    const second = await open(file, T0 + 3 * HOUR, T0 + HOUR);
    second.note([call(T0 + 3 * HOUR)]);
    await second.settled();
    expect(second.between(0, Number.POSITIVE_INFINITY)).toEqual([call(T0 + 2 * HOUR), call(T0 + 3 * HOUR)]);
    expect(second.sinceMs).toBe(T0 + HOUR);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  it('reads what versions without positions wrote, and keeps it', async () => {
    const file = join(temporaryFolder(), 'times.txt');
    writeFileSync(file, `since ${T0}\n${T0 + 1000} 2\n${T0 + 2000} 9\n\nx y\n`);
    for (const nowMs of [T0 + HOUR, T0 + 2 * HOUR]) {
      const log = await open(file, nowMs, T0);
      await log.settled();
      expect(log.between(T0, T0 + HOUR)).toEqual([{ atMs: T0 + 1000, priority: 2 }]);
      expect(log.sinceMs).toBe(T0);
    }
  });

  it('keeps a bounded number of calls, in memory and in its file', async () => {
    const file = join(temporaryFolder(), 'times.txt');
    const log = await open(file, T0, T0 - HOUR);
    for (let part = 0; part < 60; part++)
      log.note(Array.from({ length: 1000 }, (_, index) => call(T0 + part * 1000 + index)));
    await log.settled();
    const kept = log.between(0, Number.POSITIVE_INFINITY);
    expect(kept.length).toBeLessThan(55_000);
    expect(kept.at(-1)).toEqual(call(T0 + 59_999));
    expect(log.sinceMs).toBe(kept[0]?.atMs);
    expect(readFileSync(file, 'utf8').split('\n').length).toBe(kept.length + 2);
  });
});
