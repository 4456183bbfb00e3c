import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommend } from '../../../../../main/engine/dispatch/recommend.ts';
import { RoadNetwork } from '../../../../../main/engine/routing/RoadNetwork.ts';
import type { IncidentNow, Situation } from '../../../../../main/engine/dispatch/situation.ts';
import { freeFlowTimes } from '../../../../../main/engine/routing/TravelTimes.ts';
import { usualNeeds } from '../../../../../shared/incidents/need.ts';
import type { Recommendation } from '../../../../../shared/dispatch/recommendation.ts';
import { incidentTypeSchema } from '../../../../../shared/incidents/incident.ts';
import { incidentAt, NOW_MS, scene, unitAt } from '../../../../support/dispatchScene.ts';
import { simulatedWorld } from '../../../../support/simulatedWorld.ts';

const MINUTE = 60_000;
const ask = (situation: Situation, id = 'I-1'): Recommendation => recommend(situation, id)!;
const firsts = ({ proposals }: Recommendation): string[] =>
  proposals.filter(({ isFirst }) => isFirst).map(({ unitId }) => unitId);
const about = ({ proposals }: Recommendation, id: string): string[] => {
  const found = proposals.find(({ unitId }) => unitId === id);
  return [...(found?.reasons ?? []), ...(found?.against ?? [])];
};
const whyNot = ({ others }: Recommendation, id: string): string | undefined =>
  others.find(({ unitId }) => unitId === id)?.reason;
const engaged = (
  unitId: string,
  state: 'ordered' | 'enRoute' | 'onScene' = 'enRoute',
): Pick<IncidentNow, 'engagements'> => ({ engagements: [{ unitId, state, atMs: NOW_MS - MINUTE }] });

describe('who is recommended', () => {
  it('is the one that is there first, with the reason, and the others with theirs', () => {
    const answer = ask(
      scene(
        [unitAt('A', { km: 9 }), unitAt('B', { km: 4 }), unitAt('P', { km: 5, kind: 'police' })],
        [incidentAt('I-1', 6)],
      ),
    );
    expect(answer.proposals.map(({ unitId, isFirst, etaS }) => [unitId, isFirst, Math.round(etaS)])).toEqual([
      ['B', true, 180],
      ['A', false, 240],
    ]);
    expect(about(answer, 'B').slice(0, 3)).toEqual(['there in 3 min', 'for ambulance', 'free']);
    expect(about(answer, 'A')).toContain('60 s later than B');
    expect(whyNot(answer, 'P')).toBe('is no help: ambulance needed');
    expect(answer.missing).toEqual([]);
  });

  it('is judged by time and not by distance, and by open roads only', () => {
    const units = [unitAt('A', { km: 9 }), unitAt('B', { km: 4 })];
    const slow = scene(units, [incidentAt('I-1', 6)]);
    const times = { source: 'live' as const, secondsOn: (link: number) => (link >= 8 && link < 12 ? 600 : 60) };
    expect(firsts(ask({ ...slow, times }))).toEqual(['A']);
    expect(ask({ ...slow, times }).travelTimes).toBe('live');
    const shut = ask(scene(units, [incidentAt('I-1', 6)], { closed: new Set([10, 11]) }));
    expect([firsts(shut), whyNot(shut, 'B'), shut.notes]).toEqual([
      ['A'],
      'no way there by road',
      ['Closed roads are driven round.'],
    ]);
  });

  it('has what is needed: a capability, not only a kind', () => {
    const needs = [{ capability: 'heavyTowing' as const, count: 1 }];
    const answer = ask(
      scene(
        [
          unitAt('T1', { km: 6, kind: 'tow' }),
          unitAt('T2', { km: 15, kind: 'tow', capabilities: ['towing', 'heavyTowing'] }),
        ],
        [incidentAt('I-1', 6, { needs })],
      ),
    );
    expect([firsts(answer), whyNot(answer, 'T1')]).toEqual([['T2'], 'is no help: heavy towing needed']);
  });

  it('is not given to two needs, and the whole is filled rather than the first need well', () => {
    const needs = [
      { capability: 'firstAid' as const, count: 1 },
      { capability: 'rescue' as const, count: 1 },
    ];
    const answer = ask(
      scene([unitAt('F', { km: 6, kind: 'fire' }), unitAt('A', { km: 16 })], [incidentAt('I-1', 6, { needs })]),
    );
    expect(answer.proposals.map(({ unitId, need, isFirst }) => [unitId, need, isFirst])).toEqual([
      ['A', 0, true],
      ['F', 1, true],
    ]);
  });

  it('counts those who are there already', () => {
    const needs = [{ kind: 'ambulance' as const, count: 2 }];
    const answer = ask(
      scene(
        [unitAt('A', { km: 6, status: 'onScene' }), unitAt('B', { km: 4 }), unitAt('C', { km: 9 })],
        [incidentAt('I-1', 6, { needs, ...engaged('A', 'onScene') })],
      ),
    );
    expect([answer.needs[0]?.unitIds, firsts(answer), whyNot(answer, 'A')]).toEqual([['A'], ['B'], undefined]);
    const done = ask(
      scene(
        [unitAt('A', { km: 6, status: 'onScene' }), unitAt('B', { km: 4 })],
        [incidentAt('I-1', 6, engaged('A', 'onScene'))],
      ),
    );
    expect([done.proposals, done.missing, whyNot(done, 'B')]).toEqual([[], [], 'what it can do is there already']);
  });

  it('is rested and within its shift, unless the other is much later', () => {
    const near = (more: object): Situation =>
      scene([unitAt('A', { km: 6, ...more }), unitAt('B', { km: 4 })], [incidentAt('I-1', 6)]);
    expect(firsts(ask(near({})))).toEqual(['A']);
    const tired = ask(near({ leftLastAtMs: NOW_MS - 4 * MINUTE }));
    expect([firsts(tired), about(tired, 'A')]).toEqual([
      ['B'],
      expect.arrayContaining([
        'left its last incident only 4 min ago',
        '2 min sooner than B, but more speaks against it',
      ]),
    ]);
    expect(firsts(ask(near({ leftLastAtMs: NOW_MS - 40 * MINUTE })))).toEqual(['A']);
    const late = ask(near({ shift: [0, 11] }));
    expect([firsts(late), about(late, 'A')]).toEqual([['B'], expect.arrayContaining(['its shift ended 60 min ago'])]);
    expect(whyNot(ask(near({ shift: [0, 6] })), 'A')).toBe('its shift ended 6 h 00 min ago');
    expect(whyNot(ask(near({ shift: [18, 6], status: 'offDuty' })), 'A')).toBe('off duty, its shift is 18:00-06:00');
    expect(about(ask(near({ shift: [22, 13] })), 'A')).toContain('14 h 00 min on duty');
  });

  it('has been heard', () => {
    const heard = (seenAtMs: number | undefined): Recommendation =>
      ask(scene([unitAt('A', { km: 6, seenAtMs }), unitAt('B', { km: 5 })], [incidentAt('I-1', 6)]));
    expect([whyNot(heard(undefined), 'A'), whyNot(heard(NOW_MS - 20 * MINUTE), 'A')]).toEqual([
      'not heard yet',
      'not heard for 20 min',
    ]);
    expect([
      firsts(heard(NOW_MS - 5 * MINUTE)),
      about(heard(NOW_MS - 5 * MINUTE), 'A').includes('its position is 5 min old'),
    ]).toEqual([['B'], true]);
  });

  it('is on nothing of its own', () => {
    const answer = ask(
      scene([unitAt('A', { km: 6, status: 'onScene', saysIncidentId: 'X-9' })], [incidentAt('I-1', 6)]),
    );
    expect(answer.missing).toEqual([
      {
        name: 'ambulance',
        count: 1,
        text: 'No unit for ambulance can go. A: is on scene for X-9, which was not given here.',
      },
    ]);
  });
});

describe('a second call', () => {
  const busy = (priority: 1 | 2 | 3, state: 'enRoute' | 'onScene' = 'enRoute', otherKm = 19): Recommendation =>
    ask(
      scene(
        [unitAt('A', { km: 6, status: state }), unitAt('B', { km: otherKm })],
        [incidentAt('I-1', 6), incidentAt('I-2', 1, { priority, ...engaged('A', state) })],
      ),
    );

  it('takes nobody from what is as urgent, and says where they are', () => {
    expect([firsts(busy(1)), whyNot(busy(1), 'A')]).toEqual([['B'], 'on its way to I-2 (priority 1)']);
    expect(whyNot(busy(2, 'onScene'), 'A')).toBe('at I-2 (priority 2)');
  });

  it('may take a unit from what is less urgent, where that is much sooner, and says what is left behind', () => {
    const answer = busy(3);
    expect([firsts(answer), answer.proposals[0]?.divertFrom]).toEqual([['A'], 'I-2']);
    expect(about(answer, 'A')).toEqual(
      expect.arrayContaining([
        'is on its way to I-2 (priority 3)',
        'I-2 would lack ambulance; B could drive there in 18 min',
      ]),
    );
    expect(firsts(busy(3, 'enRoute', 8))).toEqual(['B']);
    expect([firsts(busy(3, 'onScene', 14)), firsts(busy(3, 'onScene', 19))]).toEqual([['B'], ['A']]);
  });

  it('leaves to a more urgent one that waits what is best for it', () => {
    const units = [unitAt('A', { km: 6 }), unitAt('B', { km: 9 })];
    const answer = ask(scene(units, [incidentAt('I-1', 6), incidentAt('I-0', 5, { priority: 1 })]));
    expect([firsts(answer), about(answer, 'A')]).toEqual([
      ['B'],
      expect.arrayContaining(['is the best for I-0 (priority 1), which waits for ambulance']),
    ]);
    const served = ask(scene(units, [incidentAt('I-1', 6), incidentAt('I-0', 5, { priority: 1, needs: [] })]));
    expect(firsts(served)).toEqual(['A']);
    const first = ask(scene(units, [incidentAt('I-1', 6), incidentAt('I-0', 5, { priority: 1 })]), 'I-0');
    expect(firsts(first)).toEqual(['A']);
  });

  it('says what sending a unit leaves uncovered, and weighs it but for the most urgent', () => {
    const units = [unitAt('A', { km: 2 }), unitAt('B', { km: 4 }), unitAt('C', { km: 19 })];
    const answer = ask(scene(units, [incidentAt('I-1', 12)]));
    expect(firsts(answer)).toEqual(['B']);
    expect(about(answer, 'C')).toContain('leaves East 16 min from the next free ambulance (B)');
    expect(about(answer, 'B').join()).not.toContain('leaves');
    const urgent = ask(
      scene([unitAt('B', { km: 4 }), unitAt('C', { km: 19 })], [incidentAt('I-1', 12, { priority: 1 })]),
    );
    expect(urgent.proposals.map(({ unitId }) => unitId)).toEqual(['C', 'B']);
    expect(about(ask(scene([unitAt('B', { km: 4 })], [incidentAt('I-1', 12)])), 'B')).toContain(
      'leaves the county without a free ambulance',
    );
  });
});

describe('when nothing fits', () => {
  it('says what is missing and why', () => {
    const needs = [
      { kind: 'ambulance' as const, count: 2 },
      { capability: 'hazmat' as const, count: 1 },
      { kind: 'tow' as const, count: 1, when: 'with wrecks' },
    ];
    const answer = ask(
      scene([unitAt('A', { km: 6 }), unitAt('B', { km: 8, status: 'offDuty' })], [incidentAt('I-1', 6, { needs })]),
    );
    expect(firsts(answer)).toEqual(['A']);
    expect(answer.missing).toEqual([
      { name: 'ambulance', count: 1, text: 'No unit for ambulance can go. B: off duty.' },
      { name: 'hazardous materials', count: 1, text: 'The county has no unit for hazardous materials.' },
      { name: 'tow truck', count: 1, text: 'The county has no unit for tow truck.' },
    ]);
  });

  it('says so of an incident without a place, and knows none that is not there', () => {
    const answer = ask(scene([unitAt('A', { km: 6 })], [incidentAt('I-1', 6, { place: undefined })]));
    expect([answer.proposals, answer.notes, whyNot(answer, 'A')]).toEqual([
      [],
      ['The incident has no place, so nobody can say who is near.'],
      'the incident has no place',
    ]);
    expect(recommend(scene([], []), 'I-9')).toBeUndefined();
  });
});

it('has needs for all types of incidents but those that want a look first', () => {
  expect(incidentTypeSchema.options.filter((type) => usualNeeds(type, 2).length === 0)).toEqual(['meter']);
});

describe('laws of the recommendation', () => {
  const kinds = ['ambulance', 'fire', 'police', 'tow'] as const;
  const unit = fc.record({
    km: fc.double({ min: 0, max: 20, noNaN: true }),
    kind: fc.constantFrom(...kinds),
    status: fc.constantFrom('available' as const, 'returning' as const, 'offDuty' as const, 'onScene' as const),
  });
  const need = fc.record({ kind: fc.constantFrom(...kinds), count: fc.integer({ min: 1, max: 3 }) });

  it('every unit is either there, proposed once or has a reason; no need gets more than it asks for', () => {
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 8 }),
        fc.array(need, { maxLength: 4 }),
        fc.constantFrom(1 as const, 2 as const, 3 as const),
        (unitParts, needs, priority) => {
          const units = unitParts.map((parts, i) => unitAt(`U${i}`, parts));
          const at = units.find(({ status }) => status === 'onScene')?.unit.id;
          const answer = ask(
            scene(units, [
              incidentAt('I-1', 7, { needs, priority: 2 }),
              incidentAt('I-2', 3, { priority, ...(at !== undefined && engaged(at, 'onScene')) }),
            ]),
          );
          expect([...answer.proposals, ...answer.others].map(({ unitId }) => unitId).sort()).toEqual(
            units.map(({ unit: { id } }) => id).sort(),
          );
          const filled = needs.map(
            (_, index) => answer.proposals.filter((each) => each.isFirst && each.need === index).length,
          );
          const lacked = answer.missing.reduce((sum, { count }) => sum + count, 0);
          expect(filled.reduce((sum, count) => sum + count, 0) + lacked).toBe(
            needs.reduce((sum, { count }) => sum + count, 0),
          );
          expect(answer.others.every(({ reason }) => reason !== '')).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('in the generated county', () => {
  it('finds the best units for a crash by road', () => {
    const { world } = simulatedWorld(0.3);
    const network = new RoadNetwork(world.links);
    const units = world.units.map((unit) => ({
      unit,
      status: 'available' as const,
      place: { lon: unit.baseLon, lat: unit.baseLat },
      seenAtMs: NOW_MS,
    }));
    const site = world.links.find(({ roadClass }) => roadClass === 'freeway')!;
    const [lon, lat] = site.path[0]!;
    const incident: IncidentNow = {
      id: 'I-1',
      priority: 2,
      openedAtMs: NOW_MS,
      place: { lon, lat, linkId: site.id },
      needs: usualNeeds('crash', 2),
      engagements: [],
    };
    const situation: Situation = {
      nowMs: NOW_MS,
      localMinute: 600,
      units,
      incidents: [incident],
      network,
      times: freeFlowTimes(world.links),
      closed: new Set(),
      coverPlaces: [],
      displayUnits: 'us',
    };
    const answer = ask(situation);
    expect(answer.proposals.filter(({ isFirst }) => isFirst).map(({ kind }) => kind)).toEqual([
      'ambulance',
      'fire',
      'police',
      'tow',
    ]);
    for (const { etaS, distanceM, route, need, kind } of answer.proposals) {
      expect([etaS > 60, distanceM > 0, need >= 0, kind.length > 0]).toEqual([true, true, true, true]);
      expect(route.at(-1)?.[0]).toBeCloseTo(lon, 3);
      expect(distanceM / (etaS - 60)).toBeLessThan(35);
    }
  });
});
