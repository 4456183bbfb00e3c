import { describe, expect, it } from 'vitest';
import { person } from '../../../../support/people.ts';
import { endAll, input, MINUTE, openCommands, present, START } from './openCommands.ts';

describe('IncidentCommands', () => {
  it('takes an incident from report to recovery with its milestones and who gave them', async () => {
    const { incidentCommands, sent, later, unit } = await openCommands();
    const id = await incidentCommands.open(person('Ann'), input, START - 2 * MINUTE);
    expect(id).toMatch(/^I-1123-001-/);
    await incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId: id });
    later(MINUTE);
    await incidentCommands.run(person('Ann'), 'incident.milestone', { incidentId: id, milestone: 'T2' });
    later(MINUTE);
    await incidentCommands.orderUnit(person('Ben'), { incidentId: id, unitId: 'E-3', order: 'go' });
    await incidentCommands.orderUnit(person('Ben'), { incidentId: id, unitId: 'P-1', order: 'go' });
    expect(sent[0]).toEqual({
      unitId: 'E-3',
      message: { at: START + 2 * MINUTE, incident: id, order: 'go', lon: -120.5, lat: 35.5 },
    });
    await unit('E-3', 'available');
    later(MINUTE);
    for (const name of ['E-3', 'P-1']) await unit(name, 'enRoute', { incidentId: id });
    later(5 * MINUTE);
    await unit('E-3', 'onScene', { incidentId: id });
    await unit('P-1', 'onScene', { incidentId: id });
    expect(present(incidentCommands, id)).toMatchObject({ status: 'onScene', unitIds: ['E-3', 'P-1'] });
    later(10 * MINUTE);
    await incidentCommands.run(person('Ben'), 'incident.milestone', {
      incidentId: id,
      milestone: 'T5',
      atMs: START + 15 * MINUTE,
    });
    await unit('E-3', 'returning');
    expect(present(incidentCommands, id).milestones.T6).toBeUndefined();
    later(MINUTE);
    await unit('P-1', 'available');
    await incidentCommands.run(person('Ben'), 'incident.resolve', { incidentId: id, outcome: 'Both cars towed' });
    const { milestones, status, outcome, unitIds, log } = present(incidentCommands, id);
    expect(milestones).toEqual({
      T1: { atMs: START - 2 * MINUTE, by: 'Ann', source: 'alarm' },
      T2: { atMs: START + MINUTE, by: 'Ann', source: 'operator' },
      T3: { atMs: START + 2 * MINUTE, by: 'Ben', source: 'order to E-3' },
      T4: { atMs: START + 8 * MINUTE, by: 'E-3', source: 'unit E-3' },
      T5: { atMs: START + 15 * MINUTE, by: 'Ben', source: 'operator' },
      T6: { atMs: START + 19 * MINUTE, by: 'P-1', source: 'unit P-1' },
    });
    expect([status, outcome, unitIds]).toEqual(['resolved', 'Both cars towed', []]);
    expect(log.map(({ text }) => text)).toContain('Service restored (T5), 3 min before this entry');
  });

  it('refuses what is not possible now, with the reason, and writes nothing', async () => {
    const { incidentCommands, entries } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId });
    await incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-3', order: 'go' });
    const other = await incidentCommands.open(person('Ann'), input);
    const before = entries.length;
    const refused = (message: RegExp) =>
      expect.objectContaining({ code: 'refused', message: expect.stringMatching(message) });
    await expect(
      incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId: 'I-0' }),
    ).rejects.toMatchObject({ code: 'notFound' });
    await expect(incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId })).rejects.toEqual(
      refused(/acknowledged already/),
    );
    await expect(incidentCommands.run(person('Ann'), 'incident.reopen', { incidentId, reason: 'x' })).rejects.toEqual(
      refused(/not resolved/),
    );
    await expect(
      incidentCommands.run(person('Ann'), 'incident.milestone', { incidentId, milestone: 'T2', atMs: START + 1 }),
    ).rejects.toEqual(refused(/future/));
    await expect(
      incidentCommands.run(person('Ann'), 'incident.milestone', { incidentId, milestone: 'T4', atMs: START - 1 }),
    ).rejects.toEqual(refused(/T4.*cannot be before.*T[13]/));
    await expect(
      incidentCommands.orderUnit(person('Ann'), { incidentId: other, unitId: 'E-3', order: 'go' }),
    ).rejects.toEqual(refused(/ordered to I-1123-001/));
    await expect(
      incidentCommands.orderUnit(person('Ann'), { incidentId: other, unitId: 'E-9', order: 'standDown' }),
    ).rejects.toEqual(refused(/not ordered/));
    expect(entries).toHaveLength(before);
  });

  it('diverts a unit by one entry: it leaves the one incident and gets the other, or neither', async () => {
    const { incidentCommands, entries, record, sent } = await openCommands();
    const [from, to, merged] = [
      await incidentCommands.open(person('Ann'), input),
      await incidentCommands.open(person('Ann'), input),
      await incidentCommands.open(person('Ann'), input),
    ];
    const unitsOf = (): string[][] => [from, to].map((id) => present(incidentCommands, id).unitIds);
    const divert = (divertFrom: string): Promise<unknown> =>
      incidentCommands.orderUnit(person('Ben'), { incidentId: to, unitId: 'E-3', order: 'go', divertFrom });
    await incidentCommands.orderUnit(person('Ann'), { incidentId: merged, unitId: 'E-3', order: 'go' });
    await incidentCommands.run(person('Ann'), 'incident.merge', {
      incidentId: merged,
      intoId: from,
      reason: 'The same',
    });
    await expect(divert(to)).rejects.toMatchObject({
      code: 'refused',
      message: `E-3 is ordered to ${from}. Divert it from there, or stand it down first.`,
    });
    record.failWith(new Error('disk full'));
    await expect(divert(from)).rejects.toMatchObject({ code: 'unavailable' });
    expect(unitsOf()).toEqual([['E-3'], []]);
    record.failWith(undefined);
    const [written, told] = [entries.length, sent.length];
    await divert(from);
    expect(unitsOf()).toEqual([[], ['E-3']]);
    expect(entries.slice(written).map(({ event }) => event)).toEqual([
      { kind: 'incident.unitOrdered', incidentId: to, unitId: 'E-3', order: 'go', fromId: merged },
    ]);
    expect(sent.slice(told).map(({ unitId, message: { incident, order } }) => [unitId, incident, order])).toEqual([
      ['E-3', merged, 'standDown'],
      ['E-3', to, 'go'],
    ]);
    expect(present(incidentCommands, from).log.at(-1)?.text).toBe(`E-3 diverted to ${to}`);
    // One that has become free meanwhile is ordered all the same.
    await incidentCommands.orderUnit(person('Ann'), { incidentId: to, unitId: 'E-3', order: 'standDown' });
    await divert(from);
    expect(entries.at(-1)?.event).toEqual({ kind: 'incident.unitOrdered', incidentId: to, unitId: 'E-3', order: 'go' });
  });

  it('changes nothing when the record cannot be written, and sends no order', async () => {
    const { incidentCommands, record, sent } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    const before = present(incidentCommands, incidentId);
    record.failWith(new Error('disk full'));
    await expect(
      incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-3', order: 'go' }),
    ).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('disk full') });
    expect(present(incidentCommands, incidentId)).toBe(before);
    expect(sent).toEqual([]);
    record.failWith(undefined);
    await incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId });
    expect(present(incidentCommands, incidentId).status).toBe('acknowledged');
  });

  it('stands everybody down when an incident is resolved, and still takes the time when they leave', async () => {
    const { incidentCommands, sent, later, unit } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-3', order: 'go' });
    await unit('E-3', 'onScene');
    await incidentCommands.run(person('Ann'), 'incident.resolve', {
      incidentId,
      outcome: 'Done',
      effects: endAll(incidentCommands, incidentId),
    });
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-3', message: { order: 'standDown' } });
    later(MINUTE);
    await unit('E-3', 'returning');
    expect(present(incidentCommands, incidentId)).toMatchObject({
      status: 'resolved',
      milestones: { T6: { atMs: START + MINUTE, source: 'unit E-3' } },
    });
  });

  it('ignores reports that are old, doubtful, ahead of time, of strangers, or nothing new', async () => {
    const { incidentCommands, entries, unit } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-3', order: 'go' });
    const before = entries.length;
    await unit('E-3', 'onScene', { atMs: START - 1 });
    await unit('E-3', 'onScene', { quality: 'suspect' });
    await unit('E-3', 'onScene', { atMs: START + 10 * MINUTE });
    await unit('E-9', 'onScene');
    await unit('E-3', 'onScene', { incidentId: 'other' });
    expect(entries).toHaveLength(before);
    await Promise.all([unit('E-3', 'onScene'), unit('E-3', 'onScene'), unit('E-3', 'onScene')]);
    expect(entries).toHaveLength(before + 1);
  });

  it('stands as before after a restart, and goes on counting', async () => {
    const first = await openCommands();
    const ids = await Promise.all([
      first.incidentCommands.open(person('Ann'), input),
      first.incidentCommands.open(person('Ben'), input),
    ]);
    await first.incidentCommands.run(person('Ann'), 'incident.note', { incidentId: ids[0], text: 'Two cars' });
    const second = await openCommands(first.entries);
    expect(second.incidentCommands.incidents()).toEqual(first.incidentCommands.incidents());
    expect([...ids, await second.incidentCommands.open(person('Cid'), input)]).toEqual(
      ['I-1123-001', 'I-1123-002', 'I-1123-003'].map((id) => expect.stringContaining(id)),
    );
  });

  it('tells listeners after each change, until they have had enough', async () => {
    const { incidentCommands } = await openCommands();
    const seen: string[] = [];
    const stop = incidentCommands.onChange((changed) => seen.push(...changed.map(({ status }) => status)));
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.run(person('Ann'), 'incident.acknowledge', { incidentId });
    stop();
    await incidentCommands.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Nothing found' });
    expect(seen).toEqual(['reported', 'acknowledged']);
  });

  it('hands over by offer and answer', async () => {
    const { incidentCommands } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    const offer = async (to: string) => {
      await incidentCommands.run(person('Ann'), 'incident.offerHandover', { incidentId, to });
      return present(incidentCommands, incidentId).handover!.offer;
    };
    const first = await offer('Ben');
    await expect(
      incidentCommands.run(person('Cid'), 'incident.answerHandover', { incidentId, offer: first, isAccepted: false }),
    ).rejects.toMatchObject({ message: 'It is offered to Ben.' });
    await incidentCommands.run(person('Ben'), 'incident.answerHandover', {
      incidentId,
      offer: first,
      isAccepted: false,
      reason: 'At another one',
    });
    await expect(
      incidentCommands.run(person('Ben'), 'incident.answerHandover', { incidentId, offer: first, isAccepted: true }),
    ).rejects.toMatchObject({ message: /no longer stands/ });
    await incidentCommands.run(person('Ben'), 'incident.answerHandover', {
      incidentId,
      offer: await offer('Ben'),
      isAccepted: true,
    });
    expect(present(incidentCommands, incidentId)).toMatchObject({ assignee: 'Ben' });
  });

  it('works on in the incident that others were merged into: units, ticks and closures of both', async () => {
    const { incidentCommands, sent, unit, later } = await openCommands();
    const [incidentId, second] = [
      await incidentCommands.open(person('Ann'), input),
      await incidentCommands.open(person('Ben'), { ...input, alarmIds: ['a2'] }),
    ];
    await incidentCommands.orderUnit(person('Ben'), { incidentId: second, unitId: 'E-2', order: 'go' });
    await incidentCommands.run(person('Ben'), 'incident.closeRoad', { incidentId: second, linkId: 'L1' });
    await incidentCommands.run(person('Ann'), 'incident.merge', {
      incidentId: second,
      intoId: incidentId,
      reason: 'One crash',
    });
    await expect(
      incidentCommands.run(person('Ben'), 'incident.milestone', { incidentId: second, milestone: 'T2' }),
    ).rejects.toMatchObject({ message: expect.stringContaining(`merged into ${incidentId}`) });
    await expect(
      incidentCommands.run(person('Ben'), 'incident.merge', { incidentId, intoId: second, reason: 'x' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('part of') });
    later(MINUTE);
    await unit('E-2', 'onScene', { incidentId: second });
    expect(present(incidentCommands, incidentId)).toMatchObject({
      status: 'onScene',
      unitIds: ['E-2'],
      alarmIds: ['a1', 'a2'],
      mergedFrom: [second],
    });
    await incidentCommands.run(person('Ann'), 'incident.openRoad', { incidentId, linkId: 'L1' });
    await incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-2', order: 'standDown' });
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-2', message: { incident: second, order: 'standDown' } });
    expect(present(incidentCommands, incidentId)).toMatchObject({ unitIds: [] });
    expect(present(incidentCommands, incidentId).closures ?? []).toEqual([]);
    await incidentCommands.run(person('Ann'), 'incident.unmerge', { incidentId: second, reason: 'Two crashes' });
    expect(incidentCommands.incidents().map(({ id, status }) => [id, status])).toEqual([
      [second, 'onScene'],
      [incidentId, 'reported'],
    ]);
  });

  it('splits off what belongs to another event, and sends its units there', async () => {
    const { incidentCommands, sent } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), { ...input, alarmIds: ['a1', 'a2'] });
    await incidentCommands.orderUnit(person('Ann'), { incidentId, unitId: 'E-2', order: 'go' });
    const part = {
      incidentId,
      type: 'debris',
      priority: 3,
      title: 'Debris',
      place: 'Mile 14',
      alarmIds: ['a2'],
      unitIds: ['E-2'],
    } as const;
    await expect(
      incidentCommands.split(person('Ann'), { ...part, alarmIds: ['a9'], unitIds: [] }),
    ).rejects.toMatchObject({ message: expect.stringContaining('a9 does not belong') });
    const newId = await incidentCommands.split(person('Ann'), { ...part, alarmIds: ['a2'], unitIds: ['E-2'] });
    expect(present(incidentCommands, incidentId)).toMatchObject({ alarmIds: ['a1'], unitIds: [] });
    expect(present(incidentCommands, newId)).toMatchObject({
      alarmIds: ['a2'],
      unitIds: ['E-2'],
      splitFrom: incidentId,
      type: 'debris',
    });
    expect(sent.at(-1)).toMatchObject({ unitId: 'E-2', message: { incident: newId, order: 'go' } });
  });

  it('is reviewed and closed by a supervisor, and opened again with a reason after five minutes', async () => {
    const { incidentCommands, later } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    const review = { incidentId, wentWell: 'Quick', toImprove: 'Tow late' };
    await expect(incidentCommands.run(person('Sue'), 'incident.review', review)).rejects.toMatchObject({
      message: expect.stringContaining('not resolved'),
    });
    await incidentCommands.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Done' });
    await incidentCommands.run(person('Ann'), 'incident.reopen', { incidentId, reason: '' });
    await incidentCommands.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Done' });
    later(6 * MINUTE);
    await expect(
      incidentCommands.run(person('Ann'), 'incident.reopen', { incidentId, reason: '' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('Say why') });
    await expect(incidentCommands.run(person('Sue'), 'incident.review', review)).rejects.toMatchObject({
      message: expect.stringContaining('T7'),
    });
    await incidentCommands.run(person('Sue'), 'incident.review', { ...review, withoutT7: 'Nobody looked' });
    await expect(
      incidentCommands.run(person('Ann'), 'incident.check', { incidentId, itemId: 'a', isDone: true }),
    ).rejects.toMatchObject({ message: expect.stringContaining('closed') });
    await expect(
      incidentCommands.run(person('Ann', 'dispatcher'), 'incident.reopen', { incidentId, reason: 'More' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('only a supervisor') });
    await incidentCommands.run(person('Sue'), 'incident.reopen', { incidentId, reason: 'Second car found' });
    expect(present(incidentCommands, incidentId).status).toBe('acknowledged');
  });

  it('takes the playbook of another type when the type is changed', async () => {
    const { incidentCommands } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.run(person('Ann'), 'incident.edit', { incidentId, type: 'debris', priority: 3 });
    expect(present(incidentCommands, incidentId)).toMatchObject({
      type: 'debris',
      priority: 3,
      playbook: { title: 'Test' },
    });
    await expect(
      incidentCommands.run(person('Ann'), 'incident.edit', { incidentId, priority: 3 }),
    ).rejects.toMatchObject({ message: 'Nothing is changed by this.' });
  });
});
