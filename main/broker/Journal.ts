import type { ClassicLevel } from 'classic-level';

export type Level = ClassicLevel<string, Buffer>;
type Operation = { type: 'put'; key: string; value: Buffer } | { type: 'del'; key: string };

const nothing = (): void => undefined;

/**
 * Writes to the broker's store in the order of the calls. While one batch is being written, all operations that come
 * are gathered for the next, so thousands of messages per second cost a few writes. A caller that waits for an earlier
 * operation goes on before one that waits for a later operation.
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
