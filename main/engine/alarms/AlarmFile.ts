import { open, rename } from 'node:fs/promises';
import { alarmSchema } from '../../../shared/alarms/alarm.ts';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { KindCounts, MOST_OF_A_KIND } from './KindCounts.ts';
import { readObjects } from './readObjects.ts';

/**
 * Versions without operating positions did not write the fields that have defaults here; `ActiveAlarms` derives them.
 */
const savedSchema = alarmSchema.extend({
  position: alarmSchema.shape.position.default(''),
  respondWithinMs: alarmSchema.shape.respondWithinMs.default(0),
  causeGroup: alarmSchema.shape.causeGroup.default(''),
});
/**
 * The pause after a write, per alarm: writing thousands of alarms blocks the event loop, so the more there are, the
 * less often they are written.
 */
const MS_AN_ALARM = 1;
/** Alarms that are serialised in one step, which takes a fraction of a millisecond. */
const AT_ONCE = 100;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The alarms of the last run, in a file beside the record: a restart goes on where the last run ended. */
export class AlarmFile {
  readonly #file: string;
  readonly #onFault: (error: unknown) => void;
  #writing: Promise<void> = Promise.resolve();
  #waiting: (() => readonly Alarm[]) | undefined;
  #isWriting = false;
  #pause: NodeJS.Timeout | undefined;

  constructor(file: string, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /**
   * Returns no alarms where there is no readable file: they are then made again from the data. Of a file that has grown
   * beyond the bound of a kind, the oldest alarms of that kind are taken, as they are the ones that waited longest.
   */
  load(): Alarm[] {
    const alarms: Alarm[] = [];
    const counts = new KindCounts();
    let left = 0;
    try {
      for (const object of readObjects(this.#file)) {
        const { data: alarm } = savedSchema.safeParse(object);
        if (alarm === undefined) continue;
        if (counts.of(alarm) < MOST_OF_A_KIND) alarms.push(alarm);
        else left++;
        counts.add(alarm);
      }
    } catch (error) {
      if (!isMissing(error)) this.#onFault(error);
    }
    if (left > 0)
      this.#onFault(new Error(`${left} alarms of the last run are too many of their kind and were left out.`));
    return alarms;
  }

  /** Writes what `alarms` returns, soon. Calls that come while it writes lead to one more write afterwards. */
  save(alarms: () => readonly Alarm[]): void {
    this.#waiting = alarms;
    if (!this.#isWriting && this.#pause === undefined) this.#writing = this.#write();
  }

  /** Resolves when the newest alarms are in the file. */
  async settled(): Promise<void> {
    clearTimeout(this.#pause);
    await this.#writing;
    if (this.#waiting !== undefined) await this.#write();
    clearTimeout(this.#pause);
  }

  /** Writes the whole file or nothing: a reader never sees half a file. */
  async #write(): Promise<void> {
    const alarms = this.#waiting?.() ?? [];
    this.#waiting = undefined;
    this.#isWriting = true;
    try {
      await this.#writeNew(alarms);
      await rename(`${this.#file}.new`, this.#file);
    } catch (error) {
      this.#onFault(error);
    }
    this.#isWriting = false;
    this.#pause = setTimeout(() => this.#afterPause(), alarms.length * MS_AN_ALARM).unref();
  }

  /** Writes in parts, so that the event loop is free in between. */
  async #writeNew(alarms: readonly Alarm[]): Promise<void> {
    const file = await open(`${this.#file}.new`, 'w');
    try {
      for (let from = 0; from < alarms.length; from += AT_ONCE) {
        const part = alarms
          .slice(from, from + AT_ONCE)
          .map((alarm) => JSON.stringify(alarm))
          .join();
        await file.writeFile(`${from === 0 ? '[' : ','}${part}`);
      }
      await file.writeFile(alarms.length === 0 ? '[]' : ']');
    } finally {
      await file.close();
    }
  }

  #afterPause(): void {
    this.#pause = undefined;
    if (this.#waiting !== undefined) this.#writing = this.#write();
  }
}
