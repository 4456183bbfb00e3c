import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import { compareEntries } from '../../../../shared/record/logEntry.ts';
import { beaconPerson } from '../../../../shared/people/person.ts';
import type { Log } from '../../base/engine.ts';
import type { EventLog } from '../../log/EventLog.ts';
import { SealError } from '../../people/sealBytes.ts';
import type { DeskKey } from '../../people/DeskKey.ts';
import type { NotificationSettingsFile } from './settings.ts';

/** What the settings are encrypted for: no other encrypted text can be put in their place. */
const CONTEXT = 'notification settings';

type Sources = {
  eventLog: Pick<EventLog, 'perform' | 'onEntries'>;
  key: Pick<DeskKey, 'seal' | 'open'>;
  settings: NotificationSettingsFile;
  log: Log;
};

/**
 * Keeps the notification settings the same at all workstations of a desk, so that it does not matter which of them
 * leads. An edit of the file at one of them is written to the log, encrypted with the desk's key; the others write it
 * into their own files. Must be constructed before the log is loaded.
 */
export class SharedSettings {
  readonly #sources: Sources;
  /** Entries that share settings, until they can be decrypted. */
  #unopened: LogEntry[] = [];
  readonly #versions = new Set<string>();
  #newest: { entry: LogEntry; text: string } | undefined;
  /** The content of the file when it last agreed with the log in this run, or could not be shared. */
  #settled: string | undefined;
  /** An edit that the log did not take. */
  #unshared: string | undefined;

  constructor(sources: Sources) {
    this.#sources = sources;
    sources.eventLog.onEntries((entries) => {
      this.#unopened.push(...entries.filter(({ event }) => event.kind === 'notification.settingsShared'));
    });
  }

  /**
   * Shares an edit of the file, or takes the newest settings of the desk. Call this regularly, once the log is known to
   * be that of the desk.
   */
  async tend(): Promise<void> {
    const { settings } = this.#sources;
    this.#open();
    // Settings that cannot be decrypted yet may be newer than the file.
    if (this.#unopened.length > 0 || settings.fault !== undefined) return;
    const here = settings.content;
    const newest = this.#newest?.text;
    if (here === newest) this.#settled = here;
    // What could not be shared is not tried again before the file or the desk's settings change, and stays here.
    else if (here !== undefined && here === this.#unshared) return;
    else if (here !== undefined && this.#isEdit(here)) await this.#share(here);
    else if (newest !== undefined) await this.#take(newest);
  }

  /**
   * A file that differs from all settings that were ever shared was edited; so was one that changed while the engine
   * ran. Anything else is an old version, as after a restoration.
   */
  #isEdit(here: string): boolean {
    return this.#settled === undefined ? !this.#versions.has(here) : here !== this.#settled;
  }

  async #share(here: string): Promise<void> {
    const { eventLog, key, log } = this.#sources;
    this.#settled = here;
    await eventLog
      .perform(beaconPerson, { kind: 'notification.settingsShared', sealed: key.seal(here, CONTEXT) })
      .then(() => log('info', 'The notification settings were given to all workstations of the desk.'))
      .catch((error: unknown) => {
        this.#unshared = here;
        log('warn', `The notification settings could not be shared: ${String(error)}`);
      });
  }

  async #take(newest: string): Promise<void> {
    const { settings, log } = this.#sources;
    await settings.write(newest);
    this.#settled = settings.content;
    // Another version of Beacon may write the same settings otherwise.
    if (this.#newest !== undefined && settings.content !== undefined) this.#newest.text = settings.content;
    log('info', 'The notification settings of the desk were taken.');
  }

  #open(): void {
    const { key, log } = this.#sources;
    this.#unopened = this.#unopened.filter((entry) => {
      if (entry.event.kind !== 'notification.settingsShared') return false;
      try {
        const text = key.open(entry.event.sealed, CONTEXT);
        this.#versions.add(text);
        if (this.#newest === undefined || compareEntries(this.#newest.entry, entry) < 0) {
          this.#newest = { entry, text };
          this.#unshared = undefined;
        }
        return false;
      } catch (error) {
        // The key comes with a later entry.
        if (error instanceof SealError) return true;
        log('error', `Shared notification settings cannot be read: ${String(error)}`);
        return false;
      }
    });
  }
}
