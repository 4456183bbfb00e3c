import type { IntervalsMessage, MeterMessage } from '../../shared/wire/topics.ts';
import { normal, textKey, uniform } from '../random/hash.ts';
import type { Director } from '../scenarios/Director.ts';
import { HOUR_MS } from '../world/LocalTime.ts';
import type { World } from '../world/World.ts';
import { beaconMessage, type Message } from './message.ts';
import type { MeterModel } from './MeterModel.ts';
import { Stagger } from './Stagger.ts';
import type { ZoneModel } from './ZoneModel.ts';

const PERIOD_S = { electricity: 900, water: 3600 } as const;
/** Shares of meters that are permanently dead or stuck, and share of six-hour spans in which a meter is not heard. */
const DEAD_SHARE = 0.001;
const STUCK_SHARE = 0.0006;
const DROPOUT_SHARE = 0.003;
/** The time at which the stuck registers stopped. */
const STUCK_SINCE_MS = Date.UTC(2025, 10, 3);

/** Meters with this prefix are read by radio, and are meters for three phases of which one is connected. */
const RADIO_PREFIX = 'wmbus:';

/** As wmbusmeters publishes what its driver for such meters makes of a telegram. */
const singlePhaseTelegram = (id: string, registerKwh: number, voltageV: number, atMs: number): Message => ({
  topic: `wmbusmeters/${id}`,
  payload: JSON.stringify({
    _: 'telegram',
    media: 'electricity',
    meter: 'amiplus',
    name: id,
    id,
    total_energy_consumption_kwh: registerKwh,
    voltage_at_phase_1_v: voltageV,
    voltage_at_phase_2_v: 0,
    voltage_at_phase_3_v: 0,
    status: 'OK',
    timestamp: new Date(atMs).toISOString(),
  }),
  qos: 1,
  atMs,
});

/** The electricity and water meters: they report cumulative registers, and electricity meters also the voltage. */
export class MeterStation {
  readonly #world: World;
  readonly #model: MeterModel;
  readonly #zones: ZoneModel;
  readonly #director: Director;
  readonly #seed: number;
  readonly #keys: Uint32Array;
  readonly #staggers: Stagger[];
  #voltages = { atMs: -1, byZone: new Map<number, number>() };

  constructor(world: World, model: MeterModel, zones: ZoneModel, director: Director, seed: number) {
    this.#world = world;
    this.#model = model;
    this.#zones = zones;
    this.#director = director;
    this.#seed = seed;
    this.#keys = Uint32Array.from(world.meters, ({ id }) => textKey(id));
    const byCommodity = Map.groupBy(world.meters.keys(), (meter) => world.meters[meter]?.commodity ?? 'water');
    this.#staggers = [...byCommodity].map(([commodity, meters]) => new Stagger(meters, PERIOD_S[commodity], seed));
  }

  report(atMs: number): Message[] {
    return this.#staggers.flatMap((stagger) =>
      stagger.dueAt(atMs).flatMap((meter) => (this.#isSilent(meter, atMs) ? [] : [this.#reading(meter, atMs)])),
    );
  }

  /** What the meter shows, in kWh or m³, rounded down to the digits of its display. */
  registerAt(meter: number, atMs: number): number {
    const isStuck = uniform(this.#seed, this.#keys[meter] ?? 0, 61) < STUCK_SHARE;
    const shown = this.#director.shownRegister(meter, atMs, (timeMs) =>
      this.#model.register(meter, isStuck ? Math.min(timeMs, STUCK_SINCE_MS) : timeMs),
    );
    return Math.floor(shown * 1000) / 1000;
  }

  /** Hourly registers of the past; the last one is at the last full hour. Undefined for a dead meter. */
  history(meter: number, fromMs: number, toMs: number): Message | undefined {
    const firstMs = Math.ceil(fromMs / HOUR_MS) * HOUR_MS;
    const count = Math.floor((toMs - firstMs) / HOUR_MS) + 1;
    const entry = this.#world.meters[meter];
    if (entry === undefined || this.isDead(meter) || count < 1) return undefined;
    const registers = Array.from({ length: count }, (_, i) => {
      const atMs = firstMs + i * HOUR_MS;
      return this.#isMissing(meter, atMs) ? null : this.registerAt(meter, atMs);
    });
    const body: IntervalsMessage = {
      from: firstMs,
      everyS: 3600,
      ...(entry.commodity === 'electricity' ? { registerKwh: registers } : { registerM3: registers }),
    };
    return beaconMessage('intervals', ['meter', entry.id], toMs, body);
  }

  isDead(meter: number): boolean {
    return uniform(this.#seed, this.#keys[meter] ?? 0, 62) < DEAD_SHARE;
  }

  #isMissing(meter: number, atMs: number): boolean {
    return uniform(this.#seed, this.#keys[meter] ?? 0, Math.floor(atMs / (6 * HOUR_MS)), 63) < DROPOUT_SHARE;
  }

  #isSilent(meter: number, atMs: number): boolean {
    return this.isDead(meter) || this.#isMissing(meter, atMs) || this.#director.isWithoutPower(meter, atMs);
  }

  #reading(meter: number, atMs: number): Message {
    const entry = this.#world.meters[meter];
    const register = this.registerAt(meter, atMs);
    const flags = this.#director.flagsOf(meter);
    if (entry?.id.startsWith(RADIO_PREFIX) === true && entry.commodity === 'electricity')
      return singlePhaseTelegram(entry.id.slice(RADIO_PREFIX.length), register, this.#voltage(meter, atMs), atMs);
    const body: MeterMessage = {
      at: atMs,
      ...(entry?.commodity === 'electricity'
        ? { registerKwh: register, voltageV: this.#voltage(meter, atMs) }
        : { registerM3: register }),
      ...(flags.length > 0 ? { flags: [...flags] } : {}),
    };
    return beaconMessage('meter', [entry?.id ?? ''], atMs, body);
  }

  /** The substation's voltage less the drop along the feeder and the transformer, which grows with the load. */
  #voltage(meter: number, atMs: number): number {
    const zone = this.#world.meterZone[meter] ?? 0;
    if (this.#voltages.atMs !== atMs) this.#voltages = { atMs, byZone: new Map() };
    const substation = this.#voltages.byZone.get(zone) ?? this.#zones.voltagePu(zone, atMs);
    this.#voltages.byZone.set(zone, substation);
    const distance = uniform(this.#seed, textKey(this.#world.meters[meter]?.transformerId ?? ''), 64);
    const drop = distance * 0.018 + 0.0025 * normal(this.#seed, this.#keys[meter] ?? 0, Math.floor(atMs / 1000), 65);
    return Math.round((substation - drop) * this.#world.profile.nominalVoltageV * 10) / 10;
  }
}
