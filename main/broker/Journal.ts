import type { ClassicLevel } from 'classic-level';

export type Level = ClassicLevel<string, Buffer>;
type Operation = { type: 'put'; key: string; value: Buffer } | { type: 'del'; key: string };

const nothing = (): void => undefined;

/**
 * Writes to the broker's store in the order of the calls. While one batch is on its way all that comes is gathered for
 * the next, so thousands of messages a second cost a few writes, and whoever waits for an earlier operation goes on
 * before whoever waits for a later one.
 */
export class Journal {
  readonly #level: Level;
  #gathered: Operation[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(level: Level) {
    this.#level = level;
  }

  /** Resolves when the operations are in the store; rejects when they could not be written. */
  write(...operations: Operation[]): Promise<void> {
    this.#gathered.push(...operations);
    this.#next ??= this.#last.catch(nothing).then(() => this.#writeGathered());
    return this.#next;
  }

  put(key: string, value: Buffer): Promise<void> {
    return this.write({ type: 'put', key, value });
  }

  delete(key: string): Promise<void> {
    return this.write({ type: 'del', key });
  }

  #writeGathered(): Promise<void> {
    const operations = this.#gathered;
    this.#gathered = [];
    this.#next = undefined;
    this.#last = this.#level.batch(operations);
    return this.#last;
  }
}
