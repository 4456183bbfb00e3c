import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import { AlarmLoads } from '../../../../../main/engine/alarms/AlarmLoads.ts';
import { RaisedLog } from '../../../../../main/engine/alarms/RaisedLog.ts';
import { defaultPositions } from '../../../../../shared/alarms/positions.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const condition = (domain: Condition['domain'], id: string): Condition => ({
  rule: 'water.burst',
  domain,
  priority: 2,
  subject: { kind: 'zone', id },
  title: id,
  place: id,
  cause: '',
  consequence: '',
  action: '',
  evidence: [],
  onDelayMs: 0,
  offDelayMs: 0,
});

it('tells the load of each position by itself, a flood at one and silence at another, now and afterwards', async () => {
  const raised = await RaisedLog.open(join(temporaryFolder(), 'times.txt'), {
    fromMs: 0,
    nowMs: T0,
    onFault: (error) => expect.unreachable(String(error)),
  });
  const book = new ActiveAlarms([], T0);
  const loads = new AlarmLoads({ book, raised, positions: defaultPositions });
  const conditions = [
    ...Array.from({ length: 14 }, (_, at) => condition('water', `W${at}`)),
    condition('traffic', 'T'),
    condition('maintenance', 'M'),
  ];
  for (const [at] of conditions.entries()) {
    book.update(conditions.slice(0, at + 1), T0 + at * 10_000);
    raised.note(book.takeRaised());
  }
  const nowMs = T0 + 200_000;
  expect(loads.now(nowMs).loads).toMatchObject([
    { positionId: 'streets', last10Min: 1, isFlood: false, standing: 1 },
    {
      positionId: 'utilities',
      last10Min: 14,
      isFlood: true,
      floodSinceMs: T0 + 100_000,
      standing: 14,
      knownWindows: 1,
    },
    { positionId: 'systems', last10Min: 0, isFlood: false, standing: 0 },
  ]);
  expect(loads.busiest(nowMs)).toEqual({ last10Min: 14, lastHour: 14 });
  const shift = loads.between(T0, T0 + 8 * 3_600_000);
  expect(shift.get('utilities')).toMatchObject({ count: 14, floods: [{ fromMs: T0 + 100_000 }], busyWindows: 1 / 48 });
  expect(shift.get('systems')).toMatchObject({ count: 0 });
  await raised.settled();
});
