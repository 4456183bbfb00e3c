import { Emitter } from '../base/Emitter.ts';
import type { ActiveAlarms, AlarmChange } from './ActiveAlarms.ts';

/** Publishes what changed in the alarms to all that listen: screens, and the files that alarms are kept in. */
export class AlarmPublisher {
  readonly #alarms: ActiveAlarms;
  readonly #changes = new Emitter<AlarmChange>();
  readonly onChange = this.#changes.on;
  #soon: NodeJS.Immediate | undefined;

  constructor(alarms: ActiveAlarms) {
    this.#alarms = alarms;
  }

  /** Publishes at once. */
  publish(): void {
    const change = this.#alarms.takeChanges();
    if (change !== undefined) this.#changes.emit(change);
  }

  /** Publishes once everything that has arrived by now is applied: hundreds of alarms may be acknowledged at once. */
  publishSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      this.publish();
    });
  }
}
