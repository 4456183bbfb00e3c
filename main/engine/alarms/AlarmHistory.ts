import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { AlarmFile } from './AlarmFile.ts';

/** The most alarms that are kept: some weeks of an ordinary county. */
const MOST_KEPT = 500;

/** Alarms that nobody acknowledged for hours after they had returned to normal: nothing is left to do about them. */
export class AlarmHistory {
  readonly #file: AlarmFile;
  /** Newest last. */
  #alarms: readonly Alarm[];

  constructor(file: AlarmFile) {
    this.#file = file;
    this.#alarms = file.load().slice(-MOST_KEPT);
  }

  note(lapsed: readonly Alarm[]): void {
    if (lapsed.length === 0) return;
    this.#alarms = [...this.#alarms, ...lapsed].slice(-MOST_KEPT);
    this.#file.save(() => this.#alarms);
  }

  /** The newest first. */
  all(): Alarm[] {
    return this.#alarms.toReversed();
  }

  /** Resolves when everything is in the file. */
  async settled(): Promise<void> {
    await this.#file.settled();
  }
}
