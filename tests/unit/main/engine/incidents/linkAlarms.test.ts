import { describe, expect, it } from 'vitest';
import { ActiveAlarms } from '../../../../../main/engine/alarms/ActiveAlarms.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import { IncidentCommands } from '../../../../../main/engine/incidents/IncidentCommands.ts';
import { linkAlarms } from '../../../../../main/engine/incidents/linkAlarms.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { person } from '../../../../support/people.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';
import { quietDesk } from '../../../../support/quietIncidents.ts';

const START = Date.UTC(2026, 10, 23, 12);
const ann = person('Ann');
const queueOn = (link: string): Condition => ({
  rule: 'traffic.queue',
  domain: 'traffic',
  priority: 2,
  subject: { kind: 'link', id: link },
  title: `Queue on ${link}`,
  place: 'Mile 12',
  cause: 'Demand',
  consequence: 'Delay',
  action: 'Look',
  evidence: [],
  onDelayMs: 0,
  offDelayMs: 5000,
});

/** A workstation with two alarms, and the log and the alarms of its last run where it had one. */
async function startWorkstation(entries: LogEntry[] = [], saved: readonly Alarm[] = []) {
  const time = { nowMs: START };
  const log = new EventLog(memoryRecord(entries), () => time.nowMs);
  const incidents = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => time.nowMs,
    timeZone: 'UTC',
    sendDispatch: () => undefined,
  });
  await log.load();
  const alarms = new ActiveAlarms(saved, START);
  if (saved.length === 0) alarms.update([queueOn('L1'), queueOn('L2')], START);
  const [first = '', second = ''] = alarms.all().map(({ id }) => id);
  linkAlarms(incidents, alarms, () => time.nowMs);
  const open = (...alarmIds: string[]) => {
    time.nowMs += 1000;
    return incidents.open(ann, { type: 'congestion', priority: 2, title: 'Queue', place: 'Mile 12', alarmIds });
  };
  return { alarms, incidents, entries, log, first, second, open, owners: () => alarms.all().map((a) => a.incidentId) };
}

describe('an alarm belongs to the incident that people see it in', () => {
  it('when its own was merged, also after a note on the one that it was merged into', async () => {
    const { incidents, first, second, open, owners } = await startWorkstation();
    const [a, b] = [await open(first), await open(second)];
    expect(owners()).toEqual([a, b]);
    await incidents.run(ann, 'incident.merge', { incidentId: b, intoId: a, reason: 'The same queue' });
    expect(owners()).toEqual([a, a]);
    await incidents.run(ann, 'incident.note', { incidentId: a, text: 'Police on the way' });
    expect(owners()).toEqual([a, a]);
    await incidents.run(ann, 'incident.unmerge', { incidentId: b, reason: 'Two after all' });
    expect(owners()).toEqual([a, b]);
  });

  it('when it was merged at another workstation while this one did not run', async () => {
    const { alarms, incidents, entries, first, second, open, owners } = await startWorkstation();
    const [a, b] = [await open(first), await open(second)];
    const saved = alarms.all();
    await incidents.run(ann, 'incident.merge', { incidentId: b, intoId: a, reason: 'The same queue' });
    await incidents.run(ann, 'incident.unlinkAlarm', { incidentId: a, alarmId: first });
    expect((await startWorkstation(entries, saved)).owners()).toEqual([undefined, a]);
    expect(owners()).toEqual([undefined, a]);
  });

  it('when an older one with the same alarm is reviewed, and again when the newer one lets go of it', async () => {
    const { incidents, first, open, owners } = await startWorkstation();
    const older = await open(first);
    await incidents.run(ann, 'incident.resolve', { incidentId: older, outcome: 'Dissolved' });
    expect(owners()).toEqual([older, undefined]);
    const newer = await open(first);
    const words = { wentWell: 'All', toImprove: 'Nothing', withoutT7: 'Nobody looked' };
    await incidents.run(ann, 'incident.review', { incidentId: older, ...words });
    expect(owners()).toEqual([newer, undefined]);
    await incidents.run(ann, 'incident.unlinkAlarm', { incidentId: newer, alarmId: first });
    expect(owners()).toEqual([older, undefined]);
  });

  it('alike at a workstation that hears of the incidents in another order', async () => {
    const { incidents, entries, first, second, open, owners } = await startWorkstation();
    const [a, b, c] = [await open(first), await open(second), await open(first, second)];
    await incidents.run(ann, 'incident.merge', { incidentId: b, intoId: a, reason: 'The same queue' });
    await incidents.run(ann, 'incident.note', { incidentId: a, text: 'Police on the way' });
    expect(owners()).toEqual([c, c]);
    const elsewhere = await startWorkstation();
    const foreign = entries.map((entry) => ({ ...entry, sequence: 'ws-other.1' }));
    await elsewhere.log.merge(
      foreign.filter(({ event }) => 'incidentId' in event && event.incidentId === c),
      {},
    );
    await elsewhere.log.merge(
      foreign.filter(({ event }) => 'incidentId' in event && event.incidentId !== c),
      {},
    );
    expect(elsewhere.owners()).toEqual([c, c]);
  });
});
