import { MINUTE_MS } from '../../../../shared/base/durations.ts';
import type { CitizenReport } from '../../../../shared/base/values.ts';

/** The most reports that are kept to be read. */
const MOST_REPORTS = 500;
/** So many reports of one minute call for an operator one by one; the others do so together. */
export const MOST_SINGLE = 3;
/** So many categories of a crowd are named, each with the words of its first report. */
const MOST_CATEGORIES = 8;
/** A report asks for an operator's attention for this long; afterwards it can still be read. */
export const CALLS_FOR_MS = 30 * MINUTE_MS;

type Held = { report: CitizenReport; firstAtMs: number; isProtected: boolean; isSingle: boolean };

/** The reports of one category in a crowd: how many, and the first of them. */
export type CrowdPart = { category: string; count: number; first: CitizenReport };
/** The reports of one minute that have no call of their own. */
export type Crowd = { id: string; atMs: number; count: number; parts: CrowdPart[] };
type Minute = { singles: number; count: number; parts: Map<string, CrowdPart> };

const emptyMinute = (): Minute => ({ singles: 0, count: 0, parts: new Map() });
const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS);

/**
 * The newest reports of citizens, in bounded memory. Each minute gives a few single calls and one crowd, so that a
 * flood of reports is a few alarms per minute. What calls singly, or stands for its category in a crowd, is not evicted
 * by the flood before its call is over.
 */
export class ReportTable {
  readonly #all = new Map<string, Held>();
  readonly #minutes = new Map<number, Minute>();

  /** Returns whether the report is new or newer than the one of the same id. */
  take(report: CitizenReport, nowMs: number): boolean {
    const held = this.#all.get(report.reportId);
    if (held !== undefined && held.report.atMs >= report.atMs) return false;
    this.#dropMinutes(nowMs);
    // A correction keeps the call of its report, and the time of that call, so that nobody can renew calls for ever.
    if (held !== undefined && isCalling(held.firstAtMs, nowMs)) held.report = report;
    else {
      this.#all.delete(report.reportId);
      this.#all.set(report.reportId, { report, firstAtMs: report.atMs, ...this.#join(report, nowMs) });
    }
    this.#evict(nowMs);
    return true;
  }

  get(reportId: string): CitizenReport | undefined {
    return this.#all.get(reportId)?.report;
  }

  all(): CitizenReport[] {
    return [...this.#all.values()].map(({ report }) => report);
  }

  /** The reports that call for an operator one by one. */
  singles(nowMs: number): CitizenReport[] {
    return [...this.#all.values()].flatMap(({ report, firstAtMs, isSingle }) =>
      isSingle && isCalling(firstAtMs, nowMs) ? [report] : [],
    );
  }

  /** The crowds that call for an operator, the rarest categories of each first. */
  crowds(nowMs: number): Crowd[] {
    return [...this.#minutes].flatMap(([minute, { count, parts }]) =>
      count === 0 || !isCalling(minute * MINUTE_MS, nowMs)
        ? []
        : [
            {
              // A report's id comes from a topic level, so it never has a slash.
              id: `minute/${minute}`,
              atMs: minute * MINUTE_MS,
              count,
              parts: [...parts.values()].sort((a, b) => a.count - b.count),
            },
          ],
    );
  }

  /** Counts the report in its minute, and decides whether it calls by itself and whether it must be kept. */
  #join(report: CitizenReport, nowMs: number): Pick<Held, 'isProtected' | 'isSingle'> {
    if (!isCalling(report.atMs, nowMs)) return { isProtected: false, isSingle: false };
    const minute = this.#minutes.get(minuteOf(report.atMs)) ?? emptyMinute();
    this.#minutes.set(minuteOf(report.atMs), minute);
    if (minute.singles < MOST_SINGLE) {
      minute.singles++;
      return { isProtected: true, isSingle: true };
    }
    minute.count++;
    const part = minute.parts.get(report.category);
    if (part !== undefined) part.count++;
    else if (minute.parts.size < MOST_CATEGORIES) {
      minute.parts.set(report.category, { category: report.category, count: 1, first: report });
      return { isProtected: true, isSingle: false };
    }
    return { isProtected: false, isSingle: false };
  }

  #dropMinutes(nowMs: number): void {
    for (const minute of this.#minutes.keys())
      if (!isCalling((minute + 1) * MINUTE_MS, nowMs)) this.#minutes.delete(minute);
  }

  /** The oldest that no call needs goes first. So few are protected that there always is one. */
  #evict(nowMs: number): void {
    if (this.#all.size <= MOST_REPORTS) return;
    for (const [id, { firstAtMs, isProtected }] of this.#all) {
      if (isProtected && isCalling(firstAtMs, nowMs)) continue;
      this.#all.delete(id);
      return;
    }
  }
}

function isCalling(atMs: number, nowMs: number): boolean {
  return nowMs - atMs < CALLS_FOR_MS;
}
