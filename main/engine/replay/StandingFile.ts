import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { z } from 'zod';

const FORMAT = 1;
/** Records that are serialised in one step, which takes a fraction of a millisecond. */
const AT_ONCE = 200;

const headSchema = z.object({ format: z.literal(FORMAT), atMs: z.number() });
const lineSchema = z.object({ domain: z.string(), record: z.unknown() });

/** One fact of a domain that stands until something ends it. */
export type StandingRecord = z.infer<typeof lineSchema>;

/**
 * The facts that stand, in a file of the data folder: one line with the time, then one per fact. It may be lost at any
 * time; the store then gives what it can.
 */
export class StandingFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Undefined where there is no file that can be read. A line that cannot be read costs itself. */
  load(): { atMs: number; records: StandingRecord[] } | undefined {
    try {
      const [first = '', ...lines] = readFileSync(this.#file, 'utf8').trimEnd().split('\n');
      const { atMs } = headSchema.parse(JSON.parse(first));
      return { atMs, records: lines.flatMap(readLine) };
    } catch {
      return undefined;
    }
  }

  /** Writes the whole file or nothing, in parts, so that the event loop is free in between. Returns how many facts. */
  async save(atMs: number, records: Iterable<StandingRecord>): Promise<number> {
    const file = await open(`${this.#file}.new`, 'w', 0o600);
    let count = 0;
    try {
      let part = [JSON.stringify({ format: FORMAT, atMs })];
      for (const record of records) {
        count++;
        part.push(JSON.stringify(record));
        if (part.length < AT_ONCE) continue;
        await file.writeFile(`${part.join('\n')}\n`);
        part = [];
      }
      await file.writeFile(`${part.join('\n')}\n`);
    } finally {
      await file.close();
    }
    await rename(`${this.#file}.new`, this.#file);
    return count;
  }
}

function readLine(line: string): StandingRecord[] {
  try {
    const { success, data } = lineSchema.safeParse(JSON.parse(line));
    return success ? [data] : [];
  } catch {
    return [];
  }
}
