import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../../shared/incidents/allowedActions.ts';
import { foldIncident } from '../../../../shared/incidents/foldIncidents.ts';
import { incidentSchema } from '../../../../shared/incidents/incident.ts';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import { entriesOf } from '../../../support/logEntries.ts';

const incidentId = fc.constantFrom('I-1', 'I-2');
const unitId = fc.constantFrom('E-1', 'E-2', 'E-3');
const atMs = fc.integer({ min: 0, max: 100_000 });
const opened = incidentId.map((id): RecordEvent => ({ kind: 'incident.opened', incidentId: id, type: 'crash', priority: 2, title: 'T', place: 'P', alarmIds: [] }));
const anyEvent: fc.Arbitrary<RecordEvent> = fc.oneof(
  opened,
  fc.record({ kind: fc.constant('incident.acknowledged' as const), incidentId }),
  fc.record({ kind: fc.constant('incident.assigned' as const), incidentId, assignee: fc.constantFrom('Ann', 'Ben') }),
  fc.record({ kind: fc.constant('incident.noted' as const), incidentId, text: fc.string() }),
  fc.record({ kind: fc.constant('incident.milestone' as const), incidentId, milestone: fc.constantFrom('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'), atMs, source: fc.constantFrom('operator', 'unit E-1') }),
  fc.record({ kind: fc.constant('incident.unitOrdered' as const), incidentId, unitId, order: fc.constantFrom('go', 'standDown') }),
  fc.record({ kind: fc.constant('incident.unitReported' as const), incidentId, unitId, status: fc.constantFrom('available', 'dispatched', 'accepted', 'enRoute', 'onScene', 'returning', 'offDuty'), atMs }),
  fc.record({ kind: fc.constant('incident.linked' as const), incidentId, alarmId: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('incident.resolved' as const), incidentId, outcome: fc.string() }),
  fc.record({ kind: fc.constant('incident.reopened' as const), incidentId, reason: fc.string() }),
  fc.record({ kind: fc.constant('system.noted' as const), text: fc.string() }),
);
const anyRecord = fc.array(anyEvent, { maxLength: 60 }).map((events) => entriesOf(events));
const of = (entries: readonly LogEntry[], id: string): LogEntry[] => entries.filter(({ event }) => 'incidentId' in event && event.incidentId === id);

const open: RecordEvent = { kind: 'incident.opened', incidentId: 'I-1', type: 'crash', priority: 2, title: 'T', place: 'P', alarmIds: ['a', 'a'] };
const fold = (...events: RecordEvent[]) => foldIncident(entriesOf([open, ...events]));
const milestone = (name: 'T2' | 'T4' | 'T6', at: number, source = 'operator'): RecordEvent => ({ kind: 'incident.milestone', incidentId: 'I-1', milestone: name, atMs: at, source });

describe('foldIncident', () => {
  it('gives the same incident in whatever order and however often its entries come', () => {
    fc.assert(fc.property(anyRecord.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries], { minLength: 2 * entries.length }))), ([entries, mixed]) => {
      for (const id of ['I-1', 'I-2']) expect(foldIncident(of(mixed, id))).toEqual(foldIncident(of(entries, id)));
    }));
  });

  it('gives only incidents that the contract knows, without touching the entries', () => {
    fc.assert(fc.property(anyRecord, (entries) => {
      const before = structuredClone(entries);
      for (const incident of ['I-1', 'I-2'].flatMap((id) => foldIncident(of(entries, id)) ?? [])) {
        expect(incidentSchema.parse(incident)).toEqual(incident);
        expect(incident.status === 'resolved').toBe(incident.resolvedAtMs !== undefined);
        expect(allowedActions(incident).includes('reopen')).toBe(incident.status === 'resolved');
        expect(new Set(incident.log.map(({ id }) => id)).size).toBe(incident.log.length);
      }
      expect(entries).toEqual(before);
    }));
  });

  it('keeps the first time of a milestone unless a person corrects it', () => {
    expect(fold(milestone('T4', 500, 'unit E-1'), milestone('T4', 900, 'unit E-2'))?.milestones.T4).toMatchObject({ atMs: 500 });
    const corrected = fold(milestone('T4', 500, 'unit E-1'), milestone('T4', 400), milestone('T4', 900, 'unit E-2'));
    expect(corrected?.milestones.T4).toEqual({ atMs: 400, by: 'Ann', source: 'operator' });
    expect(corrected?.log.at(-2)?.text).toContain('corrects');
  });

  it('counts the last unit to leave, not the first', () => {
    const unit = (id: string, status: 'onScene' | 'returning', at: number): RecordEvent => ({ kind: 'incident.unitReported', incidentId: 'I-1', unitId: id, status, atMs: at });
    const go = (id: string): RecordEvent => ({ kind: 'incident.unitOrdered', incidentId: 'I-1', unitId: id, order: 'go' });
    const events = [go('E-1'), unit('E-1', 'onScene', 10), unit('E-1', 'returning', 20), go('E-2'), unit('E-2', 'onScene', 30), unit('E-2', 'returning', 40)];
    expect(fold(...events)?.milestones).toMatchObject({ T4: { atMs: 10, source: 'unit E-1' }, T6: { atMs: 40, source: 'unit E-2' } });
  });

  it('goes back to the state of its milestones when it is reopened', () => {
    const resolved: RecordEvent = { kind: 'incident.resolved', incidentId: 'I-1', outcome: 'Done' };
    const reopened: RecordEvent = { kind: 'incident.reopened', incidentId: 'I-1', reason: 'Again' };
    expect(fold(resolved, reopened)?.status).toBe('acknowledged');
    const incident = fold(milestone('T2', 1), resolved, reopened);
    expect(incident).toMatchObject({ status: 'verified', alarmIds: ['a'] });
    expect(incident).not.toHaveProperty('outcome');
  });
});
