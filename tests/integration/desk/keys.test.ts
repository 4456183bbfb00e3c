import { expect, it } from 'vitest';
import { SealError } from '../../../main/engine/people/sealBytes.ts';
import { sameLog, startRoom } from '../../support/startRoom.ts';
import { administrator } from '../../support/people.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';

const canOpen = ({ key }: RunningDesk, sealed: string): boolean => {
  try {
    return key.open(sealed, 'x') === 'secret';
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
};

it('renews the key of the desk when a workstation is put out, for all others and not for that one', async () => {
  const { desks } = await startRoom(3);
  const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
  const before = first.key.seal('secret', 'x');
  expect(desks.map((desk) => canOpen(desk, before))).toEqual([true, true, true]);
  await first.replication.revoke(administrator, third.id, 'It was stolen');
  await sameLog([first, second]);
  const after = [first, second].map(({ key }) => key.seal('secret', 'x'));
  // Whoever is put out can still listen, and gets what says so.
  await eventually(
    'The new key on the line',
    () => third.entries().some(({ event }) => event.kind === 'desk.keyRenewed') || undefined,
  );
  for (const sealed of after)
    expect([first, second, third].map((desk) => canOpen(desk, sealed))).toEqual([true, true, false]);
  expect([first, second].every((desk) => canOpen(desk, before))).toBe(true);
  expect(after.every((sealed) => sealed.split('.')[0] !== before.split('.')[0])).toBe(true);
});

it('is renewed by the leader where whoever put a workstation out did not come to it', async () => {
  const { desks } = await startRoom(3);
  const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
  const [before] = first.key.seal('secret', 'x').split('.');
  await first.log.perform(administrator, {
    kind: 'workstation.revoked',
    workstationId: third.id,
    reason: 'It was stolen',
    upTo: {},
  });
  await eventually(
    'A new key at both',
    () => [first, second].every(({ key }) => !key.seal('secret', 'x').startsWith(`${before!}.`)) || undefined,
  );
  await sameLog([first, second]);
  expect(canOpen(second, first.key.seal('secret', 'x'))).toBe(true);
  expect(canOpen(third, first.key.seal('secret', 'x'))).toBe(false);
});
