import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { incidentConditions } from '../../../main/engine/incidents/incidentConditions.ts';
import { Notifier } from '../../../main/engine/incidents/notify/Notifier.ts';
import { NotificationSettingsFile } from '../../../main/engine/incidents/notify/settings.ts';
import { serviceClocks } from '../../../shared/incidents/serviceLevels.ts';
import { playbookSchema } from '../../../shared/incidents/playbook.ts';
import { person } from '../../support/people.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';
import { leaders, oneLeader, sameLog, startBroker, startRoom } from '../../support/startRoom.ts';
import { startWebSink } from '../../support/startSinks.ts';

const MINUTE_MS = 60_000;
const [ann, ben] = [person('Ann', 'dispatcher'), person('Ben', 'dispatcher')];
const playbook = playbookSchema.parse({
  title: 'Crash',
  serviceLevel: { verification: [5, 5, 5, 5], response: [12, 12, 12, 12], roadwayClearance: [60, 60, 60, 60] },
  notifications: ['opened', 'verified'].map((when) => ({
    id: when,
    name: `The state, when ${when}`,
    channel: 'webhook',
    to: 'state',
    when,
    subject: '{id}',
    text: '{title}',
  })),
});
const crash: Parameters<RunningDesk['incidents']['open']>[1] = {
  type: 'crash',
  priority: 2,
  title: 'Crash',
  place: 'Oak Street',
  alarmIds: [],
};

/** What tells the state of the incidents, as the engine of that workstation has it. */
function notifierOf(desk: RunningDesk, hook: string, nowMs: () => number): Notifier {
  const file = join(desk.folder, 'notifications.json');
  writeFileSync(file, JSON.stringify({ webhooks: { state: { url: hook } } }));
  return new Notifier({
    eventLog: desk.log,
    incidents: () => desk.incidents.working(),
    facts: (incident) => desk.incidents.facts(incident),
    settings: new NotificationSettingsFile(file),
    isLeader: desk.replication.isLeader,
    workstation: desk.id,
    nowMs,
    log: () => undefined,
  });
}

it('the broker is gone for an hour in the middle of three incidents: work goes on, timers tell the truth, and what is done by itself is done once', async () => {
  const startMs = Date.now();
  const clock = { nowMs: startMs };
  const nowMs = (): number => clock.nowMs;
  const { desks, broker } = await startRoom(2, [
    { nowMs, playbook },
    { nowMs, playbook },
  ]);
  const [first, second] = desks as [RunningDesk, RunningDesk];
  const sink = await startWebSink();
  const notifiers = desks.map((desk) => notifierOf(desk, sink.url, nowMs));
  /** What both engines do every second. */
  const tend = async (): Promise<void> => {
    for (const notifier of notifiers) {
      await notifier.tend();
      await notifier.settled();
    }
  };
  /** Until so many have been told, and every workstation knows it. */
  const told = (count: number): Promise<unknown> =>
    eventually(`${String(count)} who are told`, async () => {
      await tend();
      await sameLog(desks);
      return sink.posted.length >= count || undefined;
    });
  const atMinute = async (minute: number): Promise<void> => {
    clock.nowMs = startMs + minute * MINUTE_MS;
    await tend();
  };
  /** State and minutes of each timer that has begun, as that workstation shows it now. */
  const timers = (desk: RunningDesk, id: string): string[] =>
    serviceClocks(desk.incidents.get(id)!, clock.nowMs)
      .filter(({ state }) => state !== 'waiting')
      .map(({ measure, state, elapsedMs = 0 }) => `${measure} ${state} ${elapsedMs / MINUTE_MS}`);
  const alarms = (desk: RunningDesk): string[] =>
    incidentConditions(desk.incidents.incidents(), clock.nowMs)
      .map(({ title }) => title)
      .sort();

  const [a, b, c] = [
    await first.incidents.open(ann, crash, startMs),
    await second.incidents.open(ben, crash, startMs),
    await second.incidents.open(ben, crash, startMs),
  ] as const;
  await sameLog(desks);
  await oneLeader(desks);
  await told(3);
  await broker.dispose();
  await eventually('The loss', () => desks.every(({ replication }) => !replication.state().isConnected) || undefined);

  await atMinute(3);
  await first.incidents.run(ann, 'incident.milestone', { incidentId: a, milestone: 'T2' });
  expect([timers(first, a), timers(second, a)]).toEqual([
    ['verification met 3', 'response running 0', 'roadwayClearance running 3'],
    ['verification running 3', 'roadwayClearance running 3'],
  ]);
  await atMinute(10);
  await second.incidents.run(ben, 'incident.milestone', { incidentId: b, milestone: 'T2' });
  expect([timers(first, b), timers(second, b)]).toEqual([
    ['verification missed 10', 'roadwayClearance running 10'],
    ['verification late 10', 'response running 0', 'roadwayClearance running 10'],
  ]);
  await atMinute(14);
  await first.incidents.run(ann, 'incident.milestone', { incidentId: a, milestone: 'T4' });
  await second.incidents.run(ben, 'incident.note', { incidentId: c, text: 'Nobody has been there yet' });
  await first.incidents.run(ann, 'incident.note', { incidentId: c, text: 'Police asked' });
  await atMinute(50);
  expect(timers(second, b)).toEqual(['verification late 10', 'response missed 40', 'roadwayClearance warning 50']);
  await first.incidents.run(ann, 'incident.milestone', { incidentId: a, milestone: 'T5' });
  await first.incidents.run(ann, 'incident.resolve', { incidentId: a, outcome: 'Cleared' });
  expect(alarms(first)).toEqual([`${b}: Verification out of time`, `${c}: Verification out of time`]);
  await atMinute(61);
  expect(timers(second, a)).toEqual(['verification missed 61', 'roadwayClearance missed 61']);
  expect(leaders(desks)).toEqual([]);
  expect(sink.posted.length).toBe(3);

  await startBroker(broker.port);
  await sameLog(desks);
  await oneLeader(desks);
  for (const desk of desks) {
    for (const id of [a, b, c]) expect(desk.incidents.get(id)).toEqual(first.incidents.get(id));
    expect(timers(desk, a)).toEqual(['verification met 3', 'response met 11', 'roadwayClearance met 50']);
    expect(timers(desk, b)).toEqual(['verification late 10', 'response missed 51', 'roadwayClearance missed 61']);
    expect(desk.incidents.get(c)?.log.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Nobody has been there yet', 'Police asked']),
    );
    expect(alarms(desk)).toEqual([
      `${b}: Response, Roadway clearance out of time`,
      `${c}: Verification, Roadway clearance out of time`,
    ]);
  }
  await told(4);
  for (let again = 0; again < 3; again++) await tend();
  expect(sink.posted.map(({ headers }) => headers['idempotency-key']).sort()).toEqual(
    [...[a, b, c].map((id) => `${id}.opened`), `${b}.verified`].sort(),
  );
});
