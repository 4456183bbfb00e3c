import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { afterReceiving, nextStamp } from '../../../../shared/record/hybridClock.ts';
import type { Stamp } from '../../../../shared/record/hybridClock.ts';
import { entryId, stampOf, workstationOf } from '../../../../shared/record/logEntry.ts';
import type { Head, LogEntry } from '../../../../shared/record/logEntry.ts';
import { GENESIS_HASH, isHashOf, isSignedBy } from './recordHash.ts';
import type { Merged } from '../store.ts';

function keyFrom(pem: string | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/**
 * Where each sequence ends, and the hybrid clock that runs over all of them (Kulkarni et al. 2014, "Logical Physical
 * Clocks").
 */
export class LogChain {
  #heads = new Map<string, Head>();
  #clock: Stamp = { atMs: 0, tick: 0 };

  copy(): LogChain {
    const copy = new LogChain();
    copy.#heads = new Map(this.#heads);
    copy.#clock = this.#clock;
    return copy;
  }

  heads(): Record<string, Head> {
    return Object.fromEntries(this.#heads);
  }

  sequences(): Iterable<string> {
    return this.#heads.keys();
  }

  /** Continues from the stored ends of sequences and the stored clock. */
  goOn(heads: Iterable<readonly [string, Head]>, clock: Stamp = { atMs: 0, tick: 0 }): void {
    for (const [sequence, head] of heads) this.#heads.set(sequence, head);
    if (clock.atMs > this.#clock.atMs) this.#clock = clock;
  }

  /**
   * The number, predecessor's hash, stamp and `seen` of the next entry of a sequence. `known`: how far its author had
   * the other sequences, where that is less than what is here.
   */
  next(
    sequence: string,
    nowMs: number,
    known?: Readonly<Record<string, number>>,
  ): { seen: Record<string, number>; seq: number; prevHash: string; stamp: Stamp } {
    const head = this.#heads.get(sequence);
    const others = [...this.#heads]
      .filter(([name]) => name !== sequence)
      .map(([name, { seq }]) => [name, known === undefined ? seq : Math.min(seq, known[name] ?? 0)] as const);
    const seen = Object.fromEntries(others.filter(([, seq]) => seq > 0));
    return {
      seen,
      seq: (head?.seq ?? 0) + 1,
      prevHash: head?.hash ?? GENESIS_HASH,
      stamp: nextStamp(this.#clock, nowMs),
    };
  }

  /** Whether an entry is the next of its sequence, and its hash matches its content and its predecessor. */
  fits(entry: LogEntry): boolean {
    const head = this.#heads.get(entry.sequence);
    return entry.seq === (head?.seq ?? 0) + 1 && isHashOf(entry.hash, entry, head?.hash ?? GENESIS_HASH);
  }

  /** Makes an entry the end of its sequence. Its stamp moves the clock, unless it lies too far ahead of `nowMs`. */
  follow(entry: LogEntry, nowMs: number): void {
    this.#heads.set(entry.sequence, { seq: entry.seq, hash: entry.hash });
    this.#clock = afterReceiving(this.#clock, stampOf(entry), nowMs);
  }

  /**
   * Decides which of these entries are accepted. The signature of each is checked: a later one would vouch for the
   * content of those before it, but an entry that does not prove itself must not get into anybody's log, where every
   * later check would find it.
   */
  judge(entries: readonly LogEntry[], keys: Readonly<Record<string, string>>): Merged {
    const judged: Merged = { accepted: [], refused: [], missing: [] };
    for (const [sequence, run] of Map.groupBy(entries, (entry) => entry.sequence)) {
      const key = keyFrom(keys[workstationOf(sequence)]);
      if (key === undefined)
        judged.refused.push(...run.map((entry) => ({ id: entryId(entry), reason: 'stranger' as const })));
      else
        this.#judgeRun(
          sequence,
          run.toSorted((a, b) => a.seq - b.seq),
          key,
          judged,
        );
    }
    return judged;
  }

  #judgeRun(sequence: string, run: readonly LogEntry[], key: KeyObject, judged: Merged): void {
    const draft = new LogChain();
    const head = this.#heads.get(sequence);
    if (head !== undefined) draft.goOn([[sequence, head]]);
    for (const entry of run) {
      const reached = draft.#heads.get(sequence)?.seq ?? 0;
      if (entry.seq <= reached) continue;
      if (entry.seq > reached + 1) {
        judged.missing.push({ sequence, fromSeq: reached + 1, toSeq: entry.seq - 1 });
        break;
      }
      const reason = !draft.fits(entry) ? 'broken' : isSignedBy(entry, key) ? undefined : 'unsigned';
      if (reason !== undefined) {
        // What follows in its sequence cannot be taken without it.
        judged.refused.push({ id: entryId(entry), reason });
        break;
      }
      draft.follow(entry, Number.POSITIVE_INFINITY);
      judged.accepted.push(entry);
    }
  }
}
