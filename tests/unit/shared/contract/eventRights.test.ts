import { expect, it } from 'vitest';
import { requests } from '../../../../shared/contract/contract.ts';
import { isAtLeast } from '../../../../shared/people/person.ts';
import { eventRights, leastRoleFor } from '../../../../shared/contract/eventRights.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import { recordEventSchema } from '../../../../shared/record/recordEvent.ts';

/**
 * They prepare what another request writes down, change a workstation and not the log, or write as another command does
 * and need its role.
 */
const withoutOwn = ['attachment.put', 'desk.join', 'incident.decide'];
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
  for (const kind of kinds)
    for (const name of eventRights[kind].by)
      expect(isAtLeast(requests[name].role, leastRoleFor(kind)!), `${name} writes ${kind}`).toBe(true);
  expect([leastRoleFor('shift.signed'), leastRoleFor('workstation.revoked'), leastRoleFor('act.begun')]).toEqual([
    'supervisor',
    'administrator',
    undefined,
  ]);
});
