import { readFileSync } from 'node:fs';
import { BEACON_PREFIX } from '../../shared/wire/topics.ts';

/**
 * A line of the simulator's ledger: a QoS 1 message that the broker has acknowledged, and how many values it carried.
 */
type LedgerEntry = { topic: string; at?: number; from?: number; everyS?: number; n: number };
/** A reading of a device, or a block of readings. */
type Delivered = { deviceId: string; atMs: number; isBlock: boolean; values: number };
export type Branch = 'meter' | 'zone' | 'traffic' | 'unit' | 'report';

const partsOf = (topic: string): string[] => topic.slice(BEACON_PREFIX.length + 1).split('/');

/** Reads the simulator's ledger. A message that was sent twice is in it twice. */
export class Ledger {
  readonly #entries: LedgerEntry[];

  constructor(path: string) {
    this.#entries = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerEntry);
  }

  /** How many messages of a branch of the topics were acknowledged. */
  messages(branch: Branch): number {
    return this.#entries.filter(({ topic }) => partsOf(topic)[0] === branch).length;
  }

  /** Events, such as a last gasp, by device and time. */
  events(): Set<string> {
    return new Set(
      this.#entries
        .filter(({ topic }) => partsOf(topic)[2] === 'event')
        .map(({ topic, at }) => `${partsOf(topic)[1] ?? ''} ${String(at)}`),
    );
  }

  /** What the devices of a branch delivered, each reading and block once. */
  delivered(branch: Branch): Delivered[] {
    const once = new Map<string, Delivered>();
    for (const { topic, at, from, n } of this.#entries) {
      const [ofBranch, deviceId = '', form] = partsOf(topic);
      if (ofBranch !== branch || form === 'event') continue;
      once.set(`${topic} ${String(at ?? from)}`, {
        deviceId,
        atMs: at ?? from ?? 0,
        isBlock: form === 'intervals',
        values: n,
      });
    }
    return [...once.values()];
  }
}
