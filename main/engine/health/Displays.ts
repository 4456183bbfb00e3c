import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DisplayReport, DisplayState } from '../../../shared/contract/displayRequests.ts';
import { isDisplay } from '../../../shared/people/person.ts';
import type { ScreenPerson } from '../../../shared/people/person.ts';
import type { Log } from '../base/engine.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Condition } from '../domains/kit/Condition.ts';

/** Displays report every three seconds. */
const DEAD_AFTER_MS = 10_000;
/** After the engine's own start they need some time to come back. */
const GRACE_MS = 60_000;
const MOST_DISPLAYS = 64;

const keptSchema = z.array(z.object({ id: z.string(), holder: z.string(), name: z.string(), scene: z.string() }));
/** What is known of a display; `holder` is whom its token stands for. */
type Known = Omit<DisplayState, 'isDead'> & { holder: string; isReloadWanted: boolean };

type DisplaysOptions = {
  /** The file that keeps which displays there are, so that one that is dark after a loss of power is missed. */
  file: string;
  /** Whether the token of a display is valid. */
  isAdmitted: (holder: string) => boolean;
  wallMs: () => number;
  log: Log;
};

/** The wall displays of this engine: each reports itself, and one that has fallen silent is an alarm. */
export class Displays {
  readonly #options: DisplaysOptions;
  readonly #known = new Map<string, Known>();
  readonly #startedMs: number;

  constructor(options: DisplaysOptions) {
    this.#options = options;
    this.#startedMs = options.wallMs();
    for (const display of this.#load())
      this.#known.set(display.id, {
        ...display,
        version: '',
        widthPx: 0,
        heightPx: 0,
        lastAtMs: this.#startedMs,
        isReloadWanted: false,
      });
  }

  /** Takes the report of a display. People who look at the wall page are no displays, and are not missed. */
  report(person: ScreenPerson, { name = person.name, ...report }: DisplayReport): { isReloadWanted: boolean } {
    if (!isDisplay(person)) return { isReloadWanted: false };
    const before = this.#known.get(report.id);
    const isReloadWanted = before?.isReloadWanted === true;
    this.#known.set(report.id, {
      ...report,
      name,
      holder: person.id,
      lastAtMs: this.#options.wallMs(),
      isReloadWanted: false,
    });
    if (before?.name !== name || before.scene !== report.scene || before.holder !== person.id) {
      this.#bound();
      this.#save();
    }
    return { isReloadWanted };
  }

  /** All displays with a valid token, by name. */
  list(): DisplayState[] {
    return [...this.#known.values()]
      .filter(({ holder }) => this.#options.isAdmitted(holder))
      .map(({ holder: _, isReloadWanted: __, ...display }) => ({ ...display, isDead: this.#isDead(display) }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** Throws a RequestError where there is no such display. */
  reload(id: string): void {
    this.#get(id).isReloadWanted = true;
  }

  /** Throws a RequestError where there is no such display. */
  forget(id: string): void {
    this.#get(id);
    this.#known.delete(id);
    this.#save();
  }

  conditions(): Condition[] {
    return this.list()
      .filter(({ isDead }) => isDead)
      .map(({ id, name, scene, lastAtMs }) => ({
        rule: 'system.display',
        domain: 'system',
        priority: 3,
        subject: { kind: 'system', id: `display ${id}` },
        title: `The wall display ${name} does not report`,
        place: 'Control room',
        cause: 'It is switched off, its page has died, or it does not reach this workstation.',
        consequence: 'Who looks at it sees an old picture, or none.',
        action: 'Look at the display. One that is no longer used is forgotten on the page Administration.',
        evidence: [
          { label: 'Scene', text: scene },
          { label: 'Last report, UTC', text: new Date(lastAtMs).toISOString().slice(0, 19).replace('T', ' ') },
        ],
        onDelayMs: 0,
        offDelayMs: 2000,
      }));
  }

  #isDead({ lastAtMs }: Pick<DisplayState, 'lastAtMs'>): boolean {
    const nowMs = this.#options.wallMs();
    return nowMs - lastAtMs > DEAD_AFTER_MS && nowMs - this.#startedMs > GRACE_MS;
  }

  #get(id: string): Known {
    const display = this.#known.get(id);
    if (display === undefined) throw new RequestError('badInput', 'There is no such display.');
    return display;
  }

  /** With one token, displays can be invented without end; the one that was silent for the longest goes first. */
  #bound(): void {
    if (this.#known.size <= MOST_DISPLAYS) return;
    const [oldest] = [...this.#known.values()].sort((a, b) => a.lastAtMs - b.lastAtMs);
    if (oldest !== undefined) this.#known.delete(oldest.id);
  }

  #load(): z.infer<typeof keptSchema> {
    const { file, log } = this.#options;
    try {
      return existsSync(file) ? keptSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
    } catch (error) {
      log('warn', `${file} cannot be read, so wall displays are missed only once they have reported: ${String(error)}`);
      return [];
    }
  }

  #save(): void {
    const { file, log } = this.#options;
    const kept = [...this.#known.values()].map(({ id, holder, name, scene }) => ({ id, holder, name, scene }));
    try {
      writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      log('warn', `The list of wall displays could not be written: ${String(error)}`);
    }
  }
}
