import { describe, expect, it } from 'vitest';
import { person } from '../../../../support/people.ts';
import { endAll, input, MINUTE, openCommands, present, START } from './openCommands.ts';

const ann = person('Ann');
const refused = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'refused', message: expect.stringMatching(message) as string });

/** An incident with everything open that one can have, and another one beside it. */
async function openBoth() {
  const room = await openCommands();
  const { incidentCommands } = room;
  const incidentId = await incidentCommands.open(ann, input);
  const other = await incidentCommands.open(ann, { ...input, title: 'Road works', alarmIds: [] });
  await incidentCommands.orderUnit(ann, { incidentId, unitId: 'E-3', order: 'go' });
  await incidentCommands.closeRoads(ann, { incidentId, linkIds: ['L1', 'L2'], untilMs: START + 60 * MINUTE });
  await incidentCommands.run(ann, 'incident.setDiversion', { incidentId, text: 'By Oak Street', linkIds: ['L3'] });
  await incidentCommands.run(ann, 'incident.setAlert', { incidentId, text: 'Delays', routeIds: ['4'] });
  await incidentCommands.run(ann, 'incident.stateOutage', { incidentId, customers: 17 });
  await incidentCommands.run(ann, 'incident.setPublicMessage', { incidentId, text: 'Avoid it', state: 'released' });
  return { ...room, incidentId, other };
}

describe('resolving an incident', () => {
  it('asks about everything that is open, and writes nothing before it is answered', async () => {
    const { incidentCommands, incidentId, entries } = await openBoth();
    const before = entries.length;
    const resolve = { incidentId, outcome: 'Towed' };
    await expect(incidentCommands.run(ann, 'incident.resolve', resolve)).rejects.toEqual(
      refused(/E-3; Road L1 closed; Road L2 closed; diversion: By Oak Street; service alert: Delays; 17 customers/),
    );
    const effects = endAll(incidentCommands, incidentId);
    await incidentCommands.run(ann, 'incident.closeRoad', { incidentId, linkId: 'L9' });
    // What a colleague has closed meanwhile was not seen, and so does not end unseen.
    await expect(incidentCommands.run(ann, 'incident.resolve', { ...resolve, effects })).rejects.toEqual(
      refused(/has open: Road L9 closed\.$/),
    );
    expect(entries).toHaveLength(before + 1);
  });

  it('ends what is to end, and stands the units down', async () => {
    const { incidentCommands, incidentId, sent } = await openBoth();
    const effects = endAll(incidentCommands, incidentId);
    await incidentCommands.run(ann, 'incident.resolve', { incidentId, outcome: 'Towed', effects });
    const { status, closures, diversions, alerts, outage, publicMessage, unitIds } = present(
      incidentCommands,
      incidentId,
    );
    expect({ status, closures, diversions, alerts, unitIds }).toEqual({
      status: 'resolved',
      closures: [],
      diversions: [],
      alerts: [],
      unitIds: [],
    });
    expect([outage?.customers, publicMessage?.state]).toEqual([0, 'withdrawn']);
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-3', message: { order: 'standDown' } });
  });

  it('hands on what is to go on, so that it is at one of the two at any time', async () => {
    const { incidentCommands, incidentId, other, sent, entries } = await openBoth();
    const effects = endAll(incidentCommands, incidentId).map((effect) => ({
      ...effect,
      fate: effect.kind === 'publicMessage' ? ('keep' as const) : ('handOn' as const),
    }));
    const resolve = { incidentId, outcome: 'Towed', effects };
    await expect(incidentCommands.run(ann, 'incident.resolve', resolve)).rejects.toEqual(refused(/which incident/));
    await expect(incidentCommands.run(ann, 'incident.resolve', { ...resolve, handOnTo: incidentId })).rejects.toEqual(
      refused(/to itself/),
    );
    const before = entries.length;
    await incidentCommands.run(ann, 'incident.resolve', { ...resolve, handOnTo: other });
    expect(present(incidentCommands, other)).toMatchObject({
      unitIds: ['E-3'],
      closures: [
        { linkId: 'L1', untilMs: START + 60 * MINUTE },
        { linkId: 'L2', untilMs: START + 60 * MINUTE },
      ],
      diversions: [{ text: 'By Oak Street', linkIds: ['L3'] }],
      alerts: [{ text: 'Delays', routeIds: ['4'] }],
      outage: { customers: 17 },
    });
    expect(present(incidentCommands, incidentId)).toMatchObject({
      status: 'resolved',
      closures: [],
      publicMessage: { state: 'released' },
    });
    const order = entries.slice(before).map(({ event }) => event.kind);
    expect(order.indexOf('incident.roadClosed')).toBeLessThan(order.indexOf('incident.roadOpened'));
    expect(order.at(-1)).toBe('incident.resolved');
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-3', message: { incident: other, order: 'go' } });
    expect(present(incidentCommands, incidentId).log.map(({ text }) => text)).toContain(
      `Road L1 stays closed, handed on to ${other}`,
    );
  });

  it('keeps nothing open without an open incident but a message to the public', async () => {
    const { incidentCommands, incidentId } = await openBoth();
    const effects = endAll(incidentCommands, incidentId).map((effect) => ({ ...effect, fate: 'keep' as const }));
    await expect(
      incidentCommands.run(ann, 'incident.resolve', { incidentId, outcome: 'Towed', effects }),
    ).rejects.toEqual(refused(/Only a message to the public/));
  });
});

describe('effects on the county', () => {
  it('name roads, routes and units that there are', async () => {
    const { incidentCommands, incidentId, entries } = await openBoth();
    const before = entries.length;
    const about = { incidentId, text: 'Delays' };
    const closing = incidentCommands.closeRoads(ann, { incidentId, linkIds: ['L7', 'banana'] });
    await expect(closing).rejects.toEqual(refused(/no link banana/));
    await expect(
      incidentCommands.run(ann, 'incident.setAlert', { ...about, routeIds: ['4', 'banana'] }),
    ).rejects.toEqual(refused(/no route banana/));
    await expect(incidentCommands.run(ann, 'incident.setDiversion', { ...about, linkIds: ['banana'] })).rejects.toEqual(
      refused(/no link banana/),
    );
    await expect(
      incidentCommands.run(ann, 'incident.setDiversion', { ...about, linkIds: [], replaces: 'banana' }),
    ).rejects.toEqual(refused(/no such diversion/));
    await expect(
      incidentCommands.run(ann, 'incident.setAlert', { ...about, routeIds: [], replaces: 'banana' }),
    ).rejects.toEqual(refused(/no such service alert/));
    await expect(incidentCommands.orderUnit(ann, { incidentId, unitId: 'X-1', order: 'go' })).rejects.toEqual(
      refused(/no unit X-1/),
    );
    expect(entries).toHaveLength(before);
  });

  it('end in the future, by the county’s clock', async () => {
    const { incidentCommands, incidentId, later } = await openBoth();
    later(5 * MINUTE);
    const close = (untilMs: number): Promise<unknown> =>
      incidentCommands.run(ann, 'incident.closeRoad', { incidentId, linkId: 'L5', untilMs });
    await expect(close(START + 5 * MINUTE)).rejects.toEqual(refused(/has passed already/));
    await expect(close(START + 400 * 1440 * MINUTE)).rejects.toEqual(refused(/more than a year/));
    await close(START + 6 * MINUTE);
    expect(present(incidentCommands, incidentId).closures).toHaveLength(3);
  });
});

describe('the time of a milestone', () => {
  it('can be given at any stage, is corrected with a reason, and withdrawn with one', async () => {
    const { incidentCommands, later } = await openCommands();
    const incidentId = await incidentCommands.open(ann, input);
    later(MINUTE);
    await incidentCommands.orderUnit(ann, { incidentId, unitId: 'E-3', order: 'go' });
    later(10 * MINUTE);
    const verified = { incidentId, milestone: 'T2' as const, atMs: START + 4 * MINUTE };
    await incidentCommands.run(ann, 'incident.milestone', verified);
    expect(present(incidentCommands, incidentId)).toMatchObject({
      status: 'dispatched',
      milestones: { T2: { atMs: START + 4 * MINUTE }, T3: { atMs: START + MINUTE } },
    });
    const ben = person('Ben');
    await expect(
      incidentCommands.run(ben, 'incident.milestone', { ...verified, atMs: START + 3 * MINUTE }),
    ).rejects.toEqual(refused(/Verified \(T2\) is known from Ann\. Say why/));
    const corrected = { ...verified, atMs: START + 3 * MINUTE, reason: 'The caller said so' };
    await incidentCommands.run(ben, 'incident.milestone', corrected);
    expect(present(incidentCommands, incidentId).milestones.T2).toMatchObject({ atMs: START + 3 * MINUTE, by: 'Ben' });
    expect(present(incidentCommands, incidentId).log.at(-1)?.text).toBe(
      'Verified (T2), 8 min before this entry; corrects what was given by Ann: The caller said so',
    );
    await incidentCommands.run(ann, 'incident.resolve', {
      incidentId,
      outcome: 'Towed',
      effects: endAll(incidentCommands, incidentId),
    });
    await incidentCommands.run(ann, 'incident.milestone', { incidentId, milestone: 'T5', atMs: START + 9 * MINUTE });
    await incidentCommands.run(ann, 'incident.withdrawMilestone', {
      incidentId,
      milestone: 'T2',
      reason: 'It was another crash',
    });
    expect(Object.keys(present(incidentCommands, incidentId).milestones).sort()).toEqual(['T1', 'T3', 'T5']);
  });
});
