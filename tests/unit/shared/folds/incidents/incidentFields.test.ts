import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldIncident } from '../../../../../shared/folds/incidents/foldIncidents.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { EntryWriter, entriesOf } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';

type Body<K extends RecordEvent['kind']> = Omit<Extract<RecordEvent, { kind: K }>, 'kind' | 'incidentId'>;

const about = { incidentId: 'I-1' };
const open: RecordEvent = {
  kind: 'incident.opened',
  ...about,
  type: 'crash',
  priority: 2,
  title: 'T',
  place: 'P',
  alarmIds: ['a'],
};
const event = <K extends RecordEvent['kind']>(kind: K, body: Body<K>): RecordEvent =>
  ({ kind, ...about, ...body }) as unknown as RecordEvent;
/** The incident after these events, the first of which has the id `ws-a.1:2` and is of second 1. */
const fold = (...events: RecordEvent[]): Incident => foldIncident('I-1', entriesOf([open, ...events]))!;
const lastLine = (incident: Incident): string | undefined => incident.log.at(-1)?.text;

describe('closures of a road', () => {
  const close = (linkId: string, more: Partial<Body<'incident.roadClosed'>> = {}): RecordEvent =>
    event('incident.roadClosed', { linkId, name: `Road ${linkId}`, ...more });
  const reopen = (linkId: string): RecordEvent => event('incident.roadOpened', { linkId, name: `Road ${linkId}` });

  it('stand with who closed what and until when, one per link', () => {
    const incident = fold(close('L1'), close('L2', { lanes: 'right lane' }), close('L1', { untilMs: 9000 }));
    expect(incident.closures).toEqual([
      { linkId: 'L2', name: 'Road L2', lanes: 'right lane', by: 'Ann', atMs: 2000 },
      { linkId: 'L1', name: 'Road L1', untilMs: 9000, by: 'Ann', atMs: 3000 },
    ]);
    expect(incident.log.map(({ text }) => text).slice(1)).toEqual([
      'Road L1 closed',
      'Road L2 closed: right lane',
      'Road L1 closed',
    ]);
  });

  it('end with the opening of their link alone', () => {
    expect(fold(close('L1'), close('L2'), reopen('L1')).closures).toMatchObject([{ linkId: 'L2' }]);
    const never = fold(reopen('L1'));
    expect([never.closures, lastLine(never)]).toEqual([[], 'Road L1 open again']);
  });

  it('are those that were closed after they were last opened, in any order of actions', () => {
    const action = fc.record({ isClosed: fc.boolean(), linkId: fc.constantFrom('L1', 'L2', 'L3') });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const incident = fold(...actions.map(({ isClosed, linkId }) => (isClosed ? close(linkId) : reopen(linkId))));
        const last = new Map(actions.map(({ linkId, isClosed }) => [linkId, isClosed]));
        const expected = [...last].flatMap(([linkId, isClosed]) => (isClosed ? [linkId] : [])).sort();
        expect((incident.closures ?? []).map(({ linkId }) => linkId).sort()).toEqual(expected);
      }),
    );
  });
});

describe('diversions and service alerts', () => {
  it('are replaced under the id that they began with, and ended by it', () => {
    const set = event('incident.diversionSet', { text: 'By Oak Street', linkIds: ['L1'] });
    const changed = event('incident.diversionSet', { replaces: 'ws-a.1:2', text: 'By Elm Street', linkIds: ['L2'] });
    const another = event('incident.diversionSet', { text: 'By Main Street', linkIds: [] });
    expect(fold(set, changed, another).diversions).toEqual([
      { id: 'ws-a.1:2', text: 'By Elm Street', linkIds: ['L2'], by: 'Ann', atMs: 2000 },
      { id: 'ws-a.1:4', text: 'By Main Street', linkIds: [], by: 'Ann', atMs: 3000 },
    ]);
    const ended = fold(set, changed, event('incident.diversionEnded', { diversionId: 'ws-a.1:2' }));
    expect([ended.diversions, lastLine(ended)]).toEqual([[], 'Diversion ended: By Elm Street']);
  });

  it('leave the others standing when one that is not there is ended', () => {
    const set = event('incident.alertSet', { text: 'Delays', routeIds: ['4', '5'] });
    const ended = fold(set, event('incident.alertEnded', { alertId: 'ws-a.1:9' }));
    expect(ended.alerts).toMatchObject([{ id: 'ws-a.1:2', routeIds: ['4', '5'] }]);
    expect(lastLine(ended)).toBe('Service alert ended: ');
  });

  it('say for which routes an alert is', () => {
    expect(lastLine(fold(event('incident.alertSet', { text: 'Delays', routeIds: ['4', '5'] })))).toBe(
      'Service alert for route 4, 5: Delays',
    );
    expect(lastLine(fold(event('incident.alertSet', { text: 'Delays', routeIds: [] })))).toBe(
      'Service alert for all routes: Delays',
    );
  });
});

describe('an outage', () => {
  it('is the last statement, and 0 means that all are restored', () => {
    const state = (customers: number): RecordEvent =>
      event('incident.outageStated', { customers, source: 'feeder F3' });
    const incident = fold(state(120), state(40));
    expect(incident.outage).toEqual({ customers: 40, source: 'feeder F3', by: 'Ann', atMs: 2000 });
    expect(lastLine(incident)).toBe('40 customers without service (feeder F3)');
    const restored = fold(state(40), state(0));
    expect([restored.outage?.customers, lastLine(restored)]).toEqual([0, 'All customers restored (feeder F3)']);
  });
});

describe('attachments', () => {
  const hash = 'f'.repeat(64);
  const attach = event('incident.attached', { hash, name: 'photo.png', mediaType: 'image/png', bytes: 5 });
  const withdraw = event('incident.attachmentWithdrawn', { hash, reason: 'Wrong place' });

  it('stay listed when they are withdrawn, with who and why', () => {
    const incident = fold(attach, withdraw);
    expect(incident.attachments).toMatchObject([
      { hash, name: 'photo.png', by: 'Ann', atMs: 1000, withdrawn: { reason: 'Wrong place', by: 'Ann', atMs: 2000 } },
    ]);
    expect(lastLine(incident)).toBe('photo.png withdrawn: Wrong place');
  });

  it('are there again, once, when they are attached again', () => {
    const [again, ...more] = fold(attach, withdraw, attach).attachments ?? [];
    expect([again?.hash, again?.atMs, more]).toEqual([hash, 3000, []]);
    expect(again).not.toHaveProperty('withdrawn');
  });

  it('that are not there are not made by their withdrawal', () => {
    const incident = fold(withdraw);
    expect(incident.attachments ?? []).toEqual([]);
    expect(lastLine(incident)).toBe('An attachment withdrawn: Wrong place');
  });
});

describe('the public message', () => {
  it('is the last one, with its state', () => {
    const set = (state: 'draft' | 'released' | 'withdrawn'): RecordEvent =>
      event('incident.publicMessageSet', { text: 'Boil water', state });
    const incident = fold(set('draft'), set('released'), set('withdrawn'));
    expect(incident.publicMessage).toEqual({ text: 'Boil water', state: 'withdrawn', by: 'Ann', atMs: 3000 });
    expect(incident.log.map(({ text }) => text).slice(1)).toEqual([
      'Public message drafted: Boil water',
      'Public message released: Boil water',
      'Public message withdrawn: Boil water',
    ]);
  });
});

describe('alarms of an incident', () => {
  const link = (alarmId: string): RecordEvent => event('incident.linked', { alarmId });
  const unlink = (alarmId: string): RecordEvent => event('incident.unlinked', { alarmId });

  it('are there once, and go one by one', () => {
    expect(fold(link('b'), link('a'), link('b')).alarmIds).toEqual(['a', 'b']);
    expect(fold(link('b'), unlink('a')).alarmIds).toEqual(['b']);
    expect(fold(unlink('nobody’s')).alarmIds).toEqual(['a']);
  });

  it('go with what is split off', () => {
    const split = event('incident.split', {
      newId: 'I-2',
      type: 'debris',
      priority: 3,
      title: 'Debris',
      place: 'Q',
      alarmIds: ['b'],
      engagements: [{ unitId: 'E-1', state: 'onScene', atMs: 1500 }],
    });
    const entries = entriesOf([
      open,
      link('b'),
      event('incident.unitOrdered', { unitId: 'E-1', order: 'go' }),
      event('incident.unitOrdered', { unitId: 'E-2', order: 'go' }),
      split,
    ]);
    expect(foldIncident('I-1', entries)).toMatchObject({ alarmIds: ['a'], unitIds: ['E-2'], splitInto: ['I-2'] });
    expect(foldIncident('I-2', entries)).toMatchObject({
      alarmIds: ['b'],
      unitIds: ['E-1'],
      splitFrom: 'I-1',
      title: 'Debris',
    });
  });
});

describe('kin', () => {
  it('is secondary until somebody says that it is not', () => {
    const secondary = event('incident.madeSecondary', { primaryId: 'I-9' });
    expect(fold(secondary).primaryId).toBe('I-9');
    const independent = fold(secondary, event('incident.madeIndependent', {}));
    expect(independent).not.toHaveProperty('primaryId');
    expect(lastLine(independent)).toBe('Not a secondary incident of I-9 after all');
  });

  it('is merged until it is taken out again', () => {
    const merged = event('incident.merged', { intoId: 'I-9', reason: 'Same crash' });
    expect(fold(merged).mergedInto).toBe('I-9');
    const apart = fold(merged, event('incident.unmerged', { reason: 'Another one' }));
    expect(apart).not.toHaveProperty('mergedInto');
    expect(lastLine(apart)).toBe('Taken out of I-9 again: Another one');
  });
});

describe('who has it', () => {
  const offer = event('incident.handoverOffered', { to: 'Ben', note: 'My shift ends' });
  const answer = (offerId: string, isAccepted: boolean, reason?: string): RecordEvent =>
    event('incident.handoverAnswered', {
      offer: offerId,
      to: 'Ben',
      isAccepted,
      ...(reason !== undefined && { reason }),
    });

  it('is who it was assigned to last, and an assignment ends what was offered', () => {
    const incident = fold(offer, event('incident.assigned', { assignee: 'Cid' }));
    expect(incident.assignee).toBe('Cid');
    expect(incident).not.toHaveProperty('handover');
  });

  it('keeps a later offer when an earlier one is answered or taken back', () => {
    const later = event('incident.handoverOffered', { to: 'Cid' });
    for (const old of [answer('ws-a.1:2', false, 'Busy'), event('incident.handoverWithdrawn', { offer: 'ws-a.1:2' })]) {
      const incident = fold(offer, later, old);
      expect(incident.handover).toMatchObject({ offer: 'ws-a.1:3', to: 'Cid' });
      expect(incident).not.toHaveProperty('assignee');
    }
  });

  it('says why an offer was declined', () => {
    expect(lastLine(fold(offer, answer('ws-a.1:2', false, 'Busy')))).toBe('Declined by Ben: Busy');
    expect(lastLine(fold(offer, answer('ws-a.1:2', false)))).toBe('Declined by Ben');
    expect(lastLine(fold(offer))).toBe('Offered to Ben: My shift ends');
  });

  it('is a conflict where one takes it over and another, who does not know, assigns it', () => {
    const [first, second] = [new EntryWriter('ws-a'), new EntryWriter('ws-b')];
    const opened = first.write(0, person('Ann'), open);
    const offered = first.write(1000, person('Ann'), offer);
    second.see(opened, offered);
    const taken = second.write(2000, person('Ben'), answer('ws-a.1:2', true));
    const assigned = first.write(3000, person('Ann'), event('incident.assigned', { assignee: 'Cid' }));
    const incident = foldIncident('I-1', [opened, offered, taken, assigned]);
    expect(incident).toMatchObject({
      assignee: 'Cid',
      conflicts: [
        {
          field: 'assignee',
          claims: [
            { by: 'Ben', value: 'Ben' },
            { by: 'Ann', value: 'Cid' },
          ],
        },
      ],
    });
    // Who knows of both settles it.
    first.see(taken);
    const settled = first.write(4000, person('Ann'), event('incident.assigned', { assignee: 'Ben' }));
    expect(foldIncident('I-1', [opened, offered, taken, assigned, settled])).not.toHaveProperty('conflicts');
  });
});

describe('what people said of one thing without knowing of each other', () => {
  /** Two events of two workstations that both know the opening alone. */
  const apart = (one: RecordEvent, other: RecordEvent): LogEntry[] => {
    const [first, second] = [new EntryWriter('ws-a'), new EntryWriter('ws-b')];
    const opened = first.write(0, person('Ann'), open);
    second.see(opened);
    return [opened, first.write(1000, person('Ann'), one), second.write(2000, person('Ben'), other)];
  };
  const conflictsOf = (one: RecordEvent, other: RecordEvent): string[] =>
    (foldIncident('I-1', apart(one, other))?.conflicts ?? []).map(({ field }) => field);
  const verified = (atMs: number): RecordEvent =>
    event('incident.milestone', { milestone: 'T2', atMs, source: 'operator' });
  const NOW_MS = Date.UTC(2026, 5, 1);

  it('is the same where their times are within a minute', () => {
    expect(conflictsOf(verified(NOW_MS), verified(NOW_MS + 60_000))).toEqual([]);
    expect(conflictsOf(verified(NOW_MS), verified(NOW_MS + 60_001))).toEqual(['T2']);
  });

  it('is the same where they say the same, and of different things no conflict', () => {
    const outage = (customers: number): RecordEvent => event('incident.outageStated', { customers, source: 'by hand' });
    expect(conflictsOf(outage(5), outage(5))).toEqual([]);
    expect(conflictsOf(outage(5), outage(6))).toEqual(['customers']);
    expect(conflictsOf(outage(5), verified(NOW_MS))).toEqual([]);
  });

  it('is a conflict where one resolves and the other reopens or merges differently', () => {
    const resolve = event('incident.resolved', { outcome: 'Done' });
    expect(conflictsOf(resolve, event('incident.reopened', { reason: 'Not yet' }))).toEqual(['end']);
    expect(
      conflictsOf(
        event('incident.merged', { intoId: 'I-2', reason: '' }),
        event('incident.merged', { intoId: 'I-3', reason: '' }),
      ),
    ).toEqual(['mergedInto']);
    expect(
      conflictsOf(event('incident.madeSecondary', { primaryId: 'I-2' }), event('incident.madeIndependent', {})),
    ).toEqual(['primaryId']);
  });
});

describe('tasks', () => {
  it('are ticked by who did it last, and taken back', () => {
    const tick = (isDone: boolean): RecordEvent =>
      event('incident.checked', { itemId: 'lanes', text: 'Lanes known', isDone });
    expect(fold(tick(true), tick(true)).checks).toEqual([{ itemId: 'lanes', by: 'Ann', atMs: 2000 }]);
    const undone = fold(tick(true), tick(false));
    expect([undone.checks, lastLine(undone)]).toEqual([[], 'Not done after all: Lanes known']);
  });

  it('keep every call to a contact', () => {
    const call = (outcome: 'reached' | 'message' | 'noAnswer', note?: string): RecordEvent =>
      event('incident.contactCalled', { contactId: 'tow', name: 'Tow', outcome, ...(note !== undefined && { note }) });
    const incident = fold(call('noAnswer'), call('reached', 'Comes in 10 min'));
    expect(incident.calls?.map(({ outcome }) => outcome)).toEqual(['noAnswer', 'reached']);
    expect(incident.log.map(({ text }) => text).slice(1)).toEqual([
      'Called Tow: no answer',
      'Called Tow: reached. Comes in 10 min',
    ]);
  });

  it('ask for one notification once, whoever asks again', () => {
    const ask = event('incident.notificationAsked', {
      notificationId: 'n',
      name: 'State',
      channel: 'email',
      to: 'a@b.c',
      subject: 'S',
      text: 'T',
    });
    const incident = fold(ask, ask);
    expect(incident.notifications).toMatchObject([{ id: 'n', state: 'asked', attempts: 0, askedAtMs: 1000 }]);
    expect(lastLine(incident)).toBe('State to be told by e-mail (asked already)');
  });

  it('say whether a notification that failed is tried again, or may have arrived', () => {
    const ask = event('incident.notificationAsked', {
      notificationId: 'n',
      name: 'State',
      channel: 'webhook',
      subject: 'S',
      text: 'T',
    });
    const failed = (more: { retryAtMs?: number; isUncertain: boolean }): RecordEvent =>
      event('incident.notificationFailed', { notificationId: 'n', attempt: 1, reason: 'Refused', ...more });
    const states = [{ isUncertain: false, retryAtMs: 9000 }, { isUncertain: false }, { isUncertain: true }].map(
      (more) => fold(ask, failed(more)).notifications?.[0]?.state,
    );
    expect(states).toEqual(['retrying', 'byHand', 'uncertain']);
    const begun = event('incident.notificationBegun', { notificationId: 'n', attempt: 2 });
    const [again] = fold(ask, failed({ isUncertain: false, retryAtMs: 9000 }), begun).notifications ?? [];
    expect(again).toMatchObject({ state: 'sending', attempts: 2, workstation: 'ws-a' });
    expect(again).not.toHaveProperty('reason');
  });
});
