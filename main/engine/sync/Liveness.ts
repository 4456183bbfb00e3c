import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { Beat } from './peerMessages.ts';

/**
 * A beat says nothing about who is alive if its sender had not yet heard a beat of this workstation that was there this
 * long before it. A leader acts for 3 s after a beat that it has seen again, and claims only within 2 s of one, so that
 * a leader has heard everything that the broker took 5 s ago: a beat whose sender has not is not from a leader.
 */
const STALE_MS = 6000;
/** A start of a peer that has answered within this time is remembered before others. */
const LATELY_MS = 10_000;
/** How many starts of one workstation have their beats acknowledged; more are recordings. */
const MOST_STARTS = 3;

/** A beat of this workstation, sent since connecting, that the broker has shown again. */
type Shown = { beat: number; sentAtMs: number; shownAtMs: number };
/** A start of another workstation, and how far its beats have been heard. */
type Start = { instance: string; workstation: string; bornAtMs: number; beat: number; provenAtMs: number };

/** Remembers which workstations acknowledge beats. It outlives the process. */
export type AcknowledgingPeers = { has: (workstationId: string) => boolean; add: (workstationId: string) => void };

/**
 * `proven`: made after a beat that was sent from here on this connection. `unproven`: may be live. `stale`: a
 * recording, or from a workstation that hears nothing.
 */
export type Freshness = 'proven' | 'unproven' | 'stale';

/**
 * Distinguishes live beats from recordings of signed ones that somebody publishes again. Each beat says which beats of
 * others its workstation has heard. One that has heard a beat from here was made after that one was sent, and only its
 * workstation could have signed it. No clock but the monotonic one of this process is used: what counts is which own
 * beats the broker showed before the beat in question.
 *
 * Workstations of versions that acknowledge nothing are believed; one that has ever acknowledged beats must do so for
 * good.
 */
export class Liveness {
  readonly #instance: string;
  readonly #acknowledging: AcknowledgingPeers;
  readonly #sentAtMs = new Map<number, number>();
  #shown: Shown[] = [];
  /** The first beat that was sent on this connection. */
  #firstBeat: number | undefined;
  #starts: Start[] = [];

  constructor(instance: string, acknowledging: AcknowledgingPeers) {
    this.#instance = instance;
    this.#acknowledging = acknowledging;
  }

  connected(): void {
    this.#sentAtMs.clear();
    this.#shown = [];
    this.#firstBeat = undefined;
  }

  sent(beat: number, atMs: number): void {
    this.#firstBeat ??= beat;
    this.#sentAtMs.set(beat, atMs);
  }

  /** Notes that the broker has shown a beat of this workstation again. */
  shown(beat: number, atMs: number): void {
    const sentAtMs = this.#sentAtMs.get(beat);
    if (sentAtMs === undefined) return;
    for (const earlier of this.#sentAtMs.keys()) if (earlier <= beat) this.#sentAtMs.delete(earlier);
    this.#shown.push({ beat, sentAtMs, shownAtMs: atMs });
    // The first beat is not needed where the next is old enough to call a beat stale.
    while ((this.#shown[1]?.shownAtMs ?? Number.POSITIVE_INFINITY) <= sentAtMs - STALE_MS) this.#shown.shift();
  }

  /** Returns the beats of others that have been heard, by instance: the next own beat acknowledges them. */
  heard(): Record<string, number> {
    return Object.fromEntries(this.#starts.map(({ instance, beat }) => [instance, beat]));
  }

  /** Judges a beat of another process whose signature has been checked, and acknowledges it from now on. */
  judge(beat: Beat, isRetained: boolean, atMs: number): Freshness {
    const workstation = workstationOf(beat.from);
    const freshness = isRetained ? 'unproven' : this.#freshnessOf(beat, workstation);
    if (beat.heard !== undefined && !this.#acknowledging.has(workstation)) this.#acknowledging.add(workstation);
    this.#acknowledge(beat, workstation, freshness === 'proven' ? atMs : Number.NEGATIVE_INFINITY, atMs);
    return freshness;
  }

  #freshnessOf({ heard }: Beat, workstation: string): Freshness {
    if (heard === undefined) return this.#acknowledging.has(workstation) ? 'stale' : 'unproven';
    const acknowledged = heard[this.#instance] ?? Number.NEGATIVE_INFINITY;
    const unheard = this.#shown.find(({ beat }) => beat > acknowledged);
    const newest = this.#shown.at(-1);
    if (unheard !== undefined && newest !== undefined && newest.sentAtMs - unheard.shownAtMs >= STALE_MS)
      return 'stale';
    return acknowledged >= (this.#firstBeat ?? Number.POSITIVE_INFINITY) ? 'proven' : 'unproven';
  }

  #acknowledge({ instance, bornAtMs, beat }: Beat, workstation: string, provenAtMs: number, atMs: number): void {
    const known = this.#starts.find((start) => start.instance === instance);
    if (known !== undefined) {
      known.beat = Math.max(known.beat, beat);
      known.provenAtMs = Math.max(known.provenAtMs, provenAtMs);
      return;
    }
    const isLate = (start: Start): number => Number(start.provenAtMs > atMs - LATELY_MS);
    const [others, own] = [
      this.#starts.filter((start) => start.workstation !== workstation),
      this.#starts.filter((start) => start.workstation === workstation),
    ];
    // Recordings, however many there are, displace neither a start that answers nor a newer one.
    const kept = [...own, { instance, workstation, bornAtMs, beat, provenAtMs }]
      .sort((a, b) => isLate(b) - isLate(a) || b.bornAtMs - a.bornAtMs)
      .slice(0, MOST_STARTS);
    this.#starts = [...others, ...kept];
  }
}
