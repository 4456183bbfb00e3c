import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { DAY_MS } from '../../../shared/base/durations.ts';
import type { Figure, StreamMessage } from '../../../shared/contract/contract.ts';
import { lineOf, parseCountyLog } from './countyLogLines.ts';
import type { CountyLine, FeedLine } from './countyLogLines.ts';

type Vitals = Pick<StreamMessage<'vitals'>, 'feeds' | 'broker'>;
type Sum = { sum: number; min: number; max: number; count: number; present: number; reads: number };

const STEP_MS = 300_000;
/** A feed that was heard in the last run and is not heard within this time counts as lost. */
const SETTLE_MS = 300_000;
const KEPT_DAYS = 40;

export const countyLogFile = 'county-log.jsonl';

/** Rounds a finite number to seven significant digits. */
const short = (value: number): number => Number(value.toPrecision(7));

/**
 * Keeps what reports need to know of the past and nothing else keeps: the county's figures in steps of five minutes,
 * and when feeds and the broker were lost. It is a file of lines, which is only ever appended to while Beacon runs; a
 * step that is missing means that nothing was known then.
 */
export class CountyLog {
  readonly #file: string;
  readonly #onFault: (error: unknown) => void;
  readonly #states = new Map<string, FeedLine['state']>();
  #sums = new Map<string, Sum>();
  #fromMs = Number.NaN;
  #lastMs = Number.NaN;
  /** The time between the last two reads: after much more than that, the machine must have slept. */
  #everyMs = Number.POSITIVE_INFINITY;
  #begunMs = Number.NaN;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /** Continues a file, or begins it; what is older than reports need is dropped. */
  static async open(file: string, nowMs: number, onFault: (error: unknown) => void): Promise<CountyLog> {
    const log = new CountyLog(file, onFault);
    const lines = parseCountyLog(await readFile(file, 'utf8').catch(() => ''));
    for (const line of lines) if ('feed' in line) log.#states.set(line.feed, line.state);
    const kept = lines.filter(({ at }) => at >= nowMs - KEPT_DAYS * DAY_MS);
    log.#write(() => writeFile(file, kept.map(lineOf).join('')));
    return log;
  }

  noteFigures(figures: readonly Figure[], nowMs: number): void {
    if (Number.isNaN(this.#fromMs) || nowMs < this.#fromMs) this.#begin(nowMs);
    else if (Math.floor(nowMs / STEP_MS) !== Math.floor(this.#fromMs / STEP_MS)) this.#finish(nowMs);
    for (const { id, value, present } of figures) {
      const sum = this.#sums.get(id) ?? {
        sum: 0,
        min: Number.POSITIVE_INFINITY,
        max: Number.NEGATIVE_INFINITY,
        count: 0,
        present: 0,
        reads: 0,
      };
      this.#sums.set(id, sum);
      sum.present += present;
      sum.reads++;
      if (value === null) continue;
      sum.sum += value;
      sum.count++;
      sum.min = Math.min(sum.min, value);
      sum.max = Math.max(sum.max, value);
    }
    if (nowMs > this.#lastMs) this.#everyMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
  }

  /** Writes down the feeds whose state has changed, and the broker's. A feed that was never heard is left out. */
  noteFeeds({ feeds, broker }: Vitals, nowMs: number): void {
    if (Number.isNaN(this.#begunMs)) this.#begunMs = nowMs;
    const isSettled = nowMs - this.#begunMs > SETTLE_MS;
    this.#noteFeed(
      {
        at: nowMs,
        feed: 'broker',
        name: 'Connection to the broker',
        state: broker.state === 'connected' ? 'live' : 'lost',
      },
      isSettled || broker.state !== 'connecting',
    );
    // Without the broker, silent feeds are no news.
    if (broker.state !== 'connected') return;
    for (const { id, name, state } of feeds) {
      if (state === 'unused' && !this.#states.has(id)) continue;
      this.#noteFeed(
        { at: nowMs, feed: id, name, state: state === 'live' ? 'live' : 'lost' },
        state !== 'unused' || isSettled,
      );
    }
  }

  /** Writes the unfinished step, so that a report covers everything up to now. */
  async flush(nowMs: number): Promise<void> {
    if (!Number.isNaN(this.#fromMs) && nowMs > this.#fromMs) this.#finish(nowMs);
    await this.#writing;
  }

  #noteFeed(line: FeedLine, isCertain: boolean): void {
    if (!isCertain || this.#states.get(line.feed) === line.state) return;
    this.#states.set(line.feed, line.state);
    this.#append(line);
  }

  #begin(nowMs: number): void {
    this.#fromMs = nowMs;
    this.#lastMs = nowMs;
    this.#sums = new Map();
  }

  /** Ends a step; the next one begins where this one ends, so that there is no gap while Beacon runs. */
  #finish(nowMs: number): void {
    const figures = [...this.#sums].map(
      ([id, { sum, min, max, count, present, reads }]) =>
        [
          id,
          count === 0
            ? [null, null, null, short(present / reads)]
            : [short(sum / count), short(min), short(max), short(present / reads)],
        ] as const,
    );
    // For the time that the machine slept, nothing is known. In accelerated runs reads are far apart.
    const toMs = nowMs - this.#lastMs > Math.max(STEP_MS, 3 * this.#everyMs) ? this.#lastMs : nowMs;
    if (figures.length > 0 && toMs > this.#fromMs)
      this.#append({
        at: this.#fromMs,
        toMs,
        figures: Object.fromEntries(figures) as Extract<CountyLine, { toMs: number }>['figures'],
      });
    this.#begin(nowMs);
  }

  #append(line: CountyLine): void {
    this.#write(() => appendFile(this.#file, lineOf(line)));
  }

  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(this.#onFault);
  }
}
