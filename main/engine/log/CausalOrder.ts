import type { LogEntry } from '../../../shared/record/logEntry.ts';

/**
 * Hands entries on when all is there that their authors had seen, in whatever order they come: so what is made of them
 * never lacks their past.
 */
export class CausalOrder {
  readonly #told = new Map<string, number>();
  readonly #held = new Map<string, LogEntry[]>();

  /** How far each sequence was handed on. */
  reached(): Record<string, number> {
    return Object.fromEntries(this.#told);
  }

  get isHolding(): boolean {
    return [...this.#held.values()].some(({ length }) => length > 0);
  }

  /** Takes entries, each sequence in its order, and returns those whose turn has come. */
  take(entries: readonly LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      const queue = this.#held.get(entry.sequence);
      if (queue === undefined) this.#held.set(entry.sequence, [entry]);
      else queue.push(entry);
    }
    return this.#drain(() => true);
  }

  /** What was written here is handed on at once: its author knew what it knew. */
  pass({ sequence, seq }: LogEntry): void {
    this.#told.set(sequence, Math.max(seq, this.#told.get(sequence) ?? 0));
  }

  /** Returns what waits for nothing that is still coming. */
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
