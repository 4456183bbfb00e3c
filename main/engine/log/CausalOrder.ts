import type { LogEntry } from '../../../shared/record/logEntry.ts';

/**
 * Delivers an entry only after all entries that its author had seen, in whatever order they arrive. So state that is
 * made of entries never lacks their past.
 */
export class CausalOrder {
  readonly #told = new Map<string, number>();
  readonly #held = new Map<string, LogEntry[]>();

  /** How far each sequence has been delivered. */
  reached(): Record<string, number> {
    return Object.fromEntries(this.#told);
  }

  get isHolding(): boolean {
    return [...this.#held.values()].some(({ length }) => length > 0);
  }

  /** Takes entries, each sequence in its order, and returns those that can be delivered now. */
  take(entries: readonly LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      const queue = this.#held.get(entry.sequence);
      if (queue === undefined) this.#held.set(entry.sequence, [entry]);
      else queue.push(entry);
    }
    return this.#drain(() => true);
  }

  /** Delivers an entry that was written here at once: its author knew what this workstation knew. */
  pass({ sequence, seq }: LogEntry): void {
    this.#told.set(sequence, Math.max(seq, this.#told.get(sequence) ?? 0));
  }

  /** Returns the held entries that wait for nothing that is still coming. */
  release(isComing: (sequence: string, seq: number) => boolean): LogEntry[] {
    return this.#drain(isComing);
  }

  #drain(isComing: (sequence: string, seq: number) => boolean): LogEntry[] {
    const turn: LogEntry[] = [];
    for (let before = -1; before !== turn.length;) {
      before = turn.length;
      for (const queue of this.#held.values()) {
        let count = 0;
        for (let next = queue[0]; next !== undefined && this.#isDue(next, isComing); next = queue[++count]) {
          turn.push(next);
          this.pass(next);
        }
        queue.splice(0, count);
      }
    }
    return turn;
  }

  #isDue({ sequence, seen }: LogEntry, isComing: (sequence: string, seq: number) => boolean): boolean {
    return Object.entries(seen).every(
      ([other, seq]) => other === sequence || (this.#told.get(other) ?? 0) >= seq || !isComing(other, seq),
    );
  }
}
