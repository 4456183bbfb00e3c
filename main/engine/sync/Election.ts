import type { Standing } from './peerMessages.ts';

/** A workstation that was not heard for this long is gone, and another may lead. */
const DEAD_MS = 5000;
/**
 * A leader may act for this long after it sent a beat that the broker has shown to it again. The lease is shorter than
 * `DEAD_MS` by more than clocks drift.
 */
const LEASE_MS = 3000;
/** A new leader waits this long before it acts, because some brokers do not show all subscribers the same order. */
const SETTLE_MS = 1000;
/**
 * Only a workstation that has lately seen one of its own beats come back may claim. Its claim is then made with
 * knowledge of what the broker took before, and others can see that from the claim.
 */
const IN_TOUCH_MS = 2000;
/** A leader gives way to a workstation with a smaller id that has been ready for this long. */
const STEADY_MS = 5000;

type Other = { standing: Standing; term: number; heardAtMs: number; readySinceMs: number | undefined };
type Sent = { atMs: number; standing: Standing; term: number };

const isRival = (standing: Standing): boolean => standing === 'claims' || standing === 'leads';

/**
 * Elects the one workstation that carries out what Beacon does by itself: the one with the smallest id among those that
 * are ready. It is a pure state machine over beats and monotonic time.
 *
 * At most one leads. A leader acts only within 3 s after sending a beat that the broker has shown to it again, and
 * steps down otherwise. Another workstation claims only when it has heard nothing of a leader for 5 s *and* one of its
 * own beats, sent after that, has come back. Brokers deliver to a subscriber in the order in which they accepted
 * messages, so a beat that the leader saw again would have been heard before that one. A workstation that is cut off
 * from the broker does not lead. While a broker is gone, nobody leads until it is back. A workstation that is alone in
 * its desk leads without a broker.
 */
export class Election {
  readonly #id: string;
  #standing: Standing = 'away';
  #term = 0;
  #highestTerm = 0;
  #leaseUntilMs = 0;
  #actsFromMs = 0;
  /** The time since which every beat of others would have been heard; absent without a broker. */
  #listeningSinceMs: number | undefined;
  /** When the newest own beat that came back was sent. */
  #confirmedMs = Number.NEGATIVE_INFINITY;
  #isAlone = false;
  readonly #others = new Map<string, Other>();
  readonly #sent = new Map<number, Sent>();

  constructor(id: string) {
    this.#id = id;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** Rises with each claim, so that actions of an earlier term are recognised. */
  get term(): number {
    return this.#term;
  }

  connected(atMs: number): void {
    this.#listeningSinceMs = atMs;
    this.#others.clear();
    this.#sent.clear();
  }

  lost(): void {
    this.#listeningSinceMs = undefined;
    this.#confirmedMs = Number.NEGATIVE_INFINITY;
    this.#others.clear();
    this.#sent.clear();
    if (!this.#isAlone) this.#standing = 'away';
  }

  /** Notes that a beat with the present standing and term was sent. */
  sent(beat: number, atMs: number): void {
    this.#sent.set(beat, { atMs, standing: this.#standing, term: this.#term });
  }

  /** Notes that the broker has shown a beat of this workstation again. */
  echoed(beat: number, atMs: number): void {
    const sent = this.#sent.get(beat);
    if (sent === undefined) return;
    for (const earlier of this.#sent.keys()) if (earlier <= beat) this.#sent.delete(earlier);
    this.#confirmedMs = Math.max(this.#confirmedMs, sent.atMs);
    if (sent.term !== this.#term) return;
    if (this.#standing === 'claims' && sent.standing === 'claims') {
      this.#standing = 'leads';
      this.#actsFromMs = atMs + SETTLE_MS;
      this.#leaseUntilMs = sent.atMs + LEASE_MS;
    } else if (this.#standing === 'leads' && isRival(sent.standing) && atMs < this.#leaseUntilMs) {
      this.#leaseUntilMs = Math.max(this.#leaseUntilMs, sent.atMs + LEASE_MS);
    }
  }

  /** Takes what another workstation says, live. */
  hear(id: string, standing: Standing, term: number, atMs: number): void {
    this.noteTerm(term);
    const readySinceMs = standing === 'away' ? undefined : (this.#others.get(id)?.readySinceMs ?? atMs);
    this.#others.set(id, { standing, term, heardAtMs: atMs, readySinceMs });
    if (!isRival(standing)) return;
    if (this.#standing === 'claims') this.#standing = 'ready';
    const isStronger = term > this.#term || (term === this.#term && id < this.#id);
    if (this.#standing === 'leads' && !this.#isAlone && isStronger) this.#stepDown(atMs);
  }

  /** Notes a term that was in use at some time. */
  noteTerm(term: number): void {
    this.#highestTerm = Math.max(this.#highestTerm, term);
  }

  /**
   * Advances the election. `isReady`: this workstation has all of the log that peers have. `isAlone`: the desk has no
   * other workstation. Returns true when the standing changed, so that a beat is due at once.
   */
  tick(atMs: number, isReady: boolean, isAlone: boolean): boolean {
    const before = this.#standing;
    this.#noteAlone(isAlone, atMs);
    if (!isAlone) this.#consider(atMs, isReady);
    return this.#standing !== before;
  }

  /** Whether this workstation may do now what only one workstation may do. */
  isLeading(atMs: number): boolean {
    return this.#standing === 'leads' && (this.#isAlone || (atMs < this.#leaseUntilMs && atMs >= this.#actsFromMs));
  }

  /** Who leads, as far as is known here. */
  leader(atMs: number): string | undefined {
    if (this.#standing === 'leads' && (this.#isAlone || atMs < this.#leaseUntilMs)) return this.#id;
    const leading = [...this.#others]
      .filter(([, other]) => other.standing === 'leads' && other.heardAtMs > atMs - DEAD_MS)
      .sort(([, a], [, b]) => b.term - a.term);
    return leading[0]?.[0];
  }

  #noteAlone(isAlone: boolean, atMs: number): void {
    if (isAlone && this.#standing !== 'leads') this.#standing = 'leads';
    // This workstation is no longer alone: from here on the lease counts.
    if (!isAlone && this.#isAlone) this.#leaseUntilMs = this.#listeningSinceMs === undefined ? 0 : atMs + LEASE_MS;
    this.#isAlone = isAlone;
  }

  #consider(atMs: number, isReady: boolean): void {
    if (this.#standing === 'leads' && (atMs >= this.#leaseUntilMs || this.#hasSteadySmaller(atMs)))
      this.#stepDown(atMs);
    if (this.#standing === 'leads' || this.#standing === 'claims') return;
    this.#standing = isReady && this.#listeningSinceMs !== undefined ? 'ready' : 'away';
    if (this.#standing === 'ready' && this.#mayClaim(atMs)) {
      this.#standing = 'claims';
      this.#term = this.#highestTerm + 1;
      this.#highestTerm = this.#term;
    }
  }

  #mayClaim(atMs: number): boolean {
    if (this.#smallerReady(atMs).length > 0) return false;
    const rivals = [...this.#others.values()]
      .filter(({ standing }) => isRival(standing))
      .map(({ heardAtMs }) => heardAtMs);
    const silentSinceMs = Math.max(this.#listeningSinceMs ?? atMs, ...rivals);
    return this.#confirmedMs >= silentSinceMs + DEAD_MS && this.#confirmedMs > atMs - IN_TOUCH_MS;
  }

  #smallerReady(atMs: number): Other[] {
    return [...this.#others]
      .filter(([id, other]) => id < this.#id && other.standing !== 'away' && other.heardAtMs > atMs - DEAD_MS)
      .map(([, other]) => other);
  }

  #hasSteadySmaller(atMs: number): boolean {
    return this.#smallerReady(atMs).some(
      ({ readySinceMs }) => readySinceMs !== undefined && atMs - readySinceMs >= STEADY_MS,
    );
  }

  #stepDown(atMs: number): void {
    this.#standing = 'ready';
    this.#leaseUntilMs = Math.min(this.#leaseUntilMs, atMs);
  }
}
