import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/** A file of one JSON object per line, written as things happen. Errors of the disk are thrown by `close`. */
export class LineFile {
  readonly #stream: WriteStream;
  #error: Error | undefined;

  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: 'a' });
    this.#stream.on('error', (error) => (this.#error ??= error));
  }

  write(entry: object): void {
    if (this.#error === undefined) this.#stream.write(`${JSON.stringify(entry)}\n`);
  }

  async close(): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    this.#stream.end();
    await once(this.#stream, 'close');
  }
}
