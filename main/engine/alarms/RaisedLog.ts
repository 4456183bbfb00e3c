import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { alarmPrioritySchema, subjectSchema } from '../../../shared/alarms/alarm.ts';
import type { Raised } from '../../../shared/alarms/alarmLoad.ts';

/** The first line begins with this word and gives the time since when the file has been kept. */
const SINCE = 'since ';

/** The most entries that are kept: six an hour for a month are 4,320. Some more may gather before they are dropped. */
const MOST_RAISED = 50_000;
const DROPPED_AT_ONCE = 5_000;

const timeSchema = z.string().regex(/^\d+$/).transform(Number);
const aboutSchema = z.tuple([z.string(), z.string(), subjectSchema.shape.kind, z.string(), z.string()]);

/**
 * A line is `time priority`. Since there are operating positions, a JSON array of position, rule, kind and id of the
 * subject, and title follows.
 */
function lineOf({ atMs, priority, position, rule, subject, title }: Raised): string {
  const about =
    position === undefined || rule === undefined || subject === undefined
      ? ''
      : ` ${JSON.stringify([position, rule, subject.kind, subject.id, title ?? ''])}`;
  return `${Math.round(atMs)} ${priority}${about}\n`;
}

function parseAbout(text: string): Omit<Raised, 'atMs' | 'priority'> | undefined {
  if (text === '') return {};
  try {
    const [position, rule, kind, id, title] = aboutSchema.parse(JSON.parse(text));
    return { position, rule, subject: { kind, id }, title };
  } catch {
    return undefined;
  }
}

/** Lines that a crash cut off, or that cannot be read, are left out. */
function parseLine(line: string): Raised[] {
  const [, time, urgency, rest] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const atMs = timeSchema.safeParse(time);
  const priority = alarmPrioritySchema.safeParse(Number(urgency));
  const about = parseAbout(rest ?? '');
  return atMs.success && priority.success && about !== undefined
    ? [{ atMs: atMs.data, priority: priority.data, ...about }]
    : [];
}

/** What a file of this kind holds, oldest first, and since when it has been kept. */
export function parseRaised(text: string): { sinceMs: number | undefined; raised: Raised[] } {
  const since = text.startsWith(SINCE) ? Number.parseInt(text.slice(SINCE.length), 10) : Number.NaN;
  return {
    sinceMs: Number.isFinite(since) ? since : undefined,
    raised: text.split('\n').flatMap(parseLine).sort(byTime),
  };
}

const byTime = (a: Raised, b: Raised): number => a.atMs - b.atMs;

/**
 * Keeps when alarms called for the operator, for as long as telemetry is kept; the time line and the load of positions
 * show it. It has a file of its own, which is appended to while Beacon runs, and shortened when it is too long.
 */
export class RaisedLog {
  readonly #file: string;
  #sinceMs = Number.POSITIVE_INFINITY;
  /** Oldest first. */
  #raised: Raised[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #onFault: (error: unknown) => void;

  private constructor(file: string, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /** What is older than `fromMs` is dropped. */
  static async open(
    file: string,
    { fromMs, nowMs, onFault }: { fromMs: number; nowMs: number; onFault: (error: unknown) => void },
  ): Promise<RaisedLog> {
    const log = new RaisedLog(file, onFault);
    const text = await readFile(file, 'utf8').catch(() => '');
    const { sinceMs = nowMs, raised } = parseRaised(text);
    log.#sinceMs = Math.max(sinceMs, fromMs);
    log.#raised = raised.filter(({ atMs }) => atMs >= fromMs);
    log.#dropOldest();
    log.#write(() => log.#rewrite());
    return log;
  }

  /** Since when the file has been kept; nothing is known of the time before. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  note(raised: readonly Raised[]): void {
    if (raised.length === 0) return;
    const isLate = raised.some(({ atMs }) => atMs < (this.#raised.at(-1)?.atMs ?? 0));
    for (const each of [...raised].sort(byTime)) this.#raised.push(each);
    // Alarms that other workstations knew earlier than this one come with their own, earlier time.
    if (isLate) this.#raised.sort(byTime);
    const isTooLong = this.#raised.length >= MOST_RAISED + DROPPED_AT_ONCE;
    if (isTooLong) this.#dropOldest();
    this.#write(() => (isTooLong ? this.#rewrite() : appendFile(this.#file, raised.map(lineOf).join(''))));
  }

  /** In [fromMs, toMs), oldest first. */
  between(fromMs: number, toMs: number): Raised[] {
    return this.#raised.slice(this.#indexOf(fromMs), this.#indexOf(toMs));
  }

  /** Index of the first entry that is not before the time, by binary search, as weeks of entries are kept. */
  #indexOf(atMs: number): number {
    let [low, high] = [0, this.#raised.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#raised[middle]?.atMs ?? atMs) < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #dropOldest(): void {
    if (this.#raised.length <= MOST_RAISED) return;
    this.#raised = this.#raised.slice(-MOST_RAISED);
    this.#sinceMs = this.#raised[0]?.atMs ?? this.#sinceMs;
  }

  #rewrite(): Promise<void> {
    return writeFile(this.#file, `${SINCE}${Math.round(this.#sinceMs)}\n${this.#raised.map(lineOf).join('')}`);
  }

  /** Resolves when everything is in the file. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(this.#onFault);
  }
}
