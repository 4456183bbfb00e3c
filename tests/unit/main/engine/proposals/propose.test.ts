import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CountyPlaces } from '../../../../../main/engine/proposals/CountyPlaces.ts';
import { propose } from '../../../../../main/engine/proposals/propose.ts';
import type { Situation } from '../../../../../main/engine/proposals/propose.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import type { Proposal } from '../../../../../shared/proposals/proposal.ts';
import type { Refusal } from '../../../../../shared/proposals/refusal.ts';
import { ScenarioRun } from '../../../../support/ScenarioRun.ts';

/** Wednesday, 08:00 in the simulated county: the busiest hour. */
const START_MS = Date.UTC(2026, 4, 6, 13);
const MINUTE_MS = 60_000;

let run: ScenarioRun;
/** Another crash at the same time, eleven kilometres away. */
let elsewhere: Alarm[];
let places: CountyPlaces;

async function lived(
  scenarios: Parameters<typeof ScenarioRun.begin>[0]['scenarios'],
  seed: number,
): Promise<ScenarioRun> {
  const begun = await ScenarioRun.begin({ scenarios, startMs: START_MS, scale: 0.1, seed });
  begun.live(2000);
  begun.takeHistory(3);
  begun.live(4 * MINUTE_MS, 2000);
  return begun;
}

beforeAll(async () => {
  run = await lived(['crash', 'burst', 'outage', 'reports'], 42);
  // Both runs number their reports from one.
  elsewhere = (await lived(['crash'], 2)).book
    .all()
    .map((alarm) => ({
      ...alarm,
      id: `${alarm.id}-2`,
      subject: { ...alarm.subject, id: alarm.domain === 'citizen' ? `${alarm.subject.id}-2` : alarm.subject.id },
    }));
  places = new CountyPlaces(run.county);
}, 180_000);

const look = (alarms: readonly Alarm[], more: Partial<Situation> = {}): Proposal[] =>
  propose({ alarms, incidents: [], refusals: [], places, units: 'us', nowMs: START_MS + 10 * MINUTE_MS, ...more });

const find = (alarms: readonly Alarm[], rule: string): Alarm => {
  const found = alarms.find((alarm) => alarm.rule === rule);
  if (found === undefined) throw new Error(`No ${rule} was raised.`);
  return found;
};
const having = (proposals: readonly Proposal[], alarm: Alarm): Proposal | undefined =>
  proposals.find(({ alarms }) => alarms.some(({ id }) => id === alarm.id));

/** A bus that stands in the queue, as the transit domain tells it. */
function lateBus(queue: Alarm, atMs: number): Alarm {
  const [upstream = 0] = [...places.upstream(places.linkIndex(queue.subject.id) ?? 0)]
    .filter(([, metres]) => metres > 500)
    .map(([index]) => index);
  return {
    ...queue,
    ...places.middle(upstream),
    id: 'transit.veryLate:B1',
    rule: 'transit.veryLate',
    domain: 'transit',
    priority: 4,
    subject: { kind: 'vehicle', id: 'B1' },
    title: 'B1 is 16 min late',
    place: 'Route 3',
    raisedAtMs: atMs,
  };
}

function incident(id: string, alarms: readonly Alarm[], part: Partial<Incident> = {}): Incident {
  const [first] = alarms;
  return {
    id,
    type: 'crash',
    priority: 2,
    status: 'reported',
    title: 'Crash',
    place: 'I-38',
    alarmIds: alarms.map((alarm) => alarm.id),
    unitIds: [],
    openedAtMs: START_MS + 3 * MINUTE_MS,
    changedAtMs: START_MS,
    milestones: {},
    log: [],
    ...(first?.lon !== undefined && first.lat !== undefined && { lon: first.lon, lat: first.lat }),
    ...(first && { subject: first.subject }),
    ...part,
  };
}

const refusal = (alarms: readonly Alarm[], part: Partial<Refusal> = {}): Refusal => ({
  alarms,
  incidentIds: [],
  by: 'Ann',
  atMs: START_MS,
  reason: 'Two different things',
  ...part,
});

describe('proposals on the simulated county', () => {
  it('makes one incident each of the crash, the feeder and the main, with what people report of them', () => {
    const alarms = run.book.all();
    const found = look(alarms);
    expect(found.map(({ type, action }) => `${action} ${type}`).sort()).toEqual([
      'open crash',
      'open powerOutage',
      'open waterMain',
    ]);
    const crash = having(found, find(alarms, 'traffic.queue'));
    expect(crash?.alarms.map(({ title }) => title)).toEqual([
      expect.stringContaining('Probable crash'),
      'Citizen report: crash',
      'Citizen report: traffic',
    ]);
    expect(crash?.ties.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^On the same stretch of I-.*: somebody sees there what the detectors measure\.$/),
      expect.stringMatching(/^\d.* upstream on I-.* later: somebody sees there what the detectors measure\.$/),
    ]);
    expect(having(found, find(alarms, 'electricity.outage'))?.ties[0]?.sentence).toMatch(
      /^Inside .*Feeder.*: a customer tells of the same darkness\.$/,
    );
    expect(having(found, find(alarms, 'water.burst'))?.alarms.map(({ domain }) => domain)).toEqual(
      expect.arrayContaining(['water', 'citizen']),
    );
  });

  it('takes a bus into it that the queue holds up, and leaves one elsewhere alone', () => {
    const alarms = run.book.all();
    const queue = find(alarms, 'traffic.queue');
    const bus = lateBus(queue, queue.raisedAtMs + 12 * MINUTE_MS);
    expect(having(look([...alarms, bus]), queue)?.alarms.map(({ domain }) => domain)).toEqual([
      'traffic',
      'transit',
      'citizen',
      'citizen',
    ]);
    expect(having(look([...alarms, { ...bus, lon: (bus.lon ?? 0) + 0.1 }]), bus)).toBeUndefined();
    expect(having(look([...alarms, { ...bus, raisedAtMs: queue.raisedAtMs + 3 * 3_600_000 }]), bus)).toBeUndefined();
  });

  it('keeps two crashes apart', () => {
    expect(find(elsewhere, 'traffic.queue').subject.id).not.toBe(find(run.book.all(), 'traffic.queue').subject.id);
    const crashes = look([...run.book.all(), ...elsewhere]).filter(({ type }) => type === 'crash');
    expect(crashes.map(({ alarms }) => alarms.map(({ domain }) => domain))).toEqual([
      ['traffic', 'citizen', 'citizen'],
      ['traffic', 'citizen', 'citizen'],
    ]);
  });

  it('says the same whatever the order of the alarms', () => {
    const alarms = [...run.book.all(), ...elsewhere];
    const expected = look(alarms);
    fc.assert(
      fc.property(fc.shuffledSubarray(alarms, { minLength: alarms.length }), (shuffled) => {
        expect(look(shuffled)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an answer', () => {
  it('no is remembered until something of another domain or a higher priority joins', () => {
    const alarms = run.book.all();
    const queue = find(alarms, 'traffic.queue');
    const set = alarms.filter(({ id }) => having(look(alarms), queue)?.alarms.some((each) => each.id === id));
    const refusals = [refusal(set.map((alarm) => ({ ...alarm, raisedAtMs: alarm.raisedAtMs + 4000 })))];
    expect(having(look(alarms, { refusals }), queue)).toBeUndefined();
    const another: Alarm = {
      ...(set.find(({ domain }) => domain === 'citizen') ?? queue),
      id: 'another',
      subject: { kind: 'report', id: 'another' },
    };
    expect(having(look([...alarms, another], { refusals }), queue)).toBeUndefined();
    const bus = lateBus(queue, queue.raisedAtMs + MINUTE_MS);
    expect(having(look([...alarms, bus], { refusals }), queue)?.refusedBefore).toEqual({
      by: 'Ann',
      atMs: START_MS,
      reason: 'Two different things',
    });
    expect(
      having(
        look(
          alarms.map((alarm) => (alarm === queue ? { ...alarm, priority: 1 } : alarm)),
          { refusals },
        ),
        queue,
      ),
    ).toBeDefined();
  });

  it('yes leaves nothing to propose but what comes later, which is to be added', () => {
    const queue = find(run.book.all(), 'traffic.queue');
    const own = run.book
      .all()
      .filter(({ id }) => having(look(run.book.all()), queue)?.alarms.some((each) => each.id === id));
    const linked = own.map((alarm) => ({ ...alarm, incidentId: 'I-1' }));
    const incidents = [incident('I-1', own)];
    expect(look(linked, { incidents })).toEqual([]);
    const bus = lateBus(queue, queue.raisedAtMs + MINUTE_MS);
    expect(look([...linked, bus], { incidents })).toMatchObject([
      { action: 'add', incidentIds: ['I-1'], alarms: [{ id: bus.id }] },
    ]);
    expect(look([...linked, bus], { incidents: [incident('I-1', own, { status: 'resolved' })] })).toEqual([]);
  });

  it('takes an incident that was opened by telephone for the same as the alarms', () => {
    const queue = find(run.book.all(), 'traffic.queue');
    const { subject: _subject, ...called } = incident('I-2', [], {
      ...places.middle(places.linkIndex(queue.subject.id) ?? 0),
      openedAtMs: queue.raisedAtMs - MINUTE_MS,
    });
    expect(having(look(run.book.all(), { incidents: [called] }), queue)).toMatchObject({
      action: 'add',
      incidentIds: ['I-2'],
      type: 'crash',
    });
  });

  it('proposes to merge two incidents that are one', () => {
    const own = run.book
      .all()
      .filter(({ id }) =>
        having(look(run.book.all()), find(run.book.all(), 'traffic.queue'))?.alarms.some((each) => each.id === id),
      );
    const linked = own.map((alarm, i) => ({ ...alarm, incidentId: i === 0 ? 'I-1' : 'I-2' }));
    const incidents = [
      incident('I-1', own.slice(0, 1)),
      incident('I-2', own.slice(1), { openedAtMs: START_MS + 5 * MINUTE_MS }),
    ];
    expect(look(linked, { incidents })).toMatchObject([{ action: 'merge', incidentIds: ['I-1', 'I-2'], alarms: [] }]);
    expect(look(linked, { incidents, refusals: [refusal([], { incidentIds: ['I-1', 'I-2'] })] })).toEqual([]);
  });

  it('a split is kept: what was put apart is not proposed with the rest again', () => {
    const alarms = run.book.all();
    const queue = find(alarms, 'traffic.queue');
    const apart = alarms.filter(({ title }) => title === 'Citizen report: traffic');
    const kept = alarms.filter(
      ({ id, title }) =>
        title !== 'Citizen report: traffic' && having(look(alarms), queue)?.alarms.some((each) => each.id === id),
    );
    const after = look(alarms, { refusals: [refusal(kept, { apart })] });
    expect(having(after, queue)?.alarms.map(({ title }) => title)).toEqual([
      expect.stringContaining('Probable crash'),
      'Citizen report: crash',
    ]);
  });
});

describe('signals without power', () => {
  /** A feeder that is out, and a queue on a street inside it. */
  function dark(): { outage: Alarm; queue: Alarm; crash: Alarm } {
    const outage = find(run.book.all(), 'electricity.outage');
    const street = run.county.links.find(
      ({ roadClass, path: [at] }) =>
        roadClass !== 'freeway' &&
        roadClass !== 'ramp' &&
        at !== undefined &&
        places.isInArea(outage.subject.id, at[0], at[1]),
    );
    if (street === undefined) throw new Error('The feeder has no street.');
    const at = places.middle(places.linkIndex(street.id) ?? 0);
    const queue: Alarm = {
      ...outage,
      ...at,
      id: 'queue',
      rule: 'traffic.queue',
      domain: 'traffic',
      priority: 3,
      subject: { kind: 'link', id: street.id },
      title: 'Queue',
      raisedAtMs: outage.raisedAtMs + 3 * MINUTE_MS,
    };
    const crash: Alarm = {
      ...queue,
      id: 'crash',
      rule: 'citizen.report',
      domain: 'citizen',
      subject: { kind: 'report', id: 'crash' },
      title: 'Citizen report: crash',
      cause: 'Two cars',
    };
    return { outage, queue, crash };
  }

  it('explain a queue on a street of the feeder, unless people saw a crash in it', () => {
    const { outage, queue, crash } = dark();
    expect(look([outage, queue]).map(({ alarms }) => alarms.map(({ id }) => id))).toEqual([[outage.id, 'queue']]);
    expect(look([outage, queue, crash]).map(({ alarms }) => alarms.map(({ id }) => id))).toEqual([['queue', 'crash']]);
  });
});
