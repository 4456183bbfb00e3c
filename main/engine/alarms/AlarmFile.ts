import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { z } from 'zod';
import { alarmSchema } from '../../../shared/alarms/alarm.ts';
import type { Alarm } from '../../../shared/alarms/alarm.ts';

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

  /** Returns no alarms where there is no readable file: they are then made again from the data. */
  load(): Alarm[] {
    try {
      return z.array(savedSchema).parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return [];
    }
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
