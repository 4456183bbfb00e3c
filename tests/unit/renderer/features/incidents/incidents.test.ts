import { describe, expect, it } from 'vitest';
import { draftAtPlace, draftFromAlarm } from '../../../../../renderer/features/incidents/draftIncident.ts';
import { nextSteps } from '../../../../../renderer/features/incidents/nextSteps.ts';
import { elapsedOf, sortIncidents } from '../../../../../renderer/features/incidents/sortIncidents.ts';
import { sortUnits } from '../../../../../renderer/features/incidents/unitChoices.ts';
import type { UnitChoice } from '../../../../../renderer/features/incidents/unitChoices.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
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

it('offers ordered units first, then free ones of a fitting kind by distance, and those off duty last', () => {
  const unit = (name: string, part: Partial<UnitChoice>): UnitChoice => ({
    index: 0,
    id: name,
    name,
    kind: 'police',
    status: 'available',
    distanceM: 100,
    isOrdered: false,
    ...part,
  });
  const sorted = sortUnits(
    [
      unit('off', { status: 'offDuty', distanceM: 1 }),
      unit('far', { distanceM: 900 }),
      unit('next door, but no police', { kind: 'waterCrew', distanceM: 1 }),
      unit('unknown', { distanceM: undefined }),
      unit('busy', { status: 'onScene', distanceM: 2 }),
      unit('near', {}),
      unit('ours', { status: 'enRoute', isOrdered: true, distanceM: 5000 }),
    ],
    'congestion',
  );
  expect(sorted.map(({ name }) => name)).toEqual([
    'ours',
    'near',
    'far',
    'unknown',
    'next door, but no police',
    'busy',
    'off',
  ]);
});
