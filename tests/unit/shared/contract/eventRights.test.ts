import { expect, it } from 'vitest';
import { requests } from '../../../../shared/contract/contract.ts';
import { eventRights, mayWrite } from '../../../../shared/contract/eventRights.ts';
import { may } from '../../../../shared/people/permissions.ts';
import { roles as accountRoles } from '../../../../shared/people/person.ts';
import type { ScreenRole } from '../../../../shared/people/person.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import { recordEventSchema } from '../../../../shared/record/recordEvent.ts';

/**
 * They prepare what another request writes down, change a workstation and not the log, or write as another command does
 * and need its role.
 */
const withoutOwn = [
  'attachment.put',
  'desk.backUp',
  'desk.join',
  'desk.reloadCounty',
  'desk.testRights',
  'display.forget',
  'display.reload',
  'incident.decide',
  'notification.test',
];
const roles: ScreenRole[] = ['display', ...accountRoles];
const kinds = recordEventSchema.options.map(({ shape }): RecordEvent['kind'] => shape.kind.value);

it('has a right for every event, and none for what is no event', () => {
  expect(Object.keys(eventRights).sort()).toEqual([...kinds].sort());
  for (const kind of kinds)
    expect(eventRights[kind].by.length > 0 || eventRights[kind].isOwn === true, kind).toBe(true);
});

it('agrees with the contract: each command writes an event of its own but for those named, and who may give it may write that', () => {
  const writers = new Set(Object.values(eventRights).flatMap(({ by }) => by));
  const commands = Object.entries(requests)
    .filter(([, { isCommand }]) => isCommand)
    .map(([name]) => name);
  expect(commands.filter((name) => !writers.has(name as never)).sort()).toEqual(withoutOwn);
  const writersOf = (kind: RecordEvent['kind']): string[] => roles.filter((role) => mayWrite(role, kind));
  for (const kind of kinds)
    for (const name of eventRights[kind].by)
      expect(writersOf(kind), `${name} writes ${kind}`).toEqual(
        expect.arrayContaining(roles.filter((role) => may(role, requests[name].needs))),
      );
  expect([writersOf('shift.signed'), writersOf('workstation.revoked'), writersOf('act.begun')]).toEqual([
    ['supervisor', 'administrator'],
    ['administrator'],
    [],
  ]);
});

it('lets no display write anything', () => {
  expect(kinds.filter((kind) => mayWrite('display', kind))).toEqual([]);
});
