import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { Value } from '../../../shared/base/values.ts';
import { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { DomainSet } from '../domains/DomainSet.ts';

/** A county assembled from stored values: it has its own domains and alarms, and its own time. */
export class PastCounty {
  readonly domains: DomainSet;
  readonly alarms: ActiveAlarms;
  #atMs: number;
  #judgedMs = Number.NaN;
  #taken = 0;
  readonly #watchedSinceMs: number;

  /** `watchedSinceMs`: since when the live county had been judged at the time of the picture; NaN if not known. */
  constructor(domains: DomainSet, atMs: number, watchedSinceMs: number) {
    this.domains = domains;
    this.#watchedSinceMs = watchedSinceMs;
    this.alarms = new ActiveAlarms([], atMs);
    this.#atMs = atMs;
  }

  /** The time that it has reached. */
  get atMs(): number {
    return this.#atMs;
  }

  get judgedMs(): number {
    return this.#judgedMs;
  }

  /** Whether nothing at all is known of it. */
  get isEmpty(): boolean {
    return this.#taken === 0;
  }

  /**
   * Starts from the empty county as at `sinceMs`: what has been silent since then counts as silent. A picture of the
   * time in which the live county was watched counts silence from the same moment as the live county did.
   */
  begin(sinceMs: number): void {
    const startMs = Number.isNaN(this.#watchedSinceMs) ? sinceMs : Math.max(sinceMs, this.#watchedSinceMs);
    this.domains.judge(Math.min(startMs, this.#atMs));
  }

  /** Takes the next value, at its own time: values come in the order of their times. */
  take(value: Value): void {
    this.#atMs = Math.max(this.#atMs, value.atMs);
    this.takeHeld(value);
  }

  /** Takes a value that was already held when the picture begins. */
  takeHeld(value: Value): void {
    this.#taken++;
    this.domains.apply(value, this.#atMs);
  }

  passTo(atMs: number): void {
    this.#atMs = Math.max(this.#atMs, atMs);
  }

  /** Does what the engine does once per second: ages values, judges, and makes alarms of what is found. */
  judge(): void {
    this.#judgedMs = this.#atMs;
    this.alarms.update(this.domains.judge(this.#atMs), this.#atMs);
  }

  figures(): StreamMessage<'figures'> {
    return { figures: this.domains.figures(this.#atMs) };
  }
}
