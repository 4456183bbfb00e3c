import { beforeAll, expect, it } from 'vitest';
import { CountyPlaces } from '../../../../../main/engine/proposals/CountyPlaces.ts';
import { propose } from '../../../../../main/engine/proposals/propose.ts';
import { ClueMatcher } from '../../../../../main/engine/proposals/ClueMatcher.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { Proposal } from '../../../../../shared/proposals/proposal.ts';
import { seededRandom } from '../../../../support/makeCounty.ts';
import { queueAlarm } from '../../../../support/queueAlarm.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
let places: CountyPlaces;

beforeAll(() => {
  places = new CountyPlaces(smallCounty());
});

const queue = queueAlarm(NOW_MS);
const reportOf = (id: string, category: string, part: Partial<Alarm> = {}): Alarm => ({
  ...queue,
  id,
  rule: 'citizen.report',
  domain: 'citizen',
  priority: 3,
  subject: { kind: 'report', id },
  title: `Citizen report: ${category}`,
  raisedAtMs: NOW_MS - 30_000,
  ...part,
});
const look = (alarms: readonly Alarm[], ties?: ClueMatcher): Proposal[] =>
  propose({ alarms, incidents: [], refusals: [], places, units: 'us', nowMs: NOW_MS }, ties);

it('makes no difference to what is proposed, whatever comes, goes, moves and is said otherwise', () => {
  const ties = new ClueMatcher(places, 'us');
  const random = seededRandom(3);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? list[0]!;
  let alarms: Alarm[] = [];
  let proposed = 0;
  for (let turn = 0; turn < 300; turn++) {
    const id = `r${Math.floor(random() * 12)}`;
    const others = alarms.filter((alarm) => alarm.id !== id);
    const changed = reportOf(id, pick(['crash', 'traffic', 'power outage']), {
      lon: pick([-93.49, -93.48, -93.3]),
      raisedAtMs: NOW_MS - pick([0, 10, 40]) * 60_000,
      priority: pick([2, 3]),
      title: pick(['Citizen report: crash', 'Citizen report: flood']),
    });
    alarms = pick([
      others,
      [...others, changed],
      [...others, changed],
      [...others.filter((alarm) => alarm !== queue), queue],
    ]);
    const found = look(alarms, ties);
    expect(found).toEqual(look(alarms));
    proposed += found.length;
  }
  expect(proposed).toBeGreaterThan(100);
});

it('lets new ones wait for the next look where there are too many, and comes to the same', () => {
  const alarms = [queue, ...['r1', 'r2', 'r3', 'r4'].map((id) => reportOf(id, 'crash'))];
  const ties = new ClueMatcher(places, 'us', 2);
  const counts = [1, 2, 3].map(() => look(alarms, ties)[0]?.alarms.length);
  expect(counts).toEqual([2, 4, 5]);
  expect(look(alarms, ties)).toEqual(look(alarms));
});
