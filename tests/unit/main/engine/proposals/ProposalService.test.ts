import { expect, it } from 'vitest';
import { IncidentCommands } from '../../../../../main/engine/incidents/IncidentCommands.ts';
import { CountyPlaces } from '../../../../../main/engine/proposals/CountyPlaces.ts';
import { ProposalService } from '../../../../../main/engine/proposals/ProposalService.ts';
import type { IncidentWork } from '../../../../../main/engine/proposals/ProposalService.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import { foldRefusals } from '../../../../../shared/folds/foldRefusals.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { person } from '../../../../support/people.ts';
import { quietDesk } from '../../../../support/quietIncidents.ts';
import { queueAlarm } from '../../../../support/queueAlarm.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const ann = person('Ann', 'operator');

const queue = queueAlarm(NOW_MS);
const reportOf = (id: string, category: string): Alarm => ({
  ...queue,
  id,
  rule: 'citizen.report',
  domain: 'citizen',
  priority: 3,
  subject: { kind: 'report', id },
  title: `Citizen report: ${category}`,
  cause: 'Two cars',
  raisedAtMs: NOW_MS - 30_000,
});

/** A room with a queue and two reports of it; what is linked is linked in the alarms, as the alarm book does. */
async function room(entries: LogEntry[] = []) {
  let alarms: Alarm[] = [queue, reportOf('r1', 'crash'), reportOf('r2', 'traffic')];
  const log = new EventLog(memoryRecord(entries), () => NOW_MS);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => NOW_MS,
    timeZone: 'America/Chicago',
    sendDispatch: () => undefined,
  });
  const proposals = new ProposalService({
    log,
    places: new CountyPlaces(smallCounty()),
    units: 'us',
    nowMs: () => NOW_MS,
    alarms: () => alarms,
    incidents: () => incidentCommands.incidents(),
  });
  await log.load();
  const link = (ids: readonly string[], incidentId: string): void =>
    void (alarms = alarms.map((alarm) => (ids.includes(alarm.id) ? { ...alarm, incidentId } : alarm)));
  const work: IncidentWork = {
    open: async (author, input) => {
      const id = await incidentCommands.open(author, input);
      link(input.alarmIds, id);
      return id;
    },
    link: async (author, incidentId, alarmId) => {
      await incidentCommands.run(author, 'incident.linkAlarm', { incidentId, alarmId });
      link([alarmId], incidentId);
    },
    merge: () => Promise.reject(new Error('not here')),
  };
  proposals.refresh();
  return { proposals, incidentCommands, work, entries, add: (alarm: Alarm) => void alarms.push(alarm) };
}

it('opens one incident of all that is proposed, and proposes what comes later for the same', async () => {
  const { proposals, incidentCommands, work, add } = await room();
  const [first] = proposals.proposals();
  expect(first).toMatchObject({
    action: 'open',
    type: 'crash',
    priority: 2,
    alarms: [{ id: 'q' }, { id: 'r1' }, { id: 'r2' }],
  });
  const incidentId = await proposals.accept(ann, { proposalId: first?.id ?? '', alarmIds: ['q', 'r1', 'r2'] }, work);
  expect(incidentCommands.get(incidentId)).toMatchObject({
    title: 'Queue on Main Street',
    alarmIds: ['q', 'r1', 'r2'],
  });
  expect(proposals.proposals()).toEqual([]);
  add(reportOf('r3', 'traffic'));
  proposals.refresh();
  const [second] = proposals.proposals();
  expect(second).toMatchObject({ action: 'add', incidentIds: [incidentId] });
  await proposals.accept(ann, { proposalId: second?.id ?? '', alarmIds: ['r3'] }, work);
  expect(incidentCommands.get(incidentId)?.alarmIds).toEqual(['q', 'r1', 'r2', 'r3']);
});

it('opens only one incident when two people accept at once', async () => {
  const { proposals, incidentCommands, work } = await room();
  const answer = { proposalId: proposals.proposals()[0]?.id ?? '', alarmIds: ['q', 'r1', 'r2'] };
  const answers = await Promise.allSettled([
    proposals.accept(ann, answer, work),
    proposals.accept(person('Ben'), answer, work),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(incidentCommands.incidents()).toHaveLength(1);
});

it('keeps apart for ever what was left out, and tells the log so', async () => {
  const { proposals, work, entries } = await room();
  const incidentId = await proposals.accept(
    ann,
    { proposalId: proposals.proposals()[0]?.id ?? '', alarmIds: ['q', 'r1'] },
    work,
  );
  expect(proposals.proposals()).toEqual([]);
  expect(entries.slice(1).map(({ event }) => event)).toMatchObject([
    { kind: 'proposal.accepted', targetId: incidentId, alarms: [{ rule: 'traffic.queue' }, { subject: { id: 'r1' } }] },
    { kind: 'proposal.split', targetId: incidentId, kept: [{}, {}], apart: [{ subject: { id: 'r2' } }] },
  ]);
});

it('remembers a no with its reason across a restart, and whatever the order in which the log came', async () => {
  const first = await room();
  await first.proposals.refuse(ann, {
    proposalId: first.proposals.proposals()[0]?.id ?? '',
    reason: 'The reports are of last night',
  });
  expect(first.proposals.proposals()).toEqual([]);
  const again = await room(first.entries);
  expect(again.proposals.proposals()).toEqual([]);
  expect(foldRefusals(first.entries.toReversed())).toEqual(foldRefusals(first.entries));
  expect(foldRefusals(first.entries)).toMatchObject([{ by: 'Ann', reason: 'The reports are of last night' }]);
});

it('refuses an answer to what is no longer proposed, and one that names nothing', async () => {
  const { proposals, work } = await room();
  await expect(proposals.accept(ann, { proposalId: 'open:gone', alarmIds: ['q'] }, work)).rejects.toMatchObject({
    code: 'notFound',
  });
  await expect(
    proposals.accept(ann, { proposalId: proposals.proposals()[0]?.id ?? '', alarmIds: ['else'] }, work),
  ).rejects.toMatchObject({ code: 'badInput' });
});
