import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { County } from '../../shared/county/county.ts';
import { makeMeters } from './makeCounty.ts';
import type { Screen } from './openScreen.ts';
import { smallCounty, zoneOf } from './smallCounty.ts';

const ZONE = 'F1';
const EVERY_MS = 1000;
const WH_PER_KWH = 1000;
const MOST_POINTS = 5000;

/** A county so small that an engine reads it almost at once. */
export const faultCounty = (meters: number): County =>
  smallCounty({
    zones: [zoneOf(ZONE, 'feeder', 'Feeder 1', meters)],
    meters: makeMeters(meters, 'electricity', ZONE).map((meter) => ({ ...meter, lon: -93.5, lat: 44.5 })),
  });

/**
 * Meters that read their register once per second of their own time and publish with QoS 1, and the ledger of what they
 * sent: reading n of every meter is n Wh at `baseMs` + n seconds, as much as a home draws, so that each one can be searched
 * for.
 */
export class MeterStream {
  readonly #client: MqttClient;
  readonly #meters: string[];
  readonly #baseMs: number;
  readonly #unacknowledged = new Set<Promise<void>>();
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(client: MqttClient, meters: number, baseMs: number) {
    this.#client = client;
    this.#meters = Array.from({ length: meters }, (_, index) => `${ZONE}-${index}`);
    this.#baseMs = baseMs;
  }

  /** `baseMs` is the time of the first reading. */
  static async connect(url: string, meters: number, baseMs: number): Promise<MeterStream> {
    return new MeterStream(
      await connectAsync(url, {
        reconnectPeriod: 200,
        clean: false,
        clientId: `meters-${process.pid}-${Math.round(performance.now())}`,
      }),
      meters,
      baseMs,
    );
  }

  /** How many readings each meter has sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Sends one reading of every meter. */
  send(): void {
    const n = this.#sent++;
    for (const meter of this.#meters) {
      const sending = this.#client
        .publishAsync(
          `beacon/v1/meter/${meter}`,
          JSON.stringify({ at: this.#baseMs + n * EVERY_MS, registerKwh: n / WH_PER_KWH }),
          { qos: 1 },
        )
        .then(() => undefined);
      this.#unacknowledged.add(sending);
      void sending.finally(() => this.#unacknowledged.delete(sending));
    }
  }

  /** Sends readings at this interval until `pause`. */
  run(everyMs: number): void {
    this.#timer = setInterval(() => this.send(), everyMs);
  }

  /** Sends nothing more, and resolves when the broker has acknowledged everything. */
  async pause(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#unacknowledged);
  }

  /**
   * The differences between the ledger and the answers of an engine, in words; empty if every reading is present
   * exactly once.
   */
  async differences(screen: Screen): Promise<string[]> {
    const wanted = Array.from({ length: this.#sent }, (_, n) => n);
    const found: string[] = [];
    for (const deviceId of this.#meters) {
      const points: number[] = [];
      // Each request covers fewer points than the number from which the engine thins them out.
      for (let from = 0; from < this.#sent; from += MOST_POINTS / 2) {
        const { atMs, value } = await screen.request('series.query', {
          deviceId,
          quantity: 'registerKwh',
          fromMs: this.#baseMs + from * EVERY_MS,
          toMs: this.#baseMs + (from + MOST_POINTS / 2) * EVERY_MS,
          maxPoints: MOST_POINTS,
          asRate: false,
        });
        atMs.forEach((at, index) => {
          const n = Math.round((value[index] ?? Number.NaN) * WH_PER_KWH);
          points.push((at - this.#baseMs) / EVERY_MS === n ? n : Number.NaN);
        });
      }
      if (points.length !== wanted.length || points.some((n, index) => n !== index)) {
        const missing = wanted.filter((n) => !points.includes(n));
        found.push(
          `${deviceId}: ${wanted.length} sent, ${points.length} stored; missing ${missing.slice(0, 10).join(', ')}`,
        );
      }
    }
    return found;
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#client.endAsync(true);
  }
}
