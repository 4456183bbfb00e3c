import type { Condition } from '../../main/engine/domains/kit/Condition.ts';
import type { Domain } from '../../main/engine/domains/kit/Domain.ts';
import { createUtilitiesDomain } from '../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { feeds } from '../../main/engine/ingest/feeds/feedList.ts';
import { topicOf } from '../../main/engine/ingest/TopicTable.ts';
import { TopicRouter } from '../../main/engine/ingest/TopicRouter.ts';
import { createRegistry } from '../../main/engine/registry/createRegistry.ts';
import type { Registry } from '../../main/engine/registry/Registry.ts';
import type { County, Meter } from '../../shared/county/county.ts';
import { makeCounty, makeZone } from './makeCounty.ts';

const MINUTE_MS = 60_000;
/** A Wednesday, 12:00. */
export const NOON_MS = Date.UTC(2026, 4, 6, 12);

const SQUARE: [number, number][] = [
  [-0.1, -0.1],
  [0.1, -0.1],
  [0.1, 0.1],
  [-0.1, 0.1],
  [-0.1, -0.1],
];

const meter = (id: string, commodity: Meter['commodity'], zoneId: string, transformerId?: string): Meter => ({
  id,
  commodity,
  lon: 0,
  lat: 0,
  zoneId,
  premiseId: undefined,
  customerClass: 'singleFamily',
  transformerId,
});

/**
 * A feeder FX with four transformers of ten customers (`T0-0` …), a water zone ZW with ten (`W0` …), and radio meters:
 * `wmbus:1` to `9` of water, `wmbus:71` to `79` and `ert:1` to `9` of electricity.
 */
export function meterTown(profile: Partial<County['profile']> = {}): County {
  const grid = [0, 1, 2, 3].flatMap((t) =>
    Array.from({ length: 10 }, (_, i) => meter(`T${t}-${i}`, 'electricity', 'FX', `T${t}`)),
  );
  const water = Array.from({ length: 10 }, (_, i) => meter(`W${i}`, 'water', 'ZW'));
  const radio = Array.from({ length: 9 }, (_, i) => [
    meter(`wmbus:${i + 1}`, 'water', 'ZM'),
    meter(`wmbus:7${i + 1}`, 'electricity', 'FR'),
    meter(`ert:${i + 1}`, 'electricity', 'FR'),
  ]).flat();
  const { county } = makeCounty({
    zones: [
      makeZone('FX', 'feeder', 40),
      makeZone('FR', 'feeder', 18),
      makeZone('ZW', 'dma', 10),
      makeZone('ZM', 'dma', 9),
    ].map((zone) => ({ ...zone, outline: SQUARE })),
    meters: [...grid, ...water, ...radio],
  });
  return { ...county, profile: { ...county.profile, ...profile } };
}

/** The feeds and the utilities domain: messages go in as they are sent, and what an operator sees comes out. */
export class MeterTown {
  readonly county: County;
  domain: Domain;
  nowMs = NOON_MS;
  readonly #registry: Registry;
  readonly #router: TopicRouter;
  readonly #states = feeds.map((feed) => feed.initialState());

  constructor(profile: Partial<County['profile']> = {}) {
    this.county = meterTown(profile);
    this.domain = createUtilitiesDomain(this.county);
    this.#registry = createRegistry(this.county);
    this.#router = new TopicRouter(feeds, this.#registry);
  }

  send(topic: string, message: object): void {
    const route = this.#router.route(topicOf(topic));
    const feed = feeds[route.feed];
    if (feed === undefined) throw new Error(`No feed takes ${topic}.`);
    const payload = Buffer.from(JSON.stringify(message));
    const result = feed.step(this.#states[route.feed], topic, payload, this.nowMs, this.#registry, route.place);
    this.#states[route.feed] = result.state;
    if ('refusal' in result) throw new Error(`${topic}: ${result.refusal.detail}`);
    for (const value of result.values) this.domain.apply(value, this.nowMs);
  }

  feeder(reading: { powerKw?: number; voltageV?: number; breaker?: 'open' | 'closed' }, id = 'FX'): void {
    this.send(`beacon/v1/zone/${id}`, { at: this.nowMs, ...reading });
  }

  event(id: string, event: string, atMs = this.nowMs): void {
    this.send(`beacon/v1/meter/${id}/event`, { at: atMs, event });
  }

  reading(id: string, reading: object, atMs = this.nowMs): void {
    this.send(`beacon/v1/meter/${id}`, { at: atMs, ...reading });
  }

  wmbus(id: number, fields: object): void {
    const media = id > 9 ? 'electricity' : 'water';
    const timestamp = new Date(this.nowMs).toISOString();
    this.send(`wmbusmeters/${id}`, { _: 'telegram', media, name: 'x', id: String(id), timestamp, ...fields });
  }

  ert(type: string, message: object): void {
    this.send('rtlamr/raw', { Time: new Date(this.nowMs).toISOString(), Type: type, Message: message });
  }

  pass(minutes: number): void {
    this.nowMs += minutes * MINUTE_MS;
  }

  /** Days of usual load before now. */
  learn(powerKw: number, days = 3): void {
    const nowMs = this.nowMs;
    for (this.nowMs -= days * 1440 * MINUTE_MS; this.nowMs < nowMs; this.pass(15)) {
      const value = { kind: 'sample', deviceId: 'FX', quality: 'good', atMs: this.nowMs } as const;
      this.domain.apply({ ...value, quantity: 'powerKw', value: powerKw }, nowMs);
    }
    this.nowMs = nowMs;
  }

  /** As after a restart: only what is carried over is known, and it went through a file. */
  restart(): void {
    const kept: unknown = JSON.parse(JSON.stringify([...(this.domain.standing?.records() ?? [])]));
    this.domain = createUtilitiesDomain(this.county);
    this.domain.standing?.restore(kept as unknown[]);
  }

  /** All conditions, with every meter looked at. */
  judge(): Condition[] {
    this.domain.judge(this.nowMs);
    return this.domain.judge(this.nowMs);
  }

  /** What would raise an alarm now, as "rule: title". */
  raised(): string[] {
    return this.judge()
      .filter(({ isInDeadband, unjudgedSinceMs }) => isInDeadband !== true && unjudgedSinceMs === undefined)
      .map(({ rule, title }) => `${rule}: ${title}`);
  }

  /** What keeps an alarm that nobody judges any more. */
  unjudged(): string[] {
    return this.judge()
      .filter(({ unjudgedSinceMs }) => unjudgedSinceMs !== undefined)
      .map(({ rule, title }) => `${rule}: ${title}`);
  }

  work(): Record<string, string> {
    this.judge();
    return Object.fromEntries((this.domain.workItems?.() ?? []).map(({ title, reason }) => [title, reason]));
  }

  facts(kind: 'meter' | 'zone' | 'feeder', id: string): string[] {
    return (this.domain.detail({ kind, id }, this.nowMs)?.facts ?? []).map(({ label, text }) => `${label}: ${text}`);
  }

  customersOut(): number | null | undefined {
    return this.domain.figures(this.nowMs).find(({ id }) => id === 'customersOut')?.value;
  }
}
