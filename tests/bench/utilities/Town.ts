import type { Domain } from '../../../main/engine/domains/kit/Domain.ts';
import type { County, Meter, Zone } from '../../../shared/county/county.ts';
import type { Quality } from '../../../shared/base/quality.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import { hash } from '../../../simulators/random/hash.ts';
import type { Benign, Fault, FaultKind } from './faults.ts';

const ZONES = 8;
const METERS_PER_ZONE = 40;
const PER_TRANSFORMER = 8;
const NOMINAL_V = 230;
/** The first homes of this feeder have roofs that feed in more than they draw. */
const SOLAR_ZONE = 1;
const SOLAR_HOMES = 15;
const SOLAR_KW = 4;
/** In this zone gardens are watered early in the morning, every other day. */
const GARDEN_ZONE = 2;
const SPRINKLED_M3H = 12;
const DIGITS_MODULUS = 1000;

const SQUARE: [number, number][] = [
  [-0.1, -0.1],
  [0.1, -0.1],
  [0.1, 0.1],
  [-0.1, -0.1],
];

/** Four water zones and four feeders of 40 meters. */
export function makeTown(): Pick<County, 'zones' | 'meters'> {
  const zones = Array.from({ length: ZONES }, (_, at): Zone => {
    const kind = at % 2 === 0 ? 'dma' : 'feeder';
    return { id: `Z${at}`, kind, name: `Z${at}`, meterCount: METERS_PER_ZONE, outline: SQUARE, center: [0, 0] };
  });
  const meters = zones.flatMap(({ id, kind }) =>
    Array.from({ length: METERS_PER_ZONE }, (_, at): Meter => ({
      id: `${id}-${at}`,
      commodity: kind === 'dma' ? 'water' : 'electricity',
      ...{ lon: 0, lat: 0, zoneId: id, premiseId: undefined, customerClass: 'singleFamily' },
      transformerId: kind === 'feeder' ? `${id}-T${Math.floor(at / PER_TRANSFORMER)}` : undefined,
      digits: 3,
    })),
  );
  return { zones, meters };
}

/** The share of the mean use at an hour of the day: low at night, with a morning and an evening. */
const daily = (atMs: number): number => {
  const hour = (atMs / HOUR_MS) % 24;
  return (
    0.25 +
    0.9 * Math.exp(-(((hour - 7.5) / 2) ** 2)) +
    1.2 * Math.exp(-(((hour - 19) / 2.6) ** 2)) +
    (hour > 9 && hour < 17 ? 0.35 : 0)
  );
};

const sunAt = (atMs: number): number => Math.max(0, Math.sin((((atMs / HOUR_MS) % 24) - 6) * (Math.PI / 12)));
const isSprinkled = (atMs: number): boolean => {
  const [day, hour] = [Math.floor(atMs / DAY_MS), (atMs / HOUR_MS) % 24];
  return day % 2 === 0 && hour >= 4 && hour < 6;
};

/** Sends what the meters and zones of the town would, with the faults that they have. */
export class Town {
  readonly #domain: Domain;
  readonly #town: Pick<County, 'zones' | 'meters'>;
  readonly #faults: readonly Fault[];
  readonly #benign: readonly Benign[];
  readonly #seed: number;
  readonly #registers: number[];
  readonly #held: { atMs: number; send: () => void }[] = [];
  readonly #gasped = new Set<Fault>();

  constructor(
    domain: Domain,
    town: Pick<County, 'zones' | 'meters'>,
    faults: readonly Fault[],
    benign: readonly Benign[],
    { seed, fromMs }: { seed: number; fromMs: number },
  ) {
    this.#domain = domain;
    this.#town = town;
    this.#faults = faults;
    this.#benign = benign;
    this.#seed = seed;
    this.#registers = town.meters.map(({ commodity }, at) => {
      const rolls = benign.find(({ kind, target }) => kind === 'rollOver' && target === at);
      if (rolls === undefined) return 20 + (hash(seed, at, 1) % 200);
      // As much before the end of the register as it will have counted by then.
      return DIGITS_MODULUS - ((rolls.fromMs - fromMs) / HOUR_MS) * (commodity === 'water' ? 0.02 : 0.65);
    });
  }

  /** The quarter hour that ends now. */
  step(nowMs: number): void {
    for (const at of this.#town.zones.keys()) this.#zone(at, nowMs);
    for (const { send } of this.#held.filter(({ atMs }) => atMs <= nowMs)) send();
    this.#held.splice(0, this.#held.length, ...this.#held.filter(({ atMs }) => atMs > nowMs));
    if (nowMs % HOUR_MS === 0) for (const at of this.#town.meters.keys()) this.#meter(at, nowMs);
    for (const fault of this.#faults) this.#events(fault, nowMs);
  }

  #has(kind: FaultKind, target: number, atMs: number): boolean {
    return this.#faults.some(
      (fault) => fault.kind === kind && fault.target === target && fault.fromMs <= atMs && atMs < fault.toMs,
    );
  }

  #noise(a: number, b: number): number {
    return (hash(this.#seed, a, b) / 4_294_967_296) * 2 - 1;
  }

  #send(
    deviceId: string,
    quantity: Quantity,
    value: number,
    atMs: number,
    nowMs: number,
    quality: Quality = 'good',
  ): void {
    const sample = { kind: 'sample' as const, deviceId, quantity, value, atMs, quality };
    for (const each of this.#domain.review?.([sample]) ?? [sample]) this.#domain.apply(each, nowMs);
  }

  #zone(at: number, nowMs: number): void {
    const zone = this.#town.zones[at];
    if (zone === undefined) return;
    const usual = 1 + 0.05 * this.#noise(at, nowMs / 1000);
    if (zone.kind === 'dma') {
      const extra = this.#has('mainBurst', at, nowMs) ? 30 : this.#has('nightLeak', at, nowMs) ? 6 : 0;
      const sprinkled = at === GARDEN_ZONE && isSprinkled(nowMs) ? SPRINKLED_M3H : 0;
      this.#send(zone.id, 'flowM3h', 40 * daily(nowMs) * usual + sprinkled + extra, nowMs, nowMs);
      const dropKpa = this.#has('mainBurst', at, nowMs) ? 90 : 0;
      this.#send(
        zone.id,
        'pressureKpa',
        450 - 12 * daily(nowMs) - dropKpa + 3 * this.#noise(at, nowMs / 999),
        nowMs,
        nowMs,
      );
    } else {
      const isOut = this.#has('outage', at, nowMs);
      const lost = this.#has('transformerOut', at, nowMs) ? 0.8 : 1;
      const sun = at === SOLAR_ZONE ? SOLAR_HOMES * SOLAR_KW * sunAt(nowMs) : 0;
      this.#send(zone.id, 'powerKw', isOut ? 0 : 45 * daily(nowMs) * usual * lost - sun, nowMs, nowMs);
      const share = isOut ? 0 : this.#has('voltage', at, nowMs) ? 1.12 : 1 + 0.01 * this.#noise(at, nowMs / 998);
      this.#send(zone.id, 'voltageV', NOMINAL_V * share, nowMs, nowMs);
    }
  }

  #useOf(at: number, meter: Meter, zone: number, nowMs: number): number {
    const isWater = meter.commodity === 'water';
    if (
      this.#benign.some(
        ({ kind, target, fromMs, toMs }) => kind === 'absent' && target === at && fromMs <= nowMs && nowMs < toMs,
      )
    )
      return isWater ? 0 : 0.06 + 0.01 * this.#noise(at, nowMs / 997);
    if (!isWater && (this.#has('stuck', at, nowMs) || this.#has('outage', zone, nowMs))) return 0;
    if (isWater && this.#has('backwards', at, nowMs)) return -0.02;
    const chance = this.#noise(at, nowMs / 996);
    const isUsed = isWater ? chance > 1 - 1.2 * Math.min(1, daily(nowMs)) : true;
    const used = (isWater ? 0.04 : 0.9) * daily(nowMs) * (1 + 0.5 * this.#noise(at, nowMs / 995)) * (isUsed ? 1 : 0);
    const fed = zone === SOLAR_ZONE && at % METERS_PER_ZONE < SOLAR_HOMES ? SOLAR_KW * sunAt(nowMs) : 0;
    return used - fed + (this.#has('leak', at, nowMs) ? 0.007 : this.#has('pipeBurst', at, nowMs) ? 0.4 : 0);
  }

  #meter(at: number, nowMs: number): void {
    const meter = this.#town.meters[at];
    if (meter === undefined) return;
    const zone = Math.floor(at / METERS_PER_ZONE);
    const value = Number(((this.#registers[at] ?? 0) + this.#useOf(at, meter, zone, nowMs)).toFixed(3));
    this.#registers[at] = value;
    const isSilent =
      this.#has('outage', zone, nowMs) ||
      (this.#has('transformerOut', zone, nowMs) && at % METERS_PER_ZONE < PER_TRANSFORMER) ||
      (this.#has('silent', zone, nowMs) && at % METERS_PER_ZONE < METERS_PER_ZONE / 3);
    if (!isSilent) this.#report(at, meter, nowMs);
  }

  /** Reports the register, in the way that a benign event has it. */
  #report(at: number, { id, commodity }: Meter, nowMs: number): void {
    const quantity = commodity === 'water' ? 'registerM3' : 'registerKwh';
    const kind = this.#benign.find(
      (each) => each.target === at && each.fromMs <= nowMs && nowMs < each.fromMs + HOUR_MS,
    )?.kind;
    if (kind === 'exchange') this.#registers[at] = 0;
    const value = Number(((this.#registers[at] ?? 0) % DIGITS_MODULUS).toFixed(3));
    const send = (shown: number, quality: Quality = 'good'): void =>
      this.#send(id, quantity, shown, nowMs, nowMs, quality);
    if (kind === 'zero') send(0);
    else if (kind === 'spike') send(value + 300);
    else if (kind === 'estimate') send(value + 2, 'estimated');
    else if (kind === 'late') this.#held.push({ atMs: nowMs + 5 * HOUR_MS, send: () => send(value) });
    else send(value);
    if (kind === 'twice') send(value);
  }

  #events(fault: Fault, nowMs: number): void {
    if (nowMs < fault.fromMs || this.#gasped.has(fault)) return;
    const flag = (id: string, word: string): void =>
      this.#domain.apply(
        { kind: 'flags', deviceId: id, atMs: nowMs, quality: 'good', flags: [word], isState: false },
        nowMs,
      );
    this.#gasped.add(fault);
    if (fault.kind === 'tamper') flag(this.#town.meters[fault.target]?.id ?? '', 'tamper');
    if (fault.kind !== 'transformerOut') return;
    for (let at = 0; at < PER_TRANSFORMER; at++) flag(`Z${fault.target}-${at}`, 'lastGasp');
  }
}
