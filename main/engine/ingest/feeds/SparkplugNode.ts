import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Reply } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { metricMeaning } from './sparkplugMetric.ts';
import { rebirthPayload } from './sparkplugSchema.ts';
import type { SparkplugMetric } from './sparkplugSchema.ts';

/** A metric as its birth described it, and the series that it feeds. */
export type KnownMetric = {
  name: string;
  datatype: number;
  deviceId: string;
  quantity: Quantity;
  toSi: (value: number) => number;
  isRaw: boolean;
};

/** The prefix of the ids of Sparkplug's nodes and devices. */
export const SPARKPLUG_ID_PREFIX = 'spb';

const SEQUENCE = 256;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** The most metrics and devices that nodes which are in no register may declare, all of them together. */
const MOST_DECLARED = 100_000;
/** Of a node: as many as its devices can have quantities, and few enough that invented devices cost little. */
const MOST_OWNERS = 1000;

/** What all nodes together have declared of metrics and devices that are in no register. */
export type Declared = { count: number };

/**
 * One edge node's session: the metrics that its births declared, and its last sequence number. A new birth of the node
 * begins a new session.
 */
export class SparkplugNode {
  readonly #group: string;
  readonly #node: string;
  readonly #byName = new Map<string, KnownMetric>();
  readonly #byAlias = new Map<bigint, KnownMetric>();
  /**
   * The metric of a device that owns the device's series of a quantity. It outlives births: a series belongs to the
   * metric's name, whatever comes before it in a later birth.
   */
  readonly #owners = new Map<string, string>();
  readonly #devices = new Set<string>();
  readonly #declared: Declared;
  #ownDeclared = 0;
  isAlive = false;
  /** True after a gap: a birth that gave aliases another meaning may have been lost with it. */
  isGapped = false;
  bdSeq: bigint | undefined;
  #lastSeq: number | undefined;
  #askAgainMs = Number.NEGATIVE_INFINITY;
  #waitMs = FIRST_WAIT_MS;

  constructor(group: string, node: string, declared: Declared) {
    this.#group = group;
    this.#node = node;
    this.#declared = declared;
  }

  get devices(): ReadonlySet<string> {
    return this.#devices;
  }

  /** `spb:<group>/<node>[/<device>]`. */
  deviceId(device: string): string {
    return `${SPARKPLUG_ID_PREFIX}:${this.#group}/${this.#node}${device === '' ? '' : `/${device}`}`;
  }

  begin(bdSeq: bigint | undefined, seq: number | undefined): void {
    this.forget();
    this.isAlive = true;
    this.isGapped = false;
    this.bdSeq = bdSeq;
    this.#lastSeq = seq;
    this.#askAgainMs = Number.NEGATIVE_INFINITY;
    this.#waitMs = FIRST_WAIT_MS;
  }

  /** Forgets all that it declared. */
  forget(): void {
    this.#byName.clear();
    this.#byAlias.clear();
    this.#devices.clear();
    this.#declared.count -= this.#ownDeclared;
    this.#ownDeclared = 0;
  }

  /** Records a device that the node has declared. */
  addDevice(device: string, registry: Registry): void {
    if (!this.#devices.has(device) && this.#mayDeclare(this.deviceId(device), registry)) this.#devices.add(device);
  }

  /** Follows the sequence numbers, which run from 0 to 255 over all messages of the node and its devices. */
  follow(seq: number | undefined): void {
    if (seq === undefined) return;
    if (this.#lastSeq !== undefined && seq !== (this.#lastSeq + 1) % SEQUENCE) this.isGapped = true;
    this.#lastSeq = seq;
  }

  find(device: string, { name, alias }: SparkplugMetric): KnownMetric | undefined {
    return name === undefined
      ? alias === undefined
        ? undefined
        : this.#byAlias.get(alias)
      : this.#byName.get(`${device}\n${name}`);
  }

  /**
   * Decides which metrics own the device's series: of a quantity that nobody owns yet, the metric with the first name.
   * The order of a birth decides nothing.
   */
  claim(device: string, metrics: readonly SparkplugMetric[], registry: Registry): void {
    const id = this.deviceId(device);
    const byQuantity = new Map<Quantity, string[]>();
    for (const metric of metrics) {
      const quantity = metric.name === undefined ? undefined : metricMeaning(metric.name, metric, registry)?.quantity;
      if (quantity === undefined || metric.name === undefined) continue;
      byQuantity.set(quantity, [...(byQuantity.get(quantity) ?? []), metric.name]);
    }
    for (const [quantity, names] of byQuantity) {
      const key = `${id} ${quantity}`;
      const [first] = names.sort();
      if (first !== undefined && !this.#owners.has(key) && this.#owners.size < MOST_OWNERS)
        this.#owners.set(key, first);
    }
  }

  /** Records what a metric measures. Metrics that do not own the device's series get series of their own. */
  learn(device: string, name: string, metric: SparkplugMetric, registry: Registry): KnownMetric {
    const meaning = metricMeaning(name, metric, registry);
    const id = this.deviceId(device);
    const key = `${id} ${meaning?.quantity ?? ''}`;
    const owner = this.#owners.get(key);
    const isOwner = meaning !== undefined && owner === name;
    const known: KnownMetric = {
      name,
      datatype: metric.datatype ?? 0,
      deviceId: isOwner ? id : `${id}:${name}`,
      quantity: meaning?.quantity ?? 'rawValue',
      toSi: meaning?.toSi ?? ((value) => value),
      isRaw: meaning === undefined,
    };
    const full = `${device}\n${name}`;
    if (!this.#byName.has(full) && !this.#mayDeclare(id, registry)) return known;
    this.#byName.set(full, known);
    if (metric.alias !== undefined) this.#byAlias.set(metric.alias, known);
    return known;
  }

  /** Counts what is in no register; registered devices may declare what they like. */
  #mayDeclare(deviceId: string, registry: Registry): boolean {
    if (registry.device(deviceId) !== undefined) return true;
    if (this.#declared.count >= MOST_DECLARED) return false;
    this.#declared.count++;
    this.#ownDeclared++;
    return true;
  }

  /**
   * A request for the births, sent no more often than the back-off allows, so that a node that cannot answer is not
   * flooded with requests.
   */
  askRebirth(nowMs: number): Reply[] {
    if (nowMs < this.#askAgainMs) return [];
    this.#askAgainMs = nowMs + this.#waitMs;
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
    return [{ topic: `spBv1.0/${this.#group}/NCMD/${this.#node}`, payload: rebirthPayload(nowMs), qos: 0 }];
  }
}
