import { feeds } from '../../main/engine/ingest/feeds/feedList.ts';
import { SeriesDictionary } from '../../main/engine/ingest/BatchBuilder.ts';
import { IntakeStats } from '../../main/engine/ingest/IntakeStats.ts';
import { Pipeline } from '../../main/engine/ingest/Pipeline.ts';
import { topicOf } from '../../main/engine/ingest/TopicTable.ts';
import { UnplacedDevices } from '../../main/engine/ingest/UnplacedDevices.ts';
import type { Condition } from '../../main/engine/domains/kit/Condition.ts';
import type { Domain } from '../../main/engine/domains/kit/Domain.ts';
import { createUtilitiesDomain } from '../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { createRegistry } from '../../main/engine/registry/createRegistry.ts';
import type { Registry } from '../../main/engine/registry/Registry.ts';
import type { DeadLetterRow } from '../../main/engine/store/store.ts';
import type { County } from '../../shared/county/county.ts';
import type { Quality } from '../../shared/base/quality.ts';
import { qualityOfCode } from '../../shared/base/quality.ts';
import type { Quantity } from '../../shared/base/quantities.ts';
import { zoneStates } from '../../shared/live/frame.ts';
import { frameOf } from './frameOf.ts';
import { eventually } from './startHost.ts';
import { openTelemetryPair } from './telemetryPair.ts';
import type { TelemetryPair } from './telemetryPair.ts';
import type { MeterMessage } from './meterCases.ts';

const DAY_MS = 86_400_000;
/** A Wednesday, 18:00 UTC. */
export const END_MS = Date.UTC(2026, 5, 3, 18);

type Stored = { atMs: number; value: number; quality: Quality };

/** Feeds, pipeline, domain and store in one thread: a message goes in, and map, alarms, charts and sums are read. */
export class MeterScene {
  readonly county: County;
  readonly registry: Registry;
  readonly domain: Domain;
  readonly store: TelemetryPair;
  /** Every rule that was found at any time, with its subject. */
  readonly found = new Set<string>();
  nowMs = END_MS;
  readonly #pipeline: Pipeline;
  readonly #letters: DeadLetterRow[] = [];

  constructor(county: County, folder: string) {
    this.county = county;
    this.registry = createRegistry(county);
    this.domain = createUtilitiesDomain(county);
    this.store = openTelemetryPair(folder, END_MS, { samplesDays: 400 });
    const all = feeds;
    this.#pipeline = new Pipeline({
      feeds: all,
      registry: this.registry,
      series: new SeriesDictionary([], { isRegistered: (id) => this.registry.device(id) !== undefined }),
      unplaced: new UnplacedDevices(this.registry),
      store: {
        commit: (batch) => {
          this.#letters.push(...batch.deadLetters);
          const newSeries = batch.newSeries.map((row) => {
            const scope = this.domain.sumsOf?.(row.deviceId, this.registry.device(row.deviceId));
            return { ...row, ...(scope !== undefined && { scope }) };
          });
          return Promise.resolve(this.store.writer.commit({ ...batch, newSeries }, this.nowMs));
        },
      },
      stats: new IntakeStats(all),
      clock: { nowMs: () => this.nowMs },
      isStoreFull: () => false,
      retentionMs: 400 * DAY_MS,
      review: (values) => this.domain.review?.(values) ?? values,
      onValues: (values) => {
        for (const value of values) this.domain.apply(value, this.nowMs);
      },
      onReply: () => undefined,
      onCommit: () => undefined,
      onBehind: () => undefined,
      log: () => undefined,
    });
  }

  send(topic: string, payload: Uint8Array | object | string, isRetained = false): void {
    const bytes =
      payload instanceof Uint8Array ? payload : typeof payload === 'string' ? payload : JSON.stringify(payload);
    this.#pipeline.deliver({ topic: topicOf(topic), payload: Buffer.from(bytes), qos: 0, isRetained });
  }

  /** `isLive`: the clock moves with the messages; otherwise all of them come at the end, in their order. */
  play(messages: readonly MeterMessage[], isLive: boolean): void {
    for (const { atS, topic, payload } of messages) {
      if (isLive) this.nowMs = END_MS + atS * 1000;
      this.send(topic, payload);
      if (isLive) this.judge();
    }
    this.nowMs = END_MS;
    this.judge();
  }

  /** The conditions that hold now, as an operator would see them. */
  judge(): Condition[] {
    this.domain.judge(this.nowMs);
    const conditions = this.domain.judge(this.nowMs).filter(({ isInDeadband }) => isInDeadband !== true);
    for (const { rule, subject } of conditions) this.found.add(`${rule} ${subject.id}`);
    return conditions;
  }

  /** Ends the intake and seals everything, so that sums can be read. */
  async settle(): Promise<void> {
    await this.#pipeline.stop();
    this.store.seal();
  }

  /** Commits and seals what came so far; the intake goes on. */
  async commit(): Promise<void> {
    await eventually('The commit', () => Promise.resolve(this.#pipeline.queued === 0 || undefined));
    this.store.seal();
  }

  get letters(): string[] {
    return this.#letters.map(({ topic, reason, detail }) => `${topic}: ${reason}: ${detail}`);
  }

  /** What the page of a meter, zone or feeder says. */
  facts(kind: 'meter' | 'zone' | 'feeder', id: string): string[] {
    const { facts = [] } = this.domain.detail({ kind, id }, this.nowMs) ?? {};
    return facts.map(({ label, text }) => `${label}: ${text}`);
  }

  /** How the map shows a zone or feeder. */
  zoneState(id: string): string | undefined {
    const row = this.county.zones.findIndex((zone) => zone.id === id);
    return zoneStates[frameOf(this.domain, 'zones', this.nowMs).state[row] ?? -1];
  }

  /** Items of work by meter: the reason of each. */
  work(): Record<string, string> {
    return Object.fromEntries((this.domain.workItems?.() ?? []).map(({ subject, reason }) => [subject.id, reason]));
  }

  /** All stored samples of a series. */
  samples(deviceId: string, quantity: Quantity): Stored[] {
    const { atMs, value, quality } = this.store.query({
      deviceId,
      quantity,
      fromMs: END_MS - 400 * DAY_MS,
      toMs: END_MS + 400 * DAY_MS,
      maxPoints: 100_000,
      asRate: false,
    });
    return atMs.flatMap((at, row) => {
      const [sample, code] = [value[row], quality[row] ?? 0];
      return sample === null || sample === undefined || Number.isNaN(sample)
        ? []
        : [{ atMs: at, value: sample, quality: qualityOfCode(code) }];
    });
  }

  /** The values of a series whose quality is good or estimated. */
  usable(deviceId: string, quantity: Quantity): number[] {
    return this.samples(deviceId, quantity)
      .filter(({ quality }) => quality === 'good' || quality === 'estimated')
      .map(({ value }) => value);
  }

  /** What a scope used in the time before the end, as the sums by quarter hour say. */
  used(scope: string, quantity: Quantity, fromMs = END_MS - 400 * DAY_MS): number {
    const { sum } = this.store.reader.rollups(scope, quantity, fromMs, END_MS + DAY_MS, {
      atMs: new Float64Array(),
      sum: new Float64Array(),
      series: new Float64Array(),
    });
    return sum.reduce((total, part) => total + part, 0);
  }

  close(): void {
    this.store.close();
  }
}
