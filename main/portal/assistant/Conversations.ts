import type { Turn } from './Answer.ts';

type Kept = { turns: Turn[]; usedAtMs: number };

/** The conversations that go on, by their secret ids. They are kept in memory alone, few, short and not for long. */
export class Conversations {
  readonly #kept = new Map<string, Kept>();
  readonly #most: { conversations: number; turns: number; idleMs: number };

  constructor(most: { conversations: number; turns: number; idleMs: number }) {
    this.#most = most;
  }

  /** The turns so far; none where the conversation is over or was never there. */
  turns(id: string, nowMs: number): readonly Turn[] {
    const kept = this.#kept.get(id);
    return kept === undefined || nowMs - kept.usedAtMs > this.#most.idleMs ? [] : kept.turns;
  }

  add(id: string, turn: Turn, nowMs: number): void {
    const turns = [...this.turns(id, nowMs), turn].slice(-this.#most.turns);
    // What is set again comes last, so the first ones are those that were not used for the longest time.
    this.#kept.delete(id);
    this.#kept.set(id, { turns, usedAtMs: nowMs });
    for (const [other, { usedAtMs }] of this.#kept) {
      if (this.#kept.size <= this.#most.conversations && nowMs - usedAtMs <= this.#most.idleMs) break;
      this.#kept.delete(other);
    }
  }
}
