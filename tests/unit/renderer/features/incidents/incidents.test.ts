import { describe, expect, it } from 'vitest';
import { draftAtPlace, draftFromAlarm } from '../../../../../renderer/features/incidents/draftIncident.ts';
import { nextSteps } from '../../../../../renderer/features/incidents/nextSteps.ts';
import { elapsedOf, sortIncidents } from '../../../../../renderer/features/incidents/sortIncidents.ts';
import { sortUnits, withAdvice } from '../../../../../renderer/features/incidents/unitChoices.ts';
import type { UnitChoice } from '../../../../../renderer/features/incidents/unitChoices.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { Proposal } from '../../../../../shared/dispatch/recommendation.ts';
import { requests } from '../../../../../shared/contract/contract.ts';
import { incidentStatusSchema } from '../../../../../shared/incidents/incident.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';

const incident = (part: Partial<Incident>): Incident => ({
  id: 'I1',
  type: 'crash',
  priority: 2,
  status: 'reported',
  title: 'Crash',
  place: 'Main Street',
  alarmIds: [],
  unitIds: [],
  openedAtMs: 10_000,
  changedAtMs: 10_000,
  milestones: {},
  log: [],
  ...part,
});
const at = (atMs: number): { atMs: number; by: string; source: string } => ({ atMs, by: 'operator', source: 'screen' });

describe('sortIncidents', () => {
  it('queues by priority, then by the longest clock', () => {
    const { open, resolved } = sortIncidents([
      incident({ id: 'late' }),
      incident({ id: 'early', milestones: { T1: at(1000) } }),
      incident({ id: 'urgent', priority: 1 }),
      incident({ id: 'done', status: 'resolved', resolvedAtMs: 20_000 }),
      incident({ id: 'done later', status: 'resolved', resolvedAtMs: 30_000 }),
    ]);
    expect(open.map(({ id }) => id)).toEqual(['urgent', 'early', 'late']);
    expect(resolved.map(({ id }) => id)).toEqual(['done later', 'done']);
  });

  it('runs the clock from first awareness to the resolution', () => {
    expect(elapsedOf(incident({ milestones: { T1: at(4000) } }), 9000)).toBe(5000);
    expect(elapsedOf(incident({ resolvedAtMs: 12_000 }), 99_000)).toBe(2000);
  });
});

describe('nextSteps', () => {
  it('offers something in every status, and the acknowledgement first', () => {
    for (const status of incidentStatusSchema.options) expect(nextSteps({ status, milestones: {} })).not.toEqual([]);
    expect(nextSteps({ status: 'reported', milestones: {} })[0]).toBe('acknowledge');
  });

  it('offers no milestone twice and no end twice', () => {
    expect(nextSteps({ status: 'acknowledged', milestones: { T2: at(1) } })).toEqual(['resolve']);
    expect(nextSteps({ status: 'dispatched', milestones: { T3: at(1) } })).toContain('T2');
    expect(nextSteps({ status: 'resolved', milestones: { T6: at(1), T7: at(2) } })).toEqual(['reopen']);
  });
});

describe('drafts', () => {
  const alarm: Alarm = {
    id: 'A1',
    rule: 'traffic.crash',
    domain: 'traffic',
    priority: 1,
    state: 'active',
    subject: { kind: 'link', id: 'L1' },
    title: 'x'.repeat(300),
    place: 'Main Street',
    lon: -93,
    lat: 41,
    cause: '',
    consequence: '',
    action: '',
    evidence: [],
    position: 'streets',
    respondWithinMs: 0,
    causeGroup: 'link:L1',
    raisedAtMs: 0,
    changedAtMs: 0,
  };

  it('takes from the alarm what the contract accepts', () => {
    const draft = draftFromAlarm(alarm, []);
    expect(draft).toMatchObject({
      type: 'crash',
      priority: 1,
      alarmIds: ['A1'],
      subject: alarm.subject,
      lon: -93,
      lat: 41,
    });
    expect(requests['incident.open'].input.safeParse(draft).success).toBe(true);
  });

  it('takes the place from the map and leaves the title to the person', () => {
    expect(draftAtPlace(-93.123456, 41.5)).toMatchObject({ place: '41.50000, -93.12346', title: '' });
  });
});

describe('units for an incident', () => {
  const unit = (name: string, part: Partial<UnitChoice> = {}): UnitChoice => ({
    index: 0,
    id: name,
    name,
    kind: 'police',
    status: 'available',
    isOrdered: false,
    ...part,
  });
  const proposal = (unitId: string, etaS: number): Proposal => ({
    unitId,
    name: unitId,
    kind: 'police',
    need: 0,
    isFirst: true,
    etaS,
    distanceM: 100,
    reasons: [],
    against: [],
    route: [],
  });

  it('come in the order of the recommendation, after those that are ordered and before all others', () => {
    const advice = {
      // The one that is nearer as the crow flies takes longer by road.
      proposals: [proposal('behind the bridge', 300), proposal('across the river', 900)],
      others: [{ unitId: 'off', name: 'off', kind: 'police' as const, reason: 'off duty' }],
    };
    const units = [
      unit('off', { status: 'offDuty' }),
      unit('no police', { kind: 'waterCrew' }),
      unit('across the river'),
      unit('busy', { status: 'onScene' }),
      unit('free'),
      unit('behind the bridge', { status: 'returning' }),
      unit('ours', { status: 'enRoute', isOrdered: true }),
    ];
    const sorted = sortUnits(withAdvice(units, advice), 'congestion', advice);
    expect(sorted.map(({ name }) => name)).toEqual([
      'ours',
      'behind the bridge',
      'across the river',
      'free',
      'no police',
      'busy',
      'off',
    ]);
    expect([sorted[1]?.proposal?.etaS, sorted.at(-1)?.against]).toEqual([300, 'off duty']);
  });

  it('are sorted without a recommendation, too', () => {
    const sorted = sortUnits([unit('off', { status: 'offDuty' }), unit('10'), unit('9')], 'congestion');
    expect(sorted.map(({ name }) => name)).toEqual(['9', '10', 'off']);
  });
});
