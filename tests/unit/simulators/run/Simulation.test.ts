import { describe, expect, it } from 'vitest';
import {
  clockMessageSchema,
  intervalsMessageSchema,
  meterEventMessageSchema,
  meterMessageSchema,
  reportMessageSchema,
  trafficMessageSchema,
  unitMessageSchema,
  zoneMessageSchema,
} from '../../../../shared/wire/topics.ts';
import type { Message } from '../../../../simulators/devices/message.ts';
import type { ScenarioName } from '../../../../shared/wire/simulatedCounty.ts';
import { Simulation } from '../../../../simulators/run/Simulation.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';

const { world } = simulatedWorld();
/** A Monday, 08:00 in the county. */
const START_MS = Date.UTC(2026, 4, 4, 13);
const simulate = (scenarios: readonly ScenarioName[] = ['quiet']): Simulation =>
  new Simulation(world, { seed: 42, startMs: START_MS, scenarios });

const schemas = [
  [/^beacon\/v1\/traffic\/[^/]+$/, trafficMessageSchema],
  [/^beacon\/v1\/meter\/[^/]+$/, meterMessageSchema],
  [/^beacon\/v1\/meter\/[^/]+\/event$/, meterEventMessageSchema],
  [/^beacon\/v1\/zone\/[^/]+$/, zoneMessageSchema],
  [/^beacon\/v1\/unit\/[^/]+$/, unitMessageSchema],
  [/^beacon\/v1\/report\/[^/]+$/, reportMessageSchema],
  [/^beacon\/v1\/(traffic|meter|zone)\/[^/]+\/intervals$/, intervalsMessageSchema],
  [/^beacon\/v1\/clock$/, clockMessageSchema],
] as const;

const body = (message: Message): Record<string, number> => JSON.parse(message.payload) as Record<string, number>;
const of = (messages: readonly Message[], kind: string): Message[] =>
  messages.filter(({ topic }) => new RegExp(`^beacon/v1/${kind}/[^/]+$`).test(topic));

describe('the simulated county', () => {
  it('says the same at the same times, in small steps or large ones', () => {
    const large = simulate(['demo']).step(START_MS + 300_000);
    const small = simulate(['demo']);
    const pieces = Array.from({ length: 600 }, (_, i) => small.step(START_MS + (i + 1) * 500)).flat();
    expect(pieces).toEqual(large);
    expect(large.length).toBeGreaterThan(2000);
  });

  it('speaks as its topics declare', () => {
    const simulation = simulate(['demo', 'outage']);
    for (const message of [...simulation.history(0.2), ...simulation.step(START_MS + 240_000)]) {
      const schema = schemas.find(([pattern]) => pattern.test(message.topic))?.[1];
      if (schema === undefined)
        expect(message.topic).toMatch(/^\/hfp\/v2\/journey\/ongoing\/(vp|arr|dep)\/bus\/0012\/\d{5}\//);
      else schema.parse(JSON.parse(message.payload));
    }
  });

  it('has detectors speak every half minute, electricity meters every quarter of an hour, water meters every hour', () => {
    const messages = simulate().step(START_MS + 3_600_000);
    const each = (kind: string, ids: readonly string[]): number =>
      of(messages, kind).filter(({ topic }) => ids.includes(topic.split('/').at(-1) ?? '')).length / ids.length;
    const meters = (commodity: string): string[] =>
      world.meters.filter((meter) => meter.commodity === commodity).map(({ id }) => id);
    expect(
      each(
        'traffic',
        world.detectors.map(({ id }) => id),
      ),
    ).toBeGreaterThan(110);
    expect(each('meter', meters('electricity'))).toBeCloseTo(4, 0);
    expect(each('meter', meters('water'))).toBeCloseTo(1, 1);
  });

  it('sends some messages late and some twice, all with the time at which they were measured', () => {
    const messages = of(simulate().step(START_MS + 3_600_000), 'meter');
    const late = messages.filter((message) => message.atMs > (body(message)['at'] ?? 0));
    const keys = messages.map((message) => `${message.topic} ${body(message)['at'] ?? 0}`);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBeLessThan(keys.length);
  });

  it('goes on with its registers where history ended', () => {
    const simulation = simulate();
    const last = new Map<string, number>();
    for (const message of simulation.history(2)) {
      const block = intervalsMessageSchema.parse(JSON.parse(message.payload));
      const registers = (block.registerKwh ?? block.registerM3 ?? []).filter((value) => value !== null);
      registers.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(registers[i] ?? 0));
      if (registers.length > 0) last.set(message.topic.replace('/intervals', ''), registers.at(-1) ?? 0);
    }
    const firsts = of(simulation.step(START_MS + 3_600_000), 'meter').filter(({ topic }) => last.has(topic));
    expect(firsts.length).toBeGreaterThan(1000);
    for (const message of firsts) {
      const register = body(message)['registerKwh'] ?? body(message)['registerM3'] ?? -1;
      expect(register).toBeGreaterThanOrEqual(last.get(message.topic) ?? 0);
      expect(register - (last.get(message.topic) ?? 0)).toBeLessThan(400);
    }
  });

  it('delivers history as zones, detectors, then meters, up to the start', () => {
    const kinds = [...simulate().history(1)].map(({ topic }) => topic.split('/')[2]);
    expect(kinds).toEqual(kinds.toSorted((a, b) => 'ztm'.indexOf(a?.[0] ?? '') - 'ztm'.indexOf(b?.[0] ?? '')));
    for (const message of simulate().history(1)) {
      const { from, everyS, ...columns } = intervalsMessageSchema.parse(JSON.parse(message.payload));
      const length = Math.max(...Object.values(columns).map((column) => column?.length ?? 0));
      expect(from + (length - 1) * everyS * 1000).toBeLessThanOrEqual(START_MS);
      expect(from + length * everyS * 1000).toBeGreaterThan(START_MS);
    }
  });

  it('balances: what a feeder carries is what its meters draw, and its losses', () => {
    const simulation = simulate();
    const zone = world.zones.findIndex(({ kind }) => kind === 'feeder');
    const totals = { drawn: 0, carried: 0 };
    for (const message of simulation.history(2)) {
      const block = intervalsMessageSchema.parse(JSON.parse(message.payload));
      const id = message.topic.split('/')[3];
      if (id === world.zones[zone]?.id)
        totals.carried = (block.powerKw ?? []).reduce<number>((sum, kw) => sum + (kw ?? 0) / 4, 0);
      const meter = world.meters.find((candidate) => candidate.id === id && candidate.zoneId === world.zones[zone]?.id);
      const registers = (block.registerKwh ?? []).filter((value) => value !== null);
      if (meter !== undefined) totals.drawn += (registers.at(-1) ?? 0) - (registers[0] ?? 0);
    }
    expect(totals.carried / totals.drawn).toBeGreaterThan(1.0);
    expect(totals.carried / totals.drawn).toBeLessThan(1.09);
  });

  it('has response units that obey: out to the place, and home again', () => {
    const simulation = simulate();
    const unit = world.units.find(({ kind }) => kind === 'fire');
    const target = world.meters[10];
    simulation.dispatch(unit?.id ?? '', {
      at: START_MS,
      incident: 'I-1',
      order: 'go',
      lon: target?.lon,
      lat: target?.lat,
    });
    const statuses = (untilMs: number): string[] =>
      simulation
        .step(untilMs)
        .filter(({ topic }) => topic.endsWith(`/${unit?.id ?? ''}`))
        .map((message) => unitMessageSchema.parse(JSON.parse(message.payload)).status);
    const out = statuses(START_MS + 1_800_000);
    expect([...new Set(out)]).toEqual(['dispatched', 'accepted', 'enRoute', 'onScene']);
    simulation.dispatch(unit?.id ?? '', { at: START_MS, incident: 'I-1', order: 'standDown' });
    expect([...new Set(statuses(START_MS + 5_400_000))]).toEqual(['returning', 'available']);
  });

  it('has units that hear no order where it is told to', () => {
    const unit = world.units.find(({ kind }) => kind === 'police')?.id ?? '';
    const incidentsSaid = (scenario: ScenarioName): unknown[] => {
      const simulation = simulate([scenario]);
      simulation.dispatch(unit, { at: START_MS, incident: 'I-1', order: 'go' });
      const said = simulation.step(START_MS + 120_000).filter(({ topic }) => topic === `beacon/v1/unit/${unit}`);
      return said.map((message) => unitMessageSchema.parse(JSON.parse(message.payload)).incident);
    };
    expect([...new Set(incidentsSaid('noAnswer'))]).toEqual([undefined]);
    expect(incidentsSaid('quiet')).toContain('I-1');
  });

  it('skips what it slept through', () => {
    const simulation = simulate();
    simulation.skipTo(START_MS + 3_600_000);
    expect(simulation.step(START_MS + 3_601_000).every(({ atMs }) => atMs === START_MS + 3_601_000)).toBe(true);
  });
});
