import { expect, it } from 'vitest';
import { createDomains } from '../../../../../main/engine/domains/createDomains.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import { createHandlers } from '../../../../../main/engine/requests/createHandlers.ts';
import type { HandlerSources } from '../../../../../main/engine/requests/createHandlers.ts';
import { IncidentCommands } from '../../../../../main/engine/incidents/IncidentCommands.ts';
import { isSeatRequest } from '../../../../../main/engine/live/SessionSeat.ts';
import { isTimeRequest } from '../../../../../main/engine/live/SessionTime.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import type { Handlers } from '../../../../../main/engine/base/Handlers.ts';
import { requests } from '../../../../../shared/contract/contract.ts';
import type { RequestName } from '../../../../../shared/contract/contract.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';
import { person } from '../../../../support/people.ts';
import { quietDesk } from '../../../../support/quietIncidents.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const names = Object.keys(requests) as RequestName[];

/** The handlers over real commands on incidents; of what else they draw from only `more` is called here. */
function handlersOf(more: object = {}): Handlers {
  const log = new EventLog(memoryRecord(), () => 0);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => 0,
    timeZone: 'UTC',
    sendDispatch: () => undefined,
  });
  const county = smallCounty();
  const unused = {
    people: { accounts: {} },
    sharedLog: {},
    incidents: { incidentCommands, attachments: { keep: () => Promise.reject(new Error('nothing was put')) } },
  };
  return createHandlers({
    ...unused,
    county,
    domains: createDomains(county, createRegistry(county)),
    alarmDomains: [],
    incidentCommands,
    changed: () => undefined,
    ...more,
  } as unknown as HandlerSources);
}

it('has a handler for every request of the contract that is not answered by the session itself', () => {
  const asked = names.filter((name) => !isSeatRequest(name) && !isTimeRequest(name));
  expect(Object.keys(handlersOf()).sort()).toEqual(asked.sort());
});

it('carries every command on an incident to where it is looked up', async () => {
  const handlers = handlersOf() as Record<string, (input: unknown, author: unknown) => unknown>;
  const commands = names.filter((name) => name.startsWith('incident.') && name !== 'incident.open');
  expect(commands.length).toBeGreaterThan(30);
  for (const name of commands) {
    const answer = Promise.resolve().then(() => handlers[name]!({ incidentId: 'I-0' }, person('Ann')));
    await expect(answer, name).rejects.toMatchObject({ code: 'notFound', message: 'There is no incident I-0.' });
  }
});

it('opens and links nothing to an alarm that there is not', async () => {
  const handlers = handlersOf({ alarms: { get: () => undefined }, nowMs: () => 86_400_000 * 3 });
  const ann = person('Ann');
  const start = { type: 'crash' as const, priority: 2 as const, title: 'Crash', place: '' };
  const open = (alarmIds: string[]): Promise<{ incidentId: string }> =>
    Promise.resolve(handlers['incident.open']({ ...start, alarmIds }, ann));
  const refused = { code: 'refused', message: 'There is no alarm banana.' };
  await expect(open(['banana'])).rejects.toMatchObject(refused);
  const { incidentId } = await open([]);
  const link = (alarmId: string): Promise<unknown> =>
    Promise.resolve().then(() => handlers['incident.linkAlarm']({ incidentId, alarmId }, ann));
  await expect(link('banana')).rejects.toMatchObject(refused);
  // It ended two hours ago, while somebody was typing.
  const ended = `traffic.queue:link:L1:${(86_400_000 * 3 - 7_200_000).toString(36)}`;
  await expect(link(ended)).resolves.toEqual({});
});
