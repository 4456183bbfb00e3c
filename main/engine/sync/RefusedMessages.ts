/** Why a message that came over the broker was not taken. */
export type RefusalReason =
  'stranger' | 'revoked' | 'unsigned' | 'broken' | 'role' | 'code' | 'unreadable' | 'file' | 'repeated';
export type Refusal = { from: string; reason: RefusalReason; count: number; lastAtMs: number };

/** Unknown senders choose their own names, so beyond this many names all further ones are counted as one. */
const MOST_NAMES = 50;
const OTHERS = 'others';

/** Counts refused messages by their claimed sender and by reason, newest first. */
export class RefusedMessages {
  readonly #refusals = new Map<string, Refusal>();

  note(from: string, reason: RefusalReason, nowMs: number, count = 1): void {
    const key = `${from} ${reason}`;
    const name = this.#refusals.has(key) || this.#refusals.size < MOST_NAMES ? from : OTHERS;
    const known = this.#refusals.get(`${name} ${reason}`);
    this.#refusals.set(`${name} ${reason}`, {
      from: name,
      reason,
      count: (known?.count ?? 0) + count,
      lastAtMs: nowMs,
    });
  }

  all(): Refusal[] {
    return [...this.#refusals.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
  }
}
