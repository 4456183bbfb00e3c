import { expect, it } from 'vitest';
import { MeterTown } from '../../../../../support/MeterTown.ts';

/** What is heard again after a restart is learned from history, which is not here. */
const isKept = (fact: string): boolean => !fact.startsWith('Meters:');
const seen = (town: MeterTown): unknown => ({
  raised: town.raised(),
  unjudged: town.unjudged(),
  work: town.work(),
  out: town.customersOut(),
  facts: [...town.facts('feeder', 'FX'), ...town.facts('feeder', 'FR'), ...town.facts('meter', 'T0-1')].filter(isKept),
});
const scm = (TamperPhy: number): object => ({ ID: 4, Type: 7, TamperPhy, TamperEnc: 0, Consumption: 5 });

/** Six gasps, an open breaker, a phase that is lost, a counter that rose, and words of several meters. */
function troubled(): MeterTown {
  const town = new MeterTown();
  town.wmbus(71, { voltage_at_phase_1_v: 230, voltage_at_phase_2_v: 230, total_energy_consumption_kwh: 5 });
  town.ert('SCM', scm(1));
  for (const id of ['T3-0', 'T3-1', 'T3-2']) town.reading(id, { voltageV: 190 });
  town.pass(15);
  for (const id of ['T3-0', 'T3-1', 'T3-2']) town.reading(id, { voltageV: 190 });
  for (let i = 0; i < 6; i++) town.event(`T0-${i}`, 'lastGasp');
  town.wmbus(71, { voltage_at_phase_1_v: 230, voltage_at_phase_2_v: 0, total_energy_consumption_kwh: 5 });
  town.ert('SCM', scm(2));
  town.wmbus(1, { total_m3: 5, status: 'POWER_LOW' });
  town.event('W4', 'burst');
  town.feeder({ powerKw: 0, breaker: 'open' }, 'FR');
  town.judge();
  town.pass(2);
  return town;
}

it('a restart in the middle of an outage changes nothing', () => {
  const town = troubled();
  const before = seen(town);
  expect(town.raised()).toEqual([
    'electricity.outage: Feeder FX partly out – 10 customers',
    'electricity.outage: Feeder FR out – 18 customers',
    'water.continuousFlow: 1 customer with a burst pipe’s flow in Zone ZW',
    'maintenance.meters: Meters in Feeder FR: 1 tampered with',
  ]);
  town.restart();
  expect(seen(town)).toEqual(before);
  town.pass(10);
  const later = seen(town);
  town.restart();
  expect(seen(town)).toEqual(later);
});

it('after a restart the outage ends by what proves it, and counters are compared with what they were', () => {
  const town = troubled();
  town.restart();
  town.ert('SCM', scm(2));
  for (let i = 0; i < 6; i++) town.event(`T0-${i}`, 'powerRestored');
  town.feeder({ powerKw: 300, voltageV: 230, breaker: 'closed' }, 'FR');
  town.pass(1);
  expect(town.raised().filter((each) => each.startsWith('electricity.outage'))).toEqual([]);
  const fresh = new MeterTown();
  fresh.ert('SCM', scm(1));
  fresh.restart();
  fresh.pass(15);
  fresh.ert('SCM', scm(2));
  expect(Object.keys(fresh.work())).toEqual(['ert:4']);
});

it('what is older than what the file has, and comes again from the store, changes nothing', () => {
  const town = troubled();
  town.event('T0-0', 'powerRestored');
  const before = seen(town);
  town.restart();
  const atMs = town.nowMs - 120_000;
  const gasp = { kind: 'flags', deviceId: 'T0-0', flags: ['lastGasp'], isState: false, quality: 'good' } as const;
  town.domain.standing?.replay({ ...gasp, atMs }, atMs);
  town.domain.standing?.replay({ ...gasp, flags: ['powerRestored'], atMs: town.nowMs }, town.nowMs);
  expect(seen(town)).toEqual(before);
});

it('records that cannot be read cost themselves', () => {
  const town = troubled();
  const [first, ...rest] = [...(town.domain.standing?.records() ?? [])];
  town.restart();
  const other = new MeterTown();
  other.nowMs = town.nowMs;
  other.domain.standing?.restore([null, 5, { zone: 'x' }, { supply: { id: 'gone' } }, ...rest]);
  expect(first).toMatchObject({ zone: { id: 'FX' } });
  expect(other.raised()).toEqual(town.raised());
});
