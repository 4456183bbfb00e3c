import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { person } from '../../../../support/people.ts';
import { input, MINUTE, openCommands, present, START } from './openCommands.ts';

describe('what two people do to an incident at once', () => {
  it('gives one of two people who take an incident at once the incident, and tells the other who has it', async () => {
    const { incidentCommands } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    const take = (name: string) =>
      incidentCommands.run(person(name), 'incident.assign', { incidentId, assignee: name, expected: null });
    const [first, second] = await Promise.allSettled([take('Ann'), take('Ben')]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({
      status: 'rejected',
      reason: { code: 'refused', message: `Ann has ${incidentId} now.` },
    });
    expect(present(incidentCommands, incidentId)).toMatchObject({ assignee: 'Ann' });
    expect(present(incidentCommands, incidentId)).not.toHaveProperty('conflicts');
  });

  it('shows it when two workstations gave an incident to different people, until somebody decides', async () => {
    const { incidentCommands, entries, log } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.run(person('Ann'), 'incident.assign', { incidentId, assignee: 'Ann', expected: null });
    const elsewhere: LogEntry = {
      ...entries[0]!,
      sequence: 'ws-other.1',
      seq: 1,
      atMs: START + 500,
      author: person('Ben'),
      seen: { 'ws-test.1': 1 },
      event: { kind: 'incident.assigned', incidentId, assignee: 'Ben' },
    };
    await log.merge([elsewhere], {});
    expect(present(incidentCommands, incidentId)).toMatchObject({
      assignee: 'Ben',
      conflicts: [
        {
          field: 'assignee',
          claims: [
            { by: 'Ann', value: 'Ann' },
            { by: 'Ben', value: 'Ben', workstation: 'ws-other' },
          ],
        },
      ],
    });
    await incidentCommands.run(person('Cid'), 'incident.assign', { incidentId, assignee: 'Ben', expected: 'Ben' });
    expect(entries.at(-1)).toMatchObject({ event: { kind: 'incident.assigned', assignee: 'Ben' } });
  });

  const disputes = [
    {
      field: 'end',
      mine: { kind: 'incident.resolved', outcome: 'Towed' },
      theirs: { kind: 'incident.reopened', reason: '' },
      values: ['Towed', null],
      shows: [{ status: 'resolved', outcome: 'Towed' }, { status: 'acknowledged' }],
    },
    {
      field: 'mergedInto',
      mine: { kind: 'incident.merged', intoId: 'I-A', reason: '' },
      theirs: { kind: 'incident.merged', intoId: 'I-B', reason: '' },
      values: ['I-A', 'I-B'],
      shows: [{ mergedInto: 'I-A' }, { mergedInto: 'I-B' }],
    },
    {
      field: 'primaryId',
      mine: { kind: 'incident.madeSecondary', primaryId: 'I-A' },
      theirs: { kind: 'incident.madeIndependent' },
      values: ['I-A', null],
      shows: [{ primaryId: 'I-A' }, {}],
    },
    {
      field: 'priority',
      mine: { kind: 'incident.edited', priority: 2 },
      theirs: { kind: 'incident.edited', priority: 3 },
      values: [2, 3],
      shows: [{ priority: 2 }, { priority: 3 }],
    },
    {
      field: 'T2',
      mine: { kind: 'incident.milestone', milestone: 'T2', atMs: START + MINUTE, source: 'operator' },
      theirs: { kind: 'incident.milestone', milestone: 'T2', atMs: START + 5 * MINUTE, source: 'operator' },
      values: [START + MINUTE, START + 5 * MINUTE],
      shows: [{ milestones: { T2: { atMs: START + MINUTE } } }, { milestones: { T2: { atMs: START + 5 * MINUTE } } }],
    },
  ] as const;

  it.each(
    disputes.flatMap((dispute) =>
      dispute.values.map((value, index) => ({ ...dispute, value, shows: dispute.shows[index]! })),
    ),
  )('settles a conflict on $field for $value, in the log', async ({ field, mine, theirs, value, shows }) => {
    const { incidentCommands, log, later } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    const other = (id: string) => ({ kind: 'incident.opened' as const, incidentId: id, ...input, alarmIds: [] });
    for (const event of [other('I-A'), other('I-B'), { incidentId, ...mine } as RecordEvent])
      await log.perform(person('Ann'), event);
    const [last] = (await log.newest(1)) as [LogEntry];
    await log.merge(
      [
        {
          ...last,
          sequence: 'ws-other.1',
          seq: 1,
          tick: last.tick + 1,
          author: person('Ben'),
          seen: { 'ws-test.1': 1 },
          event: { incidentId, ...theirs },
        },
      ],
      {},
    );
    expect(present(incidentCommands, incidentId).conflicts).toMatchObject([
      { field, claims: [{ by: 'Ann' }, { by: 'Ben' }] },
    ]);
    later(10 * MINUTE);
    const lines = present(incidentCommands, incidentId).log.length;
    await incidentCommands.decide(person('Cid', 'supervisor'), { incidentId, field, value });
    expect(present(incidentCommands, incidentId)).not.toHaveProperty('conflicts');
    expect(present(incidentCommands, incidentId)).toMatchObject(shows);
    expect(present(incidentCommands, incidentId).log).toHaveLength(lines + 1);
    expect(present(incidentCommands, incidentId).log.at(-1)).toMatchObject({ actor: 'Cid' });
    await expect(
      incidentCommands.decide(person('Cid', 'supervisor'), { incidentId, field, value }),
    ).rejects.toMatchObject({ code: 'refused', message: `This is no longer disputed in ${incidentId}.` });
  });

  it('lets only those settle a conflict who may say such a thing', async () => {
    const { incidentCommands, entries, log } = await openCommands();
    const incidentId = await incidentCommands.open(person('Ann'), input);
    await incidentCommands.run(person('Ann'), 'incident.resolve', { incidentId, outcome: 'Towed' });
    await log.merge(
      [
        {
          ...entries[0]!,
          sequence: 'ws-other.1',
          seq: 1,
          author: person('Ben'),
          seen: { 'ws-test.1': 1 },
          event: { kind: 'incident.resolved', incidentId, outcome: 'Nothing found' },
        },
      ],
      {},
    );
    await expect(
      incidentCommands.decide(person('Cid', 'operator'), { incidentId, field: 'end', value: 'Towed' }),
    ).rejects.toMatchObject({ code: 'refused', message: 'This needs the role dispatcher; Cid is operator.' });
    expect(present(incidentCommands, incidentId).conflicts).toHaveLength(1);
  });
});
