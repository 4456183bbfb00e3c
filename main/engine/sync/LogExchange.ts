import { epochOf, workstationOf } from '../../../shared/record/logEntry.ts';
import type { Head, LogEntry } from '../../../shared/record/logEntry.ts';
import type { Ask, Beat, BriefHead, Give } from './peerMessages.ts';
import { SequenceInbox } from './SequenceInbox.ts';

/** A peer that was not heard for this long is gone. */
export const GONE_MS = 5000;
const ASK_TIMEOUT_MS = 4000;
const BLOCK_ENTRIES = 500;
/** The most blocks that are asked for and not yet here. */
const MOST_ASKED = 6;
/** A peer whose answer was refused is not asked for that sequence again for this long. */
const DISTRUST_MS = 5000;
const BRIEF_HASH_DIGITS = 16;

/** What the exchange wants done; it has no effects of its own. */
export type ExchangeEffect =
  | { kind: 'ask'; ask: Ask }
  /** Read these entries from the log and send them. */
  | { kind: 'give'; to: string; sequence: string; fromSeq: number; toSeq: number }
  /**
   * Verify and merge these entries, then call `merged` or `refused`. `from` is the peer that gave them, or absent where
   * they came live.
   */
  | { kind: 'merge'; sequence: string; entries: LogEntry[]; from: string | undefined }
  /** Begin another sequence at this workstation. */
  | { kind: 'renew'; reason: RenewReason };
export type RenewReason = 'restored' | 'copied';

type Peer = {
  beat: Beat;
  /** When it last was heard live; absent where only what the broker had kept is known. */ heardAtMs:
    number | undefined;
  /** Whether its last beat was made after one from here (see `Liveness`). */
  isProven: boolean;
};
type ExchangeOptions = {
  own: string;
  instance: string;
  bornAtMs: number;
  heads: ReadonlyMap<string, Head>;
  /** The last `seq` of a sequence that counts, given who belongs to the desk. */
  lastCounted: (sequence: string) => number;
};

export const briefHash = (hash: string): string => hash.slice(0, BRIEF_HASH_DIGITS);

/**
 * Replication of the log, as a pure state machine: what is heard goes in with its monotonic time, and what is to be
 * sent or merged comes out. Beats say how far each peer has each sequence. Missing entries are asked for in blocks, a
 * bounded number at a time, from a peer that has them and is alive, and are asked for again elsewhere when no answer
 * comes. So it does not matter what was lost, doubled or overtaken: as long as some beat comes through, every
 * workstation gets every entry.
 */
export class LogExchange {
  readonly #options: ExchangeOptions;
  #own: string;
  readonly #heads: Map<string, Head>;
  readonly #peers = new Map<string, Peer>();
  readonly #inboxes = new Map<string, SequenceInbox>();
  /** Until when a peer is not asked for a sequence: `peer sequence` → ms. */
  readonly #distrust = new Map<string, number>();
  #isRenewing = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#own = options.own;
    this.#heads = new Map(options.heads);
  }

  /** Returns what a beat says of the log here. */
  heads(): Record<string, BriefHead> {
    const counted = [...this.#heads].map(([sequence, { seq, hash }]): [string, BriefHead] => {
      const last = this.#options.lastCounted(sequence);
      return [sequence, seq <= last ? [seq, briefHash(hash)] : [last, '']];
    });
    return Object.fromEntries(counted.filter(([, [seq]]) => seq > 0));
  }

  /** Peers by their sequence, as last heard. */
  peers(): ReadonlyMap<string, Peer> {
    return this.#peers;
  }

  /** Returns the sequences of the peers that are heard now. */
  alive(atMs: number): string[] {
    return [...this.#peers]
      .filter(([, { heardAtMs }]) => heardAtMs !== undefined && heardAtMs > atMs - GONE_MS)
      .map(([sequence]) => sequence);
  }

  /** Returns how many entries peers have that are not here yet. */
  missing(): number {
    return this.#missingFrom([...this.#peers.values()]);
  }

  /** Whether everything is here that connected peers have and can give, and there is such a peer. */
  isCaughtUp(atMs: number): boolean {
    return this.alive(atMs).length > 0 && this.obtainable(atMs) === 0;
  }

  /** Returns how many entries that connected peers have and can give are missing here. */
  obtainable(atMs: number): number {
    return this.#missingFrom(
      [...this.#peers.values()].filter(({ heardAtMs }) => heardAtMs !== undefined && heardAtMs > atMs - GONE_MS),
    );
  }

  /** Whether a peer that is heard now has an entry. */
  isObtainable(sequence: string, seq: number, atMs: number): boolean {
    return this.alive(atMs).some((peer) => (this.#peers.get(peer)?.beat.heads[sequence]?.[0] ?? 0) >= seq);
  }

  #missingFrom(peers: readonly Peer[]): number {
    const best = new Map<string, number>();
    for (const { beat } of peers) {
      for (const [sequence, [seq]] of Object.entries(beat.heads))
        best.set(sequence, Math.max(best.get(sequence) ?? 0, this.#target(sequence, seq)));
    }
    return [...best].reduce((sum, [sequence, seq]) => sum + Math.max(0, seq - this.#headOf(sequence)), 0);
  }

  /** Returns the highest epoch of this workstation that any workstation knows. */
  highestEpoch(): number {
    const all = [
      this.#own,
      ...this.#heads.keys(),
      ...[...this.#peers.values()].flatMap(({ beat }) => [beat.from, ...Object.keys(beat.heads)]),
    ];
    return Math.max(...all.filter((sequence) => workstationOf(sequence) === workstationOf(this.#own)).map(epochOf));
  }

  /**
   * Takes a beat whose signature has been checked. `isRetained`: the broker had kept it, so it says nothing about who
   * is alive. `isProven`: it is known to be live.
   */
  hear(beat: Beat, isRetained: boolean, atMs: number, isProven = false): ExchangeEffect[] {
    const isSelf = beat.from === this.#own && beat.instance === this.#options.instance;
    if (isSelf || !this.isNews(beat, atMs, isProven)) return [];
    const renewals = this.#checkOwn(beat, isRetained);
    const known = this.#peers.get(beat.from);
    if (beat.from !== this.#own)
      this.#peers.set(
        beat.from,
        isRetained
          ? { beat, heardAtMs: known?.heardAtMs, isProven: known?.isProven === true }
          : { beat, heardAtMs: atMs, isProven },
      );
    return [...renewals, ...this.#askForMissing(atMs)];
  }

  /**
   * Whether a beat is newer than what is known of that peer, and not an earlier one that somebody repeats. A start that
   * is known to be live takes precedence over one that is not. A start under a clock that was put back counts when the
   * one before is gone.
   */
  isNews({ from, instance, bornAtMs, beat }: Beat, atMs: number, isProven: boolean): boolean {
    const known = this.#peers.get(from);
    if (known === undefined) return true;
    if (known.beat.instance === instance) return beat > known.beat.beat;
    const isKnownLive = known.isProven && (known.heardAtMs ?? Number.NEGATIVE_INFINITY) > atMs - GONE_MS;
    if (isProven !== isKnownLive) return isProven;
    return bornAtMs > known.beat.bornAtMs || (known.heardAtMs ?? Number.NEGATIVE_INFINITY) <= atMs - GONE_MS;
  }

  /** Whether a later beat of the same start was heard before: brokers keep the order, so this one is a recording. */
  isOutrun({ from, instance, beat }: Beat): boolean {
    const known = this.#peers.get(from)?.beat;
    return known?.instance === instance && beat < known.beat;
  }

  /** Returns the sequences that other processes write now under the identity of this workstation. */
  twins(atMs: number): string[] {
    return this.alive(atMs).filter((sequence) => this.#isOfOwn(sequence) && this.#peers.get(sequence)?.isProven);
  }

  /**
   * Forgets the sequences that this workstation wrote before and nobody writes now. Returns them, with how many entries
   * of each the broker's last beat knew of that are not here and that no peer has.
   */
  forgetEarlier(atMs: number): { sequence: string; lost: number }[] {
    const silent = [...this.#peers].filter(
      ([sequence, { heardAtMs }]) =>
        this.#isOfOwn(sequence) && epochOf(sequence) < epochOf(this.#own) && heardAtMs === undefined,
    );
    for (const [sequence] of silent) this.#peers.delete(sequence);
    return silent.map(([sequence, { beat }]) => {
      const seq = this.#target(sequence, beat.heads[sequence]?.[0] ?? 0);
      const isElsewhere = this.isObtainable(sequence, seq, atMs);
      return { sequence, lost: isElsewhere ? 0 : Math.max(0, seq - this.#headOf(sequence)) };
    });
  }

  /** Whether it is another sequence of this workstation. */
  #isOfOwn(sequence: string): boolean {
    return sequence !== this.#own && workstationOf(sequence) === workstationOf(this.#own);
  }

  /** Takes entries that came live, or as an answer. */
  receive(entries: readonly LogEntry[], from: string | undefined): ExchangeEffect[] {
    const sequences = new Set(entries.map(({ sequence }) => sequence));
    return [...sequences].flatMap((sequence) => {
      const inbox = this.#inbox(sequence);
      inbox.hold(
        entries.filter((entry) => entry.sequence === sequence && entry.seq <= this.#options.lastCounted(sequence)),
        from,
      );
      return this.#handOn(sequence);
    });
  }

  given({ from, sequence, entries }: Give, atMs: number): ExchangeEffect[] {
    this.#inbox(sequence).answered(from, entries);
    return [
      ...this.receive(
        entries.filter((entry) => entry.sequence === sequence),
        from,
      ),
      ...this.#askForMissing(atMs),
    ];
  }

  /** Answers a peer that asks with the entries that are here, one block at a time. */
  asked({ from, sequence, fromSeq, toSeq }: Ask): ExchangeEffect[] {
    const last = Math.min(
      toSeq,
      this.#headOf(sequence),
      this.#options.lastCounted(sequence),
      fromSeq + BLOCK_ENTRIES - 1,
    );
    return last < fromSeq ? [] : [{ kind: 'give', to: from, sequence, fromSeq, toSeq: last }];
  }

  /** Notes that the log has a sequence up to this entry, whether it was written here or merged. */
  merged(sequence: string, head: Head, atMs: number): ExchangeEffect[] {
    if (head.seq > this.#headOf(sequence)) this.#heads.set(sequence, head);
    this.#inbox(sequence).advance(head.seq);
    return [...this.#handOn(sequence), ...this.#askForMissing(atMs)];
  }

  /**
   * Notes that entries handed on to be merged were refused. They are asked for elsewhere, and from the same peer again
   * after a while, because who belongs to the desk may have become known by then.
   */
  refused(sequence: string, from: string | undefined, atMs: number): ExchangeEffect[] {
    if (from !== undefined) this.#distrust.set(`${from} ${sequence}`, atMs + DISTRUST_MS);
    this.#inbox(sequence).reject();
    return this.#askForMissing(atMs);
  }

  /** Notes that this workstation writes another sequence from now on. */
  renewed(own: string): void {
    this.#own = own;
    this.#isRenewing = false;
    this.#peers.delete(own);
  }

  tick(atMs: number): ExchangeEffect[] {
    for (const inbox of this.#inboxes.values()) inbox.expire(atMs - ASK_TIMEOUT_MS);
    for (const [key, untilMs] of this.#distrust) if (untilMs <= atMs) this.#distrust.delete(key);
    return this.#askForMissing(atMs);
  }

  /** Notes that the broker is gone: nobody is heard, and no answer will come. */
  lost(): void {
    for (const peer of this.#peers.values()) peer.heardAtMs = undefined;
    for (const inbox of this.#inboxes.values()) inbox.expire(Number.POSITIVE_INFINITY);
  }

  #headOf(sequence: string): number {
    return this.#heads.get(sequence)?.seq ?? 0;
  }

  #target(sequence: string, seq: number): number {
    return Math.min(seq, this.#options.lastCounted(sequence));
  }

  #inbox(sequence: string): SequenceInbox {
    const known = this.#inboxes.get(sequence);
    if (known !== undefined) return known;
    const inbox = new SequenceInbox(this.#headOf(sequence));
    this.#inboxes.set(sequence, inbox);
    return inbox;
  }

  /**
   * Checks a beat against the own sequence. If a peer knows more of it than is here, or something else, this data
   * folder is a restored one. If another process writes it now, one of the two folders is a copy.
   */
  #checkOwn(beat: Beat, isRetained: boolean): ExchangeEffect[] {
    const reason = this.#isTwin(beat, isRetained) ? 'copied' : this.#isBehind(beat) ? 'restored' : undefined;
    return reason === undefined ? [] : this.#beginAnew(reason);
  }

  #beginAnew(reason: RenewReason): ExchangeEffect[] {
    if (this.#isRenewing) return [];
    this.#isRenewing = true;
    return [{ kind: 'renew', reason }];
  }

  /**
   * Notes that the broker keeps a beat whose own sequence differs from the one here: this data folder is a restored
   * one, in which something was written already.
   */
  forked(): ExchangeEffect[] {
    return this.#beginAnew('restored');
  }

  #isTwin({ from, instance, bornAtMs }: Beat, isRetained: boolean): boolean {
    if (from !== this.#own || isRetained || instance === this.#options.instance) return false;
    // Of two copies, the younger process gives way.
    return (
      bornAtMs < this.#options.bornAtMs || (bornAtMs === this.#options.bornAtMs && instance < this.#options.instance)
    );
  }

  #isBehind({ heads }: Beat): boolean {
    const [seq, hash] = heads[this.#own] ?? [0, ''];
    const own = this.#heads.get(this.#own) ?? { seq: 0, hash: '' };
    return seq > own.seq || (seq > 0 && seq === own.seq && hash !== briefHash(own.hash));
  }

  #handOn(sequence: string): ExchangeEffect[] {
    const { entries, from } = this.#inbox(sequence).take();
    return entries.length === 0 ? [] : [{ kind: 'merge', sequence, entries, from }];
  }

  #askForMissing(atMs: number): ExchangeEffect[] {
    const effects: ExchangeEffect[] = [];
    const asked = new Map<string, number>();
    for (const inbox of this.#inboxes.values())
      for (const { peer } of inbox.requests) asked.set(peer, (asked.get(peer) ?? 0) + 1);
    let total = [...asked.values()].reduce((sum, count) => sum + count, 0);
    for (const sequence of this.#wanted()) {
      while (total < MOST_ASKED) {
        const ask = this.#nextAsk(sequence, asked, atMs);
        if (ask === undefined) break;
        effects.push({ kind: 'ask', ask });
        asked.set(ask.to, (asked.get(ask.to) ?? 0) + 1);
        total++;
      }
    }
    return effects;
  }

  #wanted(): Set<string> {
    const alive = [...this.#peers.values()].filter(({ heardAtMs }) => heardAtMs !== undefined);
    return new Set(
      alive
        .flatMap(({ beat }) =>
          Object.entries(beat.heads)
            .filter(([sequence, [seq]]) => this.#target(sequence, seq) > this.#headOf(sequence))
            .map(([sequence]) => sequence),
        )
        .sort(),
    );
  }

  /** Returns the next block of a sequence, to be asked from the peer that has it and is least busy. */
  #nextAsk(sequence: string, asked: ReadonlyMap<string, number>, atMs: number): Ask | undefined {
    const able = [...this.#peers].filter(
      ([id, { heardAtMs }]) =>
        heardAtMs !== undefined && heardAtMs > atMs - GONE_MS && !this.#distrust.has(`${id} ${sequence}`),
    );
    const target = Math.max(0, ...able.map(([, { beat }]) => this.#target(sequence, beat.heads[sequence]?.[0] ?? 0)));
    const inbox = this.#inbox(sequence);
    const gap = inbox.nextGap(target, BLOCK_ENTRIES);
    if (gap === undefined) return undefined;
    const [peer] = able
      .filter(([, { beat }]) => (beat.heads[sequence]?.[0] ?? 0) >= gap.fromSeq)
      .map(([id]) => id)
      .sort((a, b) => (asked.get(a) ?? 0) - (asked.get(b) ?? 0) || (a < b ? -1 : 1));
    if (peer === undefined) return undefined;
    inbox.request(gap, peer, atMs);
    return { from: this.#own, to: peer, sequence, ...gap };
  }
}
