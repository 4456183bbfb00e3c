import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IncidentCommands } from '../../../main/engine/incidents/IncidentCommands.ts';
import { EventLog } from '../../../main/engine/log/EventLog.ts';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { openRecordStore } from '../../../main/engine/store/record/openRecordStore.ts';
import { builtEntry } from '../../support/startBuilt.ts';
import { person } from '../../support/people.ts';
import { quietDesk } from '../../support/quietIncidents.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const NOW = Date.UTC(2026, 10, 23, 20);
const workerPath = builtEntry('storeWorker');

async function openIncidents(folder: string) {
  const { store: record, notices } = await openRecordStore({
    file: join(folder, 'record.db'),
    signer: loadWorkstation(folder),
    workerPath,
    now: () => NOW,
  });
  const log = new EventLog(record, () => NOW);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => NOW,
    timeZone: 'America/Los_Angeles',
    sendDispatch: () => undefined,
  });
  await log.load();
  return { notices, record, incidentCommands };
}

it('incidents come back from the record as they were, and the chain holds', async () => {
  const folder = temporaryFolder();
  const first = await openIncidents(folder);
  const open = (title: string) =>
    first.incidentCommands.open(
      person('Ann'),
      { type: 'waterMain', priority: 2, title, place: 'Oak Street', alarmIds: ['w1'], lon: -120.5, lat: 35.5 },
      NOW - 60_000,
    );
  const ids = await Promise.all(['Main burst', 'Low pressure'].map(open));
  const [incidentId = ''] = ids;
  await Promise.all([
    first.incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId }),
    first.incidentCommands.run(person('Ben'), 'incident.assign', { incidentId, assignee: 'Ben', expected: null }),
    first.incidentCommands.run(person('Ben'), 'incident.note', { incidentId, text: 'Valve 12 “closed” – naïve ✓' }),
    first.incidentCommands.orderUnit(person('Ben'), { incidentId, unitId: 'W-1', order: 'go' }),
  ]);
  await first.incidentCommands.run(person('Ben'), 'incident.resolve', {
    incidentId,
    outcome: 'Repaired',
    effects: [{ kind: 'unit', id: 'W-1', fate: 'end' }],
  });
  await first.record.close();

  const second = await openIncidents(folder);
  expect(second.incidentCommands.incidents()).toEqual(first.incidentCommands.incidents());
  expect(second.incidentCommands.get(incidentId)).toMatchObject({
    status: 'resolved',
    assignee: 'Ben',
    outcome: 'Repaired',
  });
  expect(second.notices).toEqual([]);
  expect(
    new Set([
      ...ids,
      await second.incidentCommands.open(person('Cid'), {
        type: 'other',
        priority: 4,
        title: 'Next',
        place: '',
        alarmIds: [],
      }),
    ]).size,
  ).toBe(3);
  await second.record.close();
});
