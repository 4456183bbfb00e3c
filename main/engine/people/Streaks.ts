import { afterFailure, LOCK_MS, lockedUntilMs, nameRule } from '../../../shared/people/attempts.ts';
import type { Streak } from '../../../shared/people/attempts.ts';

/**
 * More streaks than this are not kept. Every failure costs a check, and checks are paced, so that within the time of a
 * lock nobody can make so many new ones that they displace a streak that still counts.
 */
const MOST_STREAKS = 20_000;

const pairKey = (name: string, source: string): string => `${name} from ${source}`;

/** Refused attempts in memory, by source and by name and source. The oldest are forgotten where there are too many. */
export class Streaks {
  readonly #streaks = new Map<string, Streak>();

  of(source: string): Streak | undefined {
    return this.#streaks.get(source);
  }

  ofName(name: string, source: string): Streak | undefined {
    return this.#streaks.get(pairKey(name, source));
  }

  note(source: string, atMs: number): void {
    this.#note(source, atMs);
  }

  noteName(name: string, source: string, atMs: number): void {
    this.#note(pairKey(name, source), atMs);
  }

  forget(source: string): void {
    this.#streaks.delete(source);
  }

  /** Forgets the attempts at a name from one source, or from all. */
  forgetName(name: string, source?: string): void {
    if (source !== undefined) this.#streaks.delete(pairKey(name, source));
    else for (const key of this.#keysOf(name)) this.#streaks.delete(key);
  }

  /** When the last lock of a name ends, at whichever source; undefined where it is locked at none. */
  lockedUntilMs(name: string, nowMs: number): number | undefined {
    const ends = this.#keysOf(name).flatMap((key) => lockedUntilMs(this.#streaks.get(key), nameRule, nowMs) ?? []);
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  #keysOf(name: string): string[] {
    return [...this.#streaks.keys()].filter((key) => key.startsWith(pairKey(name, '')));
  }

  #note(key: string, atMs: number): void {
    const next = afterFailure(this.#streaks.get(key), atMs);
    // A key that is deleted and set moves to the end, so the first ones are those that have been quiet for longest.
    this.#streaks.delete(key);
    this.#streaks.set(key, next);
    if (this.#streaks.size <= MOST_STREAKS) return;
    for (const [each, { lastAtMs }] of this.#streaks)
      if (atMs - lastAtMs >= LOCK_MS || this.#streaks.size > MOST_STREAKS) this.#streaks.delete(each);
      else return;
  }
}
