import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../simulators/devices/message.ts';
import type { ScenarioName } from '../../../../shared/wire/simulatedCounty.ts';
import type { Truth } from '../../../../simulators/scenarios/Scenario.ts';
import { Simulation } from '../../../../simulators/run/Simulation.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';

const { world } = simulatedWorld(0.3);
/** A Monday, 08:00 in the county. */
const START_MS = Date.UTC(2026, 4, 4, 13);

function play(
  names: readonly ScenarioName[],
  minutes: number,
  county = world,
): { messages: Message[]; truths: Truth[] } {
  const simulation = new Simulation(county, { seed: 42, startMs: START_MS, scenarios: names });
  const messages = simulation.step(START_MS + minutes * 60_000);
  return { messages, truths: simulation.takeTruths() };
}

type Reading = Record<string, number | string | null | undefined> & { at: number };
const readings = (messages: readonly Message[], topic: string): Reading[] =>
  messages.filter((message) => message.topic === topic).map(({ payload }) => JSON.parse(payload) as Reading);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const numbers = (list: readonly Reading[], name: string): number[] =>
  list.map((reading) => reading[name]).filter((value) => typeof value === 'number');

describe('scenarios', () => {
  it('nothing happens when all is quiet', () => {
    expect(play(['quiet'], 2).truths).toEqual([]);
  });

  it('a crash slows the freeway at its place within 45 seconds, and the queue grows upstream', () => {
    const { messages, truths } = play(['crash'], 20);
    const site = world.detectors.filter(({ linkId }) => linkId === truths[0]?.subjectIds[0]);
    const freeFlow = world.links.find(({ id }) => id === truths[0]?.subjectIds[0])?.freeFlowMps ?? 0;
    const here = site
      .flatMap(({ id }) => readings(messages, `beacon/v1/traffic/${id}`))
      .filter(({ at }) => at > START_MS + 20_000);
    expect(here.some(({ at }) => at <= START_MS + 56_000)).toBe(true);
    expect(Math.max(...numbers(here, 'speedMps'))).toBeLessThan(freeFlow / 2);
    const slow = (fromS: number, toS: number): number =>
      world.detectors.filter(({ id }) =>
        numbers(
          readings(messages, `beacon/v1/traffic/${id}`).filter(
            ({ at }) => at > START_MS + fromS * 1000 && at <= START_MS + toS * 1000,
          ),
          'speedMps',
        ).some((speed) => speed < 7),
      ).length;
    expect(slow(1140, 1200)).toBeGreaterThan(slow(20, 80));
  });

  it('a burst raises inflow and takes pressure, then ends', () => {
    const { messages, truths } = play(['burst'], 42);
    const all = readings(messages, `beacon/v1/zone/${truths[0]?.subjectIds[0] ?? ''}`);
    const during = all.filter(({ at }) => at > START_MS + 120_000 && at < (truths[0]?.toMs ?? 0) - 60_000);
    const after = all.filter(({ at }) => at > (truths[0]?.toMs ?? 0) + 4 * 60_000);
    expect(mean(numbers(during, 'inflowM3h')) - mean(numbers(after, 'inflowM3h'))).toBeGreaterThan(10);
    expect(mean(numbers(after, 'pressureKpa')) - mean(numbers(during, 'pressureKpa'))).toBeGreaterThan(80);
  });

  it('an outage takes load and voltage, most meters gasp, none reads, and power comes back', () => {
    const { messages, truths } = play(['outage'], 40);
    const feeder = truths[0]?.subjectIds[0] ?? '';
    const [fromMs, toMs] = [truths[0]?.fromMs ?? 0, truths[0]?.toMs ?? 0];
    const dark = readings(messages, `beacon/v1/zone/${feeder}`).filter(({ at }) => at >= fromMs && at < toMs);
    expect(dark.every(({ powerKw, voltageV, breaker }) => powerKw === 0 && voltageV === 0 && breaker === 'open')).toBe(
      true,
    );
    const ids = new Set(world.meters.filter(({ zoneId }) => zoneId === feeder).map(({ id }) => id));
    const own = messages.filter(
      ({ topic }) => topic.startsWith('beacon/v1/meter/') && ids.has(topic.split('/')[3] ?? ''),
    );
    const gasps = own.filter(({ payload }) => payload.includes('lastGasp')).length;
    expect(gasps / ids.size).toBeGreaterThan(0.7);
    expect(gasps / ids.size).toBeLessThan(0.9);
    const spoken = own
      .filter(({ topic }) => !topic.endsWith('/event'))
      .map(({ payload }) => (JSON.parse(payload) as Reading).at);
    expect(spoken.some((at) => at >= fromMs && at < toMs)).toBe(false);
    expect(spoken.some((at) => at >= toMs)).toBe(true);
    expect(own.filter(({ payload }) => payload.includes('powerRestored')).length).toBe(ids.size);
  });

  it('registers stand still without power, and never fall', () => {
    const { messages, truths } = play(['outage'], 60);
    const ids = world.meters.filter(({ zoneId }) => zoneId === truths[0]?.subjectIds[0]).map(({ id }) => id);
    for (const id of ids.slice(0, 200)) {
      const registers = numbers(
        readings(messages, `beacon/v1/meter/${id}`).toSorted((a, b) => a.at - b.at),
        'registerKwh',
      );
      expect(registers).toEqual(registers.toSorted((a, b) => a - b));
    }
  });

  it('bunching brings two buses of a line together', () => {
    const { messages, truths } = play(['bunching'], 18, simulatedWorld(1).world);
    const [route, late, follower] = truths[0]?.subjectIds ?? [];
    const delays = (trip: string | undefined): number[] => {
      const start = /(\d\d)(\d\d)$/.exec(trip ?? '');
      return messages
        .filter(
          ({ topic }) =>
            topic.includes(`/${route ?? ''}/${trip?.split('-')[2] === '0' ? 1 : 2}/`) &&
            topic.includes(`/${start?.[1] ?? ''}:${start?.[2] ?? ''}/`),
        )
        .map(({ payload }) => -((JSON.parse(payload) as { VP?: { dl: number } }).VP?.dl ?? 0));
    };
    expect(Math.max(...delays(late))).toBeGreaterThan(240);
    expect(Math.max(...delays(late)) - Math.max(...delays(follower))).toBeGreaterThan(180);
  });

  it('leaks let water run at night, before the run and during it', () => {
    const simulation = new Simulation(world, { seed: 42, startMs: START_MS, scenarios: ['leaks'] });
    const leaking = new Set(simulation.takeTruths()[0]?.subjectIds);
    expect(leaking.size).toBeGreaterThan(2);
    for (const { topic, payload } of simulation.history(1)) {
      if (!leaking.has(topic.split('/')[3] ?? '')) continue;
      const registers = (JSON.parse(payload) as { registerM3: (number | null)[] }).registerM3.filter(
        (value) => value !== null,
      );
      registers.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(registers[i] ?? 0));
    }
  });

  it('hardly any other household draws water in every hour', () => {
    const simulation = new Simulation(world, { seed: 42, startMs: START_MS, scenarios: ['quiet'] });
    const homes = new Set(
      world.meters.filter(({ customerClass }) => customerClass === 'singleFamily').map(({ id }) => id),
    );
    const restless = [...simulation.history(1)].filter(({ topic, payload }) => {
      const registers = (JSON.parse(payload) as { registerM3?: (number | null)[] }).registerM3;
      return (
        registers !== undefined &&
        homes.has(topic.split('/')[3] ?? '') &&
        registers.slice(1).every((value, i) => (value ?? 0) - (registers[i] ?? 0) > 0.0038)
      );
    });
    expect(restless.length).toBe(0);
  });

  it('tampered meters say so, reversed ones run backward, stuck ones stand', () => {
    const simulation = new Simulation(world, { seed: 42, startMs: START_MS, scenarios: ['tamper'] });
    const [bypassed, reversed, stuck] = simulation.takeTruths().map(({ subjectIds }) => new Set(subjectIds));
    const messages = simulation.step(START_MS + 1_800_000);
    expect(
      messages.some(
        ({ topic, payload }) => bypassed?.has(topic.split('/')[3] ?? '') && payload.includes('"flags":["tamper"]'),
      ),
    ).toBe(true);
    for (const { topic, payload } of simulation.history(1)) {
      const id = topic.split('/')[3] ?? '';
      const registers = ((JSON.parse(payload) as { registerKwh?: (number | null)[] }).registerKwh ?? []).filter(
        (value) => value !== null,
      );
      const change = (registers.at(-1) ?? 0) - (registers.at(-10) ?? 0);
      if (reversed?.has(id)) expect(change).toBeLessThan(0);
      if (stuck?.has(id)) expect(change).toBe(0);
    }
  });

  it('dead detectors fall silent', () => {
    const { messages, truths } = play(['deadDetectors'], 5);
    for (const id of truths[0]?.subjectIds ?? [])
      expect(readings(messages, `beacon/v1/traffic/${id}`).filter(({ at }) => at > START_MS + 80_000)).toEqual([]);
  });

  it('after a loss of the broker, what must arrive comes late, and nothing comes meanwhile', () => {
    const { messages, truths } = play(['brokerLoss'], 4);
    const [fromMs, toMs] = [truths[0]?.fromMs ?? 0, truths[0]?.toMs ?? 0];
    expect(messages.some(({ atMs }) => atMs >= fromMs && atMs < toMs)).toBe(false);
    const held = messages.filter(
      ({ atMs, qos, payload }) => qos === 1 && atMs === toMs && (JSON.parse(payload) as Reading).at < toMs,
    );
    expect(held.length).toBeGreaterThan(50);
  });

  it('citizens report, with a place and words', () => {
    const reports = play(['reports'], 20).messages.filter(({ topic }) => topic.startsWith('beacon/v1/report/'));
    expect(reports.length).toBeGreaterThan(2);
    expect(new Set(reports.map(({ topic }) => topic)).size).toBe(reports.length);
  });

  it('a demonstration has something within a minute, resolves, and goes on elsewhere', () => {
    const simulation = new Simulation(world, { seed: 42, startMs: START_MS, scenarios: ['demo'] });
    simulation.step(START_MS + 60_000);
    const first = simulation.takeTruths();
    expect(first.map(({ scenario }) => scenario)).toEqual(expect.arrayContaining(['crash', 'burst', 'leaks']));
    // Citizens report other things when the first rush is over.
    simulation.step(START_MS + 4 * 60_000);
    expect(simulation.takeTruths().map(({ scenario }) => scenario)).toContain('reports');
    simulation.skipTo(START_MS + 51 * 60_000);
    simulation.step(START_MS + 52 * 60_000);
    const second = simulation.takeTruths();
    expect(second.find(({ scenario }) => scenario === 'crash')?.subjectIds).not.toEqual(
      first.find(({ scenario }) => scenario === 'crash')?.subjectIds,
    );
  });
});
