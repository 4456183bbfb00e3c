import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../../../shared/incidents/allowedActions.ts';
import { foldIncident, incidentIdsOf } from '../../../../../shared/folds/incidents/foldIncidents.ts';
import { incidentSchema } from '../../../../../shared/incidents/incident.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import { kinOf, viewIncident } from '../../../../../shared/folds/incidents/viewIncidents.ts';
import { hasSeen, orderEntries } from '../../../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { recordEventSchema } from '../../../../../shared/record/recordEvent.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { anyIncidentEvent } from '../../../../support/anyIncidentEvent.ts';
import { entriesOf } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';
import { anyRoomHistory } from '../../../../support/roomHistory.ts';
import { tries } from '../../../../support/tries.ts';

const RUNS = tries('Histories of incidents', 1500, 10_000);
const ids = ['I-1', 'I-2', 'I-3'];
const anyHistory = anyRoomHistory(anyIncidentEvent, 60);

/** All incidents of a log as people see them. */
function room(entries: readonly LogEntry[]): Map<string, Incident> {
  const bases = new Map(
    ids.flatMap((id) => {
      const incident = foldIncident(
        id,
        entries.filter(({ event }) => incidentIdsOf(event).includes(id)),
      );
      return incident === undefined ? [] : [[id, incident] as const];
    }),
  );
  const kin = kinOf(bases);
  return new Map([...bases.keys()].map((id) => [id, viewIncident(id, bases, kin)!]));
}

const about = { incidentId: 'I-1' };
const open: RecordEvent = {
  kind: 'incident.opened',
  ...about,
  type: 'crash',
  priority: 2,
  title: 'T',
  place: 'P',
  alarmIds: ['a', 'a'],
};
const fold = (...events: RecordEvent[]) => foldIncident('I-1', entriesOf([open, ...events]));
const milestone = (name: 'T2' | 'T4' | 'T5' | 'T6' | 'T7', at: number, source = 'operator'): RecordEvent => ({
  kind: 'incident.milestone',
  ...about,
  milestone: name,
  atMs: at,
  source,
});
const ordered = (unitId: string, order: 'go' | 'standDown' = 'go'): RecordEvent => ({
  kind: 'incident.unitOrdered',
  ...about,
  unitId,
  order,
});
const reported = (unitId: string, status: 'onScene' | 'returning', at: number): RecordEvent => ({
  kind: 'incident.unitReported',
  ...about,
  unitId,
  status,
  atMs: at,
});

describe('foldIncident', () => {
  it('gives the same incidents in whatever order and however often entries of a room come', () => {
    fc.assert(
      fc.property(
        anyHistory.chain((entries) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray([...entries, ...entries], { minLength: 2 * entries.length }),
          ),
        ),
        ([entries, mixed]) => {
          expect(room(mixed)).toEqual(room(entries));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('gives only incidents that the contract knows, without touching the entries', () => {
    fc.assert(
      fc.property(anyHistory, (entries) => {
        const before = structuredClone(entries);
        for (const incident of room(entries).values()) {
          expect(incidentSchema.parse(incident)).toEqual(incident);
          expect(incident.status === 'resolved').toBe(incident.resolvedAtMs !== undefined);
          expect(allowedActions(incident).includes('reopen')).toBe(
            incident.status === 'resolved' && incident.mergedInto === undefined,
          );
          expect(new Set(incident.log.map(({ id, incidentId }) => `${incidentId ?? ''} ${id}`)).size).toBe(
            incident.log.length,
          );
        }
        expect(entries).toEqual(before);
        for (const { event } of entries) expect(recordEventSchema.parse(event)).toEqual(event);
      }),
      { numRuns: RUNS },
    );
  });

  it('loses no line: whatever is merged or split, each entry stands in the log of the incident that it is about', () => {
    fc.assert(
      fc.property(anyHistory, (entries) => {
        const incidents = room(entries);
        for (const [id, incident] of incidents) {
          const own = orderEntries(entries).filter(({ event }) => incidentIdsOf(event).includes(id));
          const opening = own.findIndex(
            ({ event }) =>
              (event.kind === 'incident.opened' && event.incidentId === id) ||
              (event.kind === 'incident.split' && event.newId === id),
          );
          const lines = new Set([...incidents.values()].flatMap(({ log }) => log.map((line) => line.id)));
          for (const { sequence, seq, event } of own.slice(opening)) {
            const isSecondOpening = event.kind === 'incident.opened' || event.kind === 'incident.split';
            if (!isSecondOpening) expect(lines).toContain(`${sequence}:${seq}`);
          }
          expect(incident.log.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('shows a conflict exactly where two people said different things without knowing of each other, until somebody who knows both decides', () => {
    const assigned: fc.Arbitrary<RecordEvent> = fc
      .constantFrom('Ann', 'Ben')
      .map((assignee) => ({ kind: 'incident.assigned', ...about, assignee }));
    fc.assert(
      fc.property(anyRoomHistory(assigned, 12), (later) => {
        const entries = [...entriesOf([open], { sequence: 'ws-z.1' }), ...later];
        const newest = later.filter((entry) => !later.some((other) => other !== entry && hasSeen(other, entry)));
        const said = new Set(newest.map(({ event }) => (event.kind === 'incident.assigned' ? event.assignee : '')));
        const incident = foldIncident('I-1', entries);
        expect(incident?.conflicts?.some(({ field }) => field === 'assignee') ?? false).toBe(said.size > 1);
        if (later.length > 0) expect(said).toContain(incident?.assignee);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps the first time of a milestone unless a person corrects it', () => {
    expect(fold(milestone('T4', 500, 'unit E-1'), milestone('T4', 900, 'unit E-2'))?.milestones.T4).toMatchObject({
      atMs: 500,
    });
    const corrected = fold(milestone('T4', 500, 'unit E-1'), milestone('T4', 400), milestone('T4', 900, 'unit E-2'));
    expect(corrected?.milestones.T4).toEqual({ atMs: 400, by: 'Ann', source: 'operator' });
    expect(corrected?.log.at(-2)?.text).toContain('corrects');
  });

  it('counts the last unit to leave, not the first', () => {
    const incident = fold(
      ordered('E-1'),
      reported('E-1', 'onScene', 10),
      reported('E-1', 'returning', 20),
      ordered('E-2'),
      reported('E-2', 'onScene', 30),
      reported('E-2', 'returning', 40),
    );
    expect(incident?.milestones).toMatchObject({
      T4: { atMs: 10, source: 'unit E-1' },
      T6: { atMs: 40, source: 'unit E-2' },
    });
    // Everybody is gone, and nobody has said that the lanes are open.
    expect(incident?.status).toBe('onScene');
  });

  it('is cleared when lanes are open and everybody has left, and recovered when all is normal again', () => {
    expect(fold(milestone('T4', 1), milestone('T6', 5))?.status).toBe('onScene');
    expect(fold(milestone('T4', 1), milestone('T6', 5), milestone('T5', 4))?.status).toBe('cleared');
    expect(fold(milestone('T5', 4), milestone('T6', 5), milestone('T7', 9))?.status).toBe('recovered');
  });

  it('takes a milestone back', () => {
    const incident = fold(milestone('T4', 1), {
      kind: 'incident.milestoneWithdrawn',
      ...about,
      milestone: 'T4',
      reason: 'Wrong incident',
    });
    expect(incident?.milestones).not.toHaveProperty('T4');
    expect(incident?.status).toBe('reported');
    expect(incident?.log.at(-1)?.text).toContain('taken back: Wrong incident');
  });

  it('goes back to the state of its milestones when it is reopened', () => {
    const resolved: RecordEvent = { kind: 'incident.resolved', ...about, outcome: 'Done' };
    const reviewed: RecordEvent = { kind: 'incident.reviewed', ...about, wentWell: 'All', toImprove: 'Nothing' };
    const reopened: RecordEvent = { kind: 'incident.reopened', ...about, reason: 'Again' };
    expect(fold(resolved, reopened)?.status).toBe('acknowledged');
    const incident = fold(milestone('T2', 1), resolved, reviewed, reopened);
    expect(incident).toMatchObject({ status: 'verified', alarmIds: ['a'] });
    for (const field of ['outcome', 'review', 'resolvedAtMs']) expect(incident).not.toHaveProperty(field);
  });

  it('hands over when the offer is accepted, and to nobody when it is declined or was taken back', () => {
    const offered: RecordEvent = { kind: 'incident.handoverOffered', ...about, to: 'Ben' };
    const answer = (isAccepted: boolean): RecordEvent => ({
      kind: 'incident.handoverAnswered',
      ...about,
      offer: 'ws-a.1:2',
      to: 'Ben',
      isAccepted,
    });
    expect(fold(offered)).toMatchObject({ handover: { offer: 'ws-a.1:2', to: 'Ben', by: 'Ann' } });
    expect(fold(offered, answer(true))).toMatchObject({ assignee: 'Ben' });
    for (const incident of [
      fold(offered, answer(true)),
      fold(offered, answer(false)),
      fold(offered, { kind: 'incident.handoverWithdrawn', ...about, offer: 'ws-a.1:2' }),
    ])
      expect(incident).not.toHaveProperty('handover');
    expect(fold(offered, answer(false))).not.toHaveProperty('assignee');
  });

  it('never shows as sent what a person told by hand, and never as open what arrived', () => {
    const note = { ...about, notificationId: 'n' };
    const asked: RecordEvent = {
      kind: 'incident.notificationAsked',
      ...note,
      name: 'Depot',
      channel: 'email',
      to: 'a@b.example',
      subject: 'S',
      text: 'T',
    };
    const begun: RecordEvent = { kind: 'incident.notificationBegun', ...note, attempt: 1 };
    const failed = (rest: { retryAtMs?: number; isUncertain: boolean }): RecordEvent => ({
      kind: 'incident.notificationFailed',
      ...note,
      attempt: 1,
      reason: 'Refused',
      ...rest,
    });
    const sent: RecordEvent = { kind: 'incident.notificationSent', ...note, attempt: 2, answer: '250 OK' };
    const state = (...events: RecordEvent[]) => fold(...events)?.notifications?.[0]?.state;
    expect(state(asked)).toBe('asked');
    expect(state({ ...asked, channel: 'hand' })).toBe('byHand');
    expect(state(asked, begun)).toBe('sending');
    expect(state(asked, begun, failed({ retryAtMs: 5, isUncertain: false }))).toBe('retrying');
    expect(state(asked, begun, failed({ isUncertain: false }))).toBe('byHand');
    expect(state(asked, begun, failed({ isUncertain: true }))).toBe('uncertain');
    expect(state(asked, begun, failed({ isUncertain: false }), { kind: 'incident.notificationDone', ...note })).toBe(
      'done',
    );
    expect(state(asked, begun, sent, failed({ isUncertain: false }))).toBe('sent');
  });
});

describe('viewIncident', () => {
  const second: RecordEvent = {
    kind: 'incident.opened',
    incidentId: 'I-2',
    type: 'crash',
    priority: 1,
    title: 'Same',
    place: 'Q',
    alarmIds: ['b'],
  };
  const merged: RecordEvent = { kind: 'incident.merged', incidentId: 'I-2', intoId: 'I-1', reason: 'One crash' };
  const events: RecordEvent[] = [
    open,
    second,
    { kind: 'incident.noted', incidentId: 'I-2', text: 'Two cars' },
    { kind: 'incident.unitOrdered', incidentId: 'I-2', unitId: 'E-2', order: 'go' },
    { kind: 'incident.milestone', incidentId: 'I-2', milestone: 'T2', atMs: 7, source: 'operator' },
    milestone('T2', 9),
    ordered('E-1'),
    merged,
  ];

  it('joins a merged incident without loss: log, alarms, units, and the times of both with their source', () => {
    const incidents = room(entriesOf(events));
    const whole = incidents.get('I-1')!;
    expect(whole).toMatchObject({
      mergedFrom: ['I-2'],
      alarmIds: ['a', 'b'],
      unitIds: ['E-1', 'E-2'],
      milestones: { T2: { atMs: 9 } },
    });
    expect(whole.otherMilestones).toContainEqual({
      milestone: 'T2',
      incidentId: 'I-2',
      atMs: 7,
      by: 'Ann',
      source: 'operator',
    });
    expect(whole.log.filter(({ incidentId }) => incidentId === 'I-2').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Opened: Same', 'Two cars', 'E-2 ordered to go']),
    );
    expect(whole.log.map(({ atMs }) => atMs)).toEqual(whole.log.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(incidents.get('I-2')).toMatchObject({
      status: 'resolved',
      mergedInto: 'I-1',
      unitIds: [],
      outcome: 'Merged into I-1',
    });
  });

  it('stands as before when the merger is undone', () => {
    const before = room(entriesOf(events.slice(0, -1)));
    const after = room(
      entriesOf([...events, { kind: 'incident.unmerged', incidentId: 'I-2', reason: 'Two crashes after all' }]),
    );
    expect(after.get('I-1')).toEqual(before.get('I-1'));
    const { log, changedAtMs: _changed, ...rest } = after.get('I-2')!;
    expect(rest).toMatchObject({ alarmIds: ['b'], unitIds: ['E-2'], status: 'dispatched' });
    expect(log.slice(0, -2)).toEqual(before.get('I-2')!.log);
  });

  it('does not lose two incidents that were merged into each other', () => {
    const other = entriesOf([{ kind: 'incident.merged', incidentId: 'I-1', intoId: 'I-2', reason: 'One crash' }], {
      sequence: 'ws-b.1',
      author: person('Ben'),
    });
    const incidents = room([...entriesOf(events), ...other]);
    expect([...incidents.values()].filter(({ status }) => status !== 'resolved').map(({ id }) => id)).toEqual(['I-2']);
    expect(incidents.get('I-2')?.mergedFrom).toEqual(['I-1']);
  });

  it('splits an incident: what goes is there once', () => {
    const split: RecordEvent = {
      kind: 'incident.split',
      ...about,
      newId: 'I-3',
      type: 'debris',
      priority: 3,
      title: 'Debris',
      place: 'P',
      alarmIds: ['a'],
      awareAtMs: 0,
      engagements: [{ unitId: 'E-1', state: 'ordered', atMs: 6000 }],
    };
    const incidents = room(entriesOf([open, ordered('E-1'), split]));
    expect(incidents.get('I-1')).toMatchObject({ alarmIds: [], unitIds: [], splitInto: ['I-3'] });
    expect(incidents.get('I-3')).toMatchObject({
      title: 'Debris',
      alarmIds: ['a'],
      unitIds: ['E-1'],
      splitFrom: 'I-1',
      milestones: { T1: { atMs: 0, source: 'split from I-1' } },
    });
  });

  it('names the secondary incidents of a primary one', () => {
    const incidents = room(
      entriesOf([open, second, { kind: 'incident.madeSecondary', incidentId: 'I-2', primaryId: 'I-1' }]),
    );
    expect(incidents.get('I-1')?.secondaryIds).toEqual(['I-2']);
    expect(incidents.get('I-2')?.primaryId).toBe('I-1');
  });
});
