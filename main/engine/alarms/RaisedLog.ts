import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { Alarm, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { AlarmChange } from './AlarmBook.ts';

/** One operational alarm: when it was raised, and how urgent it was then. */
type Raised = { atMs: number; priority: AlarmPriority };

const isPriority = (value: unknown): value is AlarmPriority => value === 1 || value === 2 || value === 3 || value === 4;

/** Says since when the file has been kept. */
const SINCE = 'since ';

/** A line is `time priority`; what a crash cut off, or nobody can read, is left out. */
function parse(text: string): Raised[] {
  return text.split('\n').flatMap((line) => {
    const [atMs, priority] = line.split(' ').map(Number);
    return line !== '' && atMs !== undefined && Number.isFinite(atMs) && isPriority(priority) ? [{ atMs, priority }] : [];
  });
}

const lineOf = ({ atMs, priority }: Raised): string => `${atMs} ${priority}\n`;

/** When alarms were raised, for as long as telemetry is kept: what the time line shows. A file of its own, only ever appended to while it runs. */
export class RaisedLog {
  readonly #file: string;
  readonly #seen = new Set<string>();
  #sinceMs = Number.POSITIVE_INFINITY;
  #raised: Raised[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #onFault: (error: unknown) => void;

  private constructor(file: string, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /** What is older than `fromMs` is dropped. `standing`: alarms that were raised in the last run and are not to be counted again. */
  static async open(file: string, { fromMs, nowMs, standing, onFault }: { fromMs: number; nowMs: number; standing: readonly Alarm[]; onFault: (error: unknown) => void }): Promise<RaisedLog> {
    const log = new RaisedLog(file, onFault);
    const text = await readFile(file, 'utf8').catch(() => '');
    const since = text.startsWith(SINCE) ? Number.parseInt(text.slice(SINCE.length), 10) : Number.NaN;
    log.#sinceMs = Math.max(Number.isFinite(since) ? since : nowMs, fromMs);
    log.#raised = parse(text).filter(({ atMs }) => atMs >= fromMs);
    for (const { id } of standing) log.#seen.add(id);
    log.#write(() => writeFile(file, `${SINCE}${Math.round(log.#sinceMs)}\n${log.#raised.map(lineOf).join('')}`));
    return log;
  }

  /** Nothing is known of the time before. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Takes what changed in the alarm book; counts each operational alarm once. */
  note({ changed, removed }: AlarmChange): void {
    const fresh = changed.filter(({ id, domain }) => domain !== 'maintenance' && !this.#seen.has(id));
    for (const { id } of fresh) this.#seen.add(id);
    for (const id of removed) this.#seen.delete(id);
    if (fresh.length === 0) return;
    const raised = fresh.map(({ raisedAtMs, priority }): Raised => ({ atMs: raisedAtMs, priority }));
    this.#raised.push(...raised);
    this.#write(() => appendFile(this.#file, raised.map(lineOf).join('')));
  }

  /** In [fromMs, toMs), oldest first. */
  between(fromMs: number, toMs: number): Raised[] {
    return this.#raised.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).sort((a, b) => a.atMs - b.atMs);
  }

  /** Resolves when everything is in the file. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(this.#onFault);
  }
}
