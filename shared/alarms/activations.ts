/**
 * So many activations of one alarm within so short a time are chatter: a convention of the field, not of the standard.
 */
const CHATTER_COUNT = 3;
const CHATTER_MS = 60_000;
/** A shorter stay is fleeting: the alarm is gone before anybody could have done anything. */
const FLEETING_MS = 30_000;
/** The length of time in which activations are counted: one hour, in ms. */
export const ACTIVATIONS_MS = 3_600_000;

/**
 * Whether an alarm chatters or was fleeting, judged by its activations within the last hour (ms, ascending) and by the
 * length of its last stay; `stayedMs` is undefined while it stands.
 */
export function chatterOf(
  activatedAtMs: readonly number[],
  stayedMs: number | undefined,
): 'chattering' | 'fleeting' | undefined {
  const isChattering = activatedAtMs.some(
    (atMs, index) => (activatedAtMs[index + CHATTER_COUNT - 1] ?? Number.POSITIVE_INFINITY) - atMs <= CHATTER_MS,
  );
  if (isChattering) return 'chattering';
  return stayedMs !== undefined && stayedMs < FLEETING_MS ? 'fleeting' : undefined;
}

/** The activations of all alarms within the last hour, by key. */
export class Activations {
  readonly #byKey = new Map<string, number[]>();
  #sweptMs = 0;

  note(key: string, atMs: number): void {
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, [atMs]);
    else known.push(atMs);
    this.#sweep(atMs);
  }

  of(key: string, nowMs: number): readonly number[] {
    return this.#byKey.get(key)?.filter((atMs) => atMs > nowMs - ACTIVATIONS_MS) ?? [];
  }

  /** Without this, keys of alarms that never come again would pile up over the weeks. */
  #sweep(nowMs: number): void {
    if (Math.abs(nowMs - this.#sweptMs) < CHATTER_MS) return;
    this.#sweptMs = nowMs;
    for (const [key, times] of this.#byKey) {
      const recent = times.filter((atMs) => atMs > nowMs - ACTIVATIONS_MS);
      if (recent.length === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, recent);
    }
  }
}
