import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  /** Broker and client id: another pair has another session. */
  session: z.string(),
  /** When the connection was last known to stand. */
  aliveAtMs: z.number(),
  /** How many QoS 1 messages per minute each feed usually brings. */
  usual: z.record(z.string(), z.number()),
});
type Remembered = z.infer<typeof schema>;

/**
 * What the engine must still know of its session at the broker after a restart: without it, a session that the broker
 * lost meanwhile would look like a first connection. It is a file of the data folder that may be lost at any time.
 */
export class BrokerMemory {
  readonly #file: string;
  readonly #session: string;
  #last: Remembered | undefined;

  constructor(dataDir: string, session: string) {
    this.#file = join(dataDir, 'broker-session.json');
    this.#session = session;
    try {
      const read = schema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      this.#last = read.session === session ? read : undefined;
    } catch {
      this.#last = undefined;
    }
  }

  get last(): Pick<Remembered, 'aliveAtMs' | 'usual'> | undefined {
    return this.#last;
  }

  /** Remembers that the connection stands, or stood until now. */
  note(aliveAtMs: number, usual: Readonly<Record<string, number>>): void {
    this.#last = { session: this.#session, aliveAtMs, usual };
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#last), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // On a full disk the next restart cannot name a gap; everything else goes on.
    }
  }
}
