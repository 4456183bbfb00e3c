import { describe, expect, it } from 'vitest';
import { closedLinks, incidentNow, unitNow } from '../../../../../main/engine/dispatch/readSituation.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import { NOW_MS } from '../../../../support/dispatchScene.ts';

const MINUTE = 60_000;
const base: Incident = {
  id: 'I-1',
  type: 'leak',
  priority: 3,
  status: 'dispatched',
  title: 'Leak',
  place: 'Oak Street',
  lon: 1,
  lat: 2,
  alarmIds: [],
  unitIds: ['A', 'B'],
  openedAtMs: NOW_MS - 30 * MINUTE,
  changedAtMs: NOW_MS,
  milestones: {},
  log: [],
  engagements: [
    { unitId: 'A', state: 'ordered', atMs: NOW_MS - MINUTE },
    { unitId: 'B', state: 'enRoute', atMs: NOW_MS - MINUTE },
    { unitId: 'C', state: 'left', atMs: NOW_MS - 5 * MINUTE },
  ],
};
const playbook = (resources: NonNullable<Incident['playbook']>['resources']): Pick<Incident, 'playbook'> => ({
  playbook: { title: 'Leak', checkList: [], contacts: [], resources, notifications: [], serviceLevel: {} },
});
const unit = { id: 'C', kind: 'waterCrew' as const, name: 'C', baseLon: 0, baseLat: 0 };
const present = (id: string) => ({ unit: { ...unit, id }, lon: 0, lat: 0, report: undefined });

describe('what dispatch reads from the room', () => {
  it('is what the playbook asks for, and what is usual where it asks for nothing', () => {
    expect(incidentNow({ ...base, ...playbook([{ kind: 'waterCrew', count: 2 }]) }, NOW_MS).needs).toEqual([
      { kind: 'waterCrew', count: 2 },
    ]);
    for (const incident of [base, { ...base, ...playbook([]) }])
      expect(incidentNow(incident, NOW_MS).needs).toEqual([{ capability: 'waterRepair', count: 1 }]);
  });

  it('does not count on units that do not answer, and knows when one left', () => {
    expect(incidentNow(base, NOW_MS).engagements.map(({ unitId }) => unitId)).toEqual(['B']);
    expect(incidentNow(base, NOW_MS - 1000).engagements.map(({ unitId }) => unitId)).toEqual(['A', 'B']);
    expect([
      unitNow(present('A'), [base], NOW_MS).unansweredIncidentId,
      unitNow(present('C'), [base], NOW_MS).leftLastAtMs,
    ]).toEqual(['I-1', NOW_MS - 5 * MINUTE]);
    expect(unitNow(present('A'), [{ ...base, status: 'resolved' }], NOW_MS).unansweredIncidentId).toBeUndefined();
  });

  it('has the links closed that are so now, and whole', () => {
    const closed = { name: 'Oak Street', by: 'Ann', atMs: NOW_MS };
    const closures = [
      { ...closed, linkId: 'L1' },
      { ...closed, linkId: 'L2', lanes: 'right lane' },
      { ...closed, linkId: 'L3', untilMs: NOW_MS },
      { ...closed, linkId: 'L4', untilMs: NOW_MS + 1 },
    ];
    expect([...closedLinks([{ ...base, closures }], NOW_MS)]).toEqual(['L1', 'L4']);
    for (const over of [{ status: 'resolved' as const }, { mergedInto: 'I-2' }])
      expect(closedLinks([{ ...base, ...over, closures }], NOW_MS).size).toBe(0);
  });
});
