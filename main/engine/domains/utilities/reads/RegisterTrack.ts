import type { Quality } from '../../../../../shared/base/quality.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../../shared/base/durations.ts';
import { Accepted } from './Accepted.ts';
import type { Read } from './Accepted.ts';
import type { RegisterFacts } from './registerFacts.ts';
import { Rival } from './Rival.ts';
import { continued, isBelowZero, nearest } from './rollOver.ts';

/** What happens to a register that people want to know of, in the words of stored flags. */
export const registerEvents = ['registerExchanged', 'registerRolledOver'] as const;
/** One of these events. */
export type RegisterEvent = (typeof registerEvents)[number];

/**
 * What a later read says of an earlier one. `missing` marks the end of a register: what comes after it continues
 * nothing.
 */
export type Revision = Read & { quality: 'good' | 'suspect' | 'missing'; reason?: string };

/** The verdict on a read: its place in the continued register, how far it can be trusted, and why no further. */
export type Ruling = {
  value: number;
  quality: Quality;
  reason?: string;
  revisions: readonly Revision[];
  event?: RegisterEvent;
};

/** No register of a county is this large: 10⁹ kWh or m³. */
const MOST = 1e9;
const DAY_MS = 24 * HOUR_MS;
const ODD_KEPT = 16;
const ESTIMATES_KEPT = 8;
/** A fall of fewer steps than this is a correction of the register, and not another meter. */
const CORRECTION_STEPS = 50;
const NONE: readonly Revision[] = [];

const reasons = {
  removed: 'The meter had been removed.',
  digits: 'The register has fewer digits than this.',
  absurd: 'No meter has such a register.',
  negative: 'A register of water is never below zero.',
  fell: 'The register fell.',
  zero: 'A momentary 0 of a register that has counted more.',
  jumped: 'The register rose by more than the meter can pass.',
  inTurn: 'Two meters report under this id in turn.',
  outside: 'It does not lie between the reads before and after it.',
  low: 'The estimate is below the last actual read.',
  high: 'The next actual read is lower than this estimate.',
  spike: 'The reads before and after it are both lower.',
} as const;

/**
 * The reads of one register in the order of their times, and the verdict on each new one. Only actual reads anchor the
 * next. What does not continue the register is a rival: it is suspect until the register goes on (then it was odd) or
 * it goes on itself (then the meter was exchanged, or the read before it was the odd one).
 */
export class RegisterTrack {
  readonly #facts: RegisterFacts;
  readonly #isHistory: boolean;
  readonly #accepted: Accepted;
  #rival: Rival | undefined;
  #odd: (Read & { reason: string })[] | undefined;
  #estimates: Read[] | undefined;
  /** Energy has been fed back through this register. */
  #isNet = false;
  #late: RegisterTrack | undefined;

  /** `isHistory`: it takes what is older than all that another track knows. */
  constructor(facts: RegisterFacts, isHistory = false) {
    this.#facts = facts;
    this.#isHistory = isHistory;
    this.#accepted = new Accepted(facts.resolution);
  }

  /** Takes an accepted read of before the start. */
  seed(value: number, atMs: number): void {
    if (this.#rival === undefined) this.#accepted.seed(value, atMs);
  }

  judge(value: number, atMs: number, quality: Quality): Ruling {
    const fault = this.#faultOf(value, atMs);
    if (fault !== undefined) return this.#doubt(value, atMs, fault);
    const odd = this.#odd?.find((each) => each.atMs === atMs && each.value === value);
    if (odd !== undefined) return { value, quality: 'suspect', reason: odd.reason, revisions: NONE };
    if (quality === 'estimated') return this.#estimate(value, atMs);
    if (quality !== 'good') return { value, quality, revisions: NONE };
    const { last } = this.#accepted;
    if (last === undefined) return this.#first(value, atMs);
    if (atMs > last.atMs) return this.#next(value, atMs, last);
    return this.#past(value, atMs, last);
  }

  /** Nothing is known to compare the read with; where a counter is in two's complement, it says so by itself. */
  #first(raw: number, atMs: number): Ruling {
    const value = nearest(raw, { value: raw, atMs }, this.#facts, this.#accepted);
    if (value < raw) this.#isNet = true;
    return this.#accept(value, atMs);
  }

  #faultOf(value: number, atMs: number): string | undefined {
    const { modulus, mayFall, removedAtMs } = this.#facts;
    if (!Number.isFinite(value) || Math.abs(value) > MOST) return reasons.absurd;
    if (removedAtMs !== undefined && atMs > removedAtMs) return reasons.removed;
    if (modulus !== undefined && value >= modulus && !isBelowZero(value, this.#facts)) return reasons.digits;
    return value < 0 && !mayFall ? reasons.negative : undefined;
  }

  #doubt(value: number, atMs: number, reason: string): Ruling {
    this.#odd ??= [];
    this.#odd.push({ value, atMs, reason });
    if (this.#odd.length > ODD_KEPT) this.#odd.shift();
    return { value, quality: 'suspect', reason, revisions: NONE };
  }

  #estimate(raw: number, atMs: number): Ruling {
    const { last, tolerance } = this.#accepted;
    const { low, high, same } = this.#accepted.around(atMs);
    const known = low ?? high ?? last;
    const value = known === undefined ? raw : nearest(raw, known, this.#facts, this.#accepted);
    // An actual read of the same time is better than an estimate.
    if (same !== undefined) return { value: same.value, quality: 'good', revisions: NONE };
    if (high !== undefined && value > high.value + tolerance) return this.#doubt(raw, atMs, reasons.high);
    if (low !== undefined && value < low.value - tolerance) return this.#doubt(raw, atMs, reasons.low);
    if (low !== undefined && !this.#continues(value, atMs, low)) return this.#doubt(raw, atMs, reasons.jumped);
    this.#estimates ??= [];
    this.#estimates.push({ value, atMs });
    if (this.#estimates.length > ESTIMATES_KEPT) this.#estimates.shift();
    return { value, quality: 'estimated', revisions: NONE };
  }

  #mostBetween(fromMs: number, toMs: number): number {
    const hours = Math.max(toMs - fromMs, MINUTE_MS) / HOUR_MS;
    return this.#facts.mostPerHour * hours + 2 * this.#accepted.step;
  }

  /** Whether a read can follow another one of the same register. */
  #continues(value: number, atMs: number, from: Read): boolean {
    const used = value - from.value;
    if (used >= 0) return used <= this.#mostBetween(from.atMs, atMs);
    if (this.#isNet) return -used <= this.#mostBetween(from.atMs, atMs);
    return used >= -this.#accepted.tolerance && value >= this.#accepted.high - this.#accepted.tolerance;
  }

  #next(raw: number, atMs: number, last: Read): Ruling {
    this.#accepted.observe(raw);
    const { value, hasRolled } = continued(raw, atMs, last, this.#facts, this.#accepted);
    // A counter that is in two's complement is below zero because energy was fed back.
    if (value < raw) this.#isNet = true;
    const rival = this.#rival;
    const ofRival = value < raw ? value : raw;
    const fitsRival = rival !== undefined && this.#continuesRival(ofRival, atMs, rival);
    if (fitsRival && atMs <= rival.last.atMs) return this.#doubt(raw, atMs, rival.reason);
    const fits = this.#continues(value, atMs, last);
    if (fitsRival && (!fits || rival.distance(ofRival) < Math.abs(value - last.value)))
      return this.#goOn(ofRival, atMs, rival, last);
    if (!fits) return this.#challenge(raw, atMs, last);
    const ruling = this.#accept(value, atMs);
    return hasRolled ? { ...ruling, event: 'registerRolledOver' } : ruling;
  }

  /** A rival goes on where the register could; energy that is fed back makes it fall again and again. */
  #continuesRival(value: number, atMs: number, rival: Rival): boolean {
    const { tolerance } = this.#accepted;
    const used = value - rival.last.value;
    const most = this.#mostBetween(rival.last.atMs, atMs);
    if (used >= -tolerance) return used <= most;
    return this.#facts.mayFall && rival.isSlowFall && -used <= most;
  }

  #accept(value: number, atMs: number): Ruling {
    const above = (this.#estimates ?? []).filter((each) => each.value > value + this.#accepted.tolerance);
    this.#estimates = undefined;
    this.#accepted.add(value, atMs);
    if (this.#rival?.isOutlived() === true) this.#rival = undefined;
    const revisions = above.map((each): Revision => this.#revised(each, reasons.high));
    return { value, quality: 'good', revisions: revisions.length === 0 ? NONE : revisions };
  }

  #revised(read: Read, reason: string): Revision {
    this.#doubt(read.value, read.atMs, reason);
    return { ...read, quality: 'suspect', reason };
  }

  /** Takes a read that continues neither the register nor its rival. */
  #challenge(value: number, atMs: number, last: Read): Ruling {
    const { before } = this.#accepted;
    if (before !== undefined && this.#isSpike(value, atMs, last, before)) {
      this.#accepted.drop();
      const ruling = this.#accept(value, atMs);
      return { ...ruling, revisions: [this.#revised(last, reasons.spike), ...ruling.revisions] };
    }
    const fall = last.value - value;
    const isSlowFall = fall > 0 && fall <= this.#mostBetween(last.atMs, atMs);
    const reason = fall < 0 ? reasons.jumped : value === 0 ? reasons.zero : reasons.fell;
    this.#rival = new Rival({ value, atMs }, isSlowFall, reason);
    if (this.#isInstalledBetween(last.atMs, atMs)) return this.#promote(value, atMs, this.#rival, last);
    return this.#doubt(value, atMs, reason);
  }

  /** The last read was far above what is usual, and this one goes on from the read before it as usual. */
  #isSpike(value: number, atMs: number, last: Read, before: Read): boolean {
    const { usualPerHour, step, tolerance } = this.#accepted;
    const usual = (fromMs: number, toMs: number): number => (usualPerHour * (toMs - fromMs)) / HOUR_MS;
    if (value >= last.value || value < before.value - tolerance) return false;
    return (
      last.value - before.value > 8 * usual(before.atMs, last.atMs) + 4 * step &&
      value - before.value <= 4 * usual(before.atMs, atMs) + 4 * step
    );
  }

  #isInstalledBetween(fromMs: number, toMs: number): boolean {
    const { installedAtMs = Number.NaN } = this.#facts;
    return fromMs < installedAtMs && installedAtMs <= toMs;
  }

  /** Takes a read that continues the rival. */
  #goOn(value: number, atMs: number, rival: Rival, last: Read): Ruling {
    rival.add({ value, atMs }, this.#accepted.step, this.#accepted.tolerance);
    if (rival.isInTurn) return this.#doubt(value, atMs, reasons.inTurn);
    const stillMs = this.#isCorrection(rival, last) ? 0 : DAY_MS;
    return rival.isProven(stillMs, this.#isNet)
      ? this.#promote(value, atMs, rival, last)
      : this.#doubt(value, atMs, rival.reason);
  }

  /** The same register stands a little lower: some water ran back, or somebody set it right. */
  #isCorrection({ isSlowFall, reads: [first] }: Rival, last: Read): boolean {
    return isSlowFall && first !== undefined && last.value - first.value <= CORRECTION_STEPS * this.#accepted.step;
  }

  /** The rival is the register now: what was held against its reads is taken back. */
  #promote(value: number, atMs: number, rival: Rival, last: Read): Ruling {
    const [first = rival.last] = rival.reads;
    const { before, tolerance } = this.#accepted;
    const isNet = rival.isFalling || (this.#isNet && rival.isSlowFall);
    const isLastOdd =
      !isNet &&
      before !== undefined &&
      first.value >= before.value - tolerance &&
      this.#continues(first.value, first.atMs, before) &&
      first.value < last.value;
    const isSame = isLastOdd || isNet || this.#isCorrection(rival, last);
    if (isNet) this.#isNet = true;
    const earlier = rival.reads.filter((each) => each.atMs < atMs);
    this.#odd = this.#odd?.filter((each) => !rival.reads.some(({ atMs: at }) => at === each.atMs));
    this.#accepted.restart(isSame, isLastOdd ? [before, ...earlier] : earlier);
    this.#rival = undefined;
    const start: Revision[] = isLastOdd
      ? [this.#revised(last, reasons.spike)]
      : isSame
        ? []
        : [{ value: Number.NaN, atMs: first.atMs - 1, quality: 'missing' }];
    const ruling = this.#accept(value, atMs);
    return {
      ...ruling,
      revisions: [...start, ...earlier.map((each): Revision => ({ ...each, quality: 'good' })), ...ruling.revisions],
      ...(!isSame && { event: 'registerExchanged' }),
    };
  }

  /** Takes a read that is not newer than all: a repetition, a correction, or one that was late. */
  #past(raw: number, atMs: number, last: Read): Ruling {
    const { low, high, same } = this.#accepted.around(atMs);
    const { tolerance } = this.#accepted;
    const value = nearest(raw, same ?? low ?? high ?? last, this.#facts, this.#accepted);
    if (same !== undefined && Math.abs(same.value - value) < 1e-6)
      return { value: same.value, quality: 'good', revisions: NONE };
    if (same !== undefined && atMs === last.atMs) return this.#correct(value, atMs, last);
    if (low === undefined) return this.#older(value, atMs, high);
    const isBetween =
      this.#isNet || (value >= low.value - tolerance && (high === undefined || value <= high.value + tolerance));
    if (!isBetween) return this.#doubt(value, atMs, reasons.outside);
    this.#accepted.insert(value, atMs);
    return { value, quality: 'good', revisions: NONE };
  }

  /** A newer value for the time of the newest read replaces it where it can follow the read before. */
  #correct(value: number, atMs: number, last: Read): Ruling {
    const { before } = this.#accepted;
    if (before !== undefined && !this.#continues(value, atMs, before) && value < before.value)
      return this.#doubt(value, atMs, value < last.value ? reasons.fell : reasons.jumped);
    this.#accepted.drop();
    return this.#accept(value, atMs);
  }

  #older(value: number, atMs: number, high: Read | undefined): Ruling {
    if (!this.#isHistory) return (this.#late ??= new RegisterTrack(this.#facts, true)).judge(value, atMs, 'good');
    if (high === undefined || value <= high.value + this.#accepted.tolerance) this.#accepted.insert(value, atMs);
    return { value, quality: 'good', revisions: NONE };
  }
}
