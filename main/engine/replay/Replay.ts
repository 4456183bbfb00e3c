import type { CountyMs } from '../../../shared/base/clock.ts';
import type { PastStream, ReplayState, StreamMessage } from '../../../shared/contract/contract.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import type { Subject } from '../../../shared/alarms/alarm.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { PastCounty } from './PastCounty.ts';
import type { PastReader } from './PastReader.ts';
import type { Slices } from './Slices.ts';

/**
 * The picture is assembled from the values held this long before it and from all that came since: every domain regards
 * older values as past.
 */
export const LEAD_MS = 600_000;
/** A value that is older than this does not count as held. */
const HELD_MS = 86_400_000;
/** The newest values may still be on their way into the store. */
export const EDGE_MS = 10_000;
const BEAT_MS = 100;
/**
 * When an advance took longer than this, the replay has fallen behind its clock, and the clock waits for the picture.
 */
const LATE_MS = 300;
const FIGURES_EVERY_MS = 1000;
const LEAD_JUDGE_MS = 15_000;
const VALUES_A_LOOK = 64;
/**
 * The picture waits this long for the usual values that rules compare with; learning that takes longer continues beside
 * it.
 */
const LEARN_MS = 3000;

export type ReplayOptions = {
  id: number;
  atMs: number;
  speed: number;
  county: PastCounty;
  reader: PastReader;
  slices: Slices;
  /** The live county's time, which is the end of what can be replayed. */
  liveNowMs: () => CountyMs;
  /** Teaches the county what was usual; ends early when `isOver` returns true. */
  learn: (isOver: () => boolean) => Promise<void>;
  /** Sends a part of a stream to the screen. */
  send: <S extends PastStream>(stream: S, data: StreamMessage<S>) => void;
  /** Called when the state has changed. */
  onState: () => void;
  /** Called when the picture has been assembled: everything must be sent again. */
  onReady: () => void;
  /** Called when the replay has reached the present. */
  onPresent: () => void;
  /** Called when the replay has been freed. */
  onEnd: () => void;
};

/**
 * A county of the past for one screen: it is assembled at a time, then played on from there. It works in slices beside
 * the live county.
 */
export class Replay {
  readonly #options: ReplayOptions;
  readonly #county: PastCounty;
  readonly #readStreams: ReturnType<DomainSet['readStreams']>;
  #speed: number;
  #anchor = { atMs: 0, monotonicMs: 0 };
  #phase: 'loading' | 'ready' | 'failed' = 'loading';
  #reason: string | undefined;
  #isLearning = true;
  #isBehind = false;
  #isEnded = false;
  #toldMs = Number.NaN;
  #figuresAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#county = options.county;
    this.#speed = options.speed;
    this.#readStreams = options.county.domains.readStreams();
  }

  start(): void {
    this.#run().catch((error: unknown) => this.#fail(error));
  }

  /** Frees the replay: nothing is sent any more, and work under way stops at the next slice. */
  end(): void {
    this.#isEnded = true;
    this.#options.onEnd();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#isBehind = false;
    this.#setAnchor();
    this.#options.onState();
  }

  get state(): ReplayState {
    const isReady = this.#phase === 'ready';
    return {
      id: this.#options.id,
      atMs: isReady ? this.#county.atMs : this.#options.atMs,
      speed: this.#speed,
      state: this.#phase !== 'ready' ? this.#phase : this.#speed === 0 ? 'standing' : 'playing',
      isLearning: this.#isLearning,
      isBehind: this.#isBehind,
      isEmpty: isReady && this.#county.isEmpty,
      ...(this.#reason !== undefined && { reason: this.#reason }),
    };
  }

  /** The rows that changed since the cursor; nothing while the picture is being assembled. */
  frame(kind: FrameKind, cursor: number): { bytes: ArrayBuffer; cursor: number } | undefined {
    if (this.#phase !== 'ready') return undefined;
    return this.#county.domains.frame(kind, cursor, this.#county.atMs);
  }

  /** The whole of a stream. */
  stream<S extends PastStream>(name: S): StreamMessage<S> {
    const { domains, alarms, atMs } = this.#county;
    const isReady = this.#phase === 'ready';
    const makers: { [N in PastStream]: () => StreamMessage<N> } = {
      figures: () => (isReady ? this.#county.figures() : { figures: [] }),
      vehicles: () => (isReady && domains.stream('vehicles', atMs)) || { isFull: true, rows: [] },
      transit: () => (isReady && domains.stream('transit', atMs)) || { trips: [], routes: [] },
      units: () => (isReady && domains.stream('units', atMs)) || { isFull: true, rows: [] },
      reports: () => (isReady && domains.stream('reports', atMs)) || { isFull: true, changed: [] },
      alarmsThen: () => ({ isFull: true, changed: isReady ? alarms.all() : [], removed: [] }),
    };
    return makers[name]();
  }

  detail(subject: Subject): Detail | undefined {
    return this.#county.domains.detail(subject, this.#county.atMs);
  }

  async #run(): Promise<void> {
    await this.#putTogether();
    if (this.#hasEnded()) return;
    this.#phase = 'ready';
    this.#setAnchor();
    this.#county.alarms.takeChanges();
    this.#options.onReady();
    while (!this.#hasEnded()) {
      await this.#options.slices.pause(BEAT_MS);
      if (this.#speed > 0) await this.#play();
      else this.#judgeStanding();
    }
  }

  async #putTogether(): Promise<void> {
    const { reader, slices, atMs } = this.#options;
    await reader.open();
    await Promise.race([this.#learn(), slices.pause(LEARN_MS)]);
    const { sinceMs, values } = await reader.held(this.#county.atMs, HELD_MS);
    this.#county.begin(sinceMs);
    let count = 0;
    for (const value of values) {
      this.#county.takeHeld(value);
      if (count++ % VALUES_A_LOOK === 0) await slices.rest();
      if (this.#hasEnded()) return;
    }
    await this.#advance(atMs, LEAD_JUDGE_MS);
    this.#county.judge();
  }

  async #learn(): Promise<void> {
    try {
      await this.#options.learn(() => this.#hasEnded());
    } catch (error) {
      this.#fail(error);
    }
    this.#isLearning = false;
    if (this.#phase !== 'ready' || this.#hasEnded()) return;
    this.#county.judge();
    this.#options.onReady();
  }

  async #play(): Promise<void> {
    const edgeMs = this.#options.liveNowMs() - EDGE_MS;
    if (this.#county.atMs >= edgeMs) {
      this.#options.onPresent();
      return;
    }
    const startedMs = performance.now();
    await this.#advance(Math.min(this.#wantedMs(), edgeMs), judgeEveryMs(this.#speed));
    if (this.#hasEnded()) return;
    const isLate = performance.now() - startedMs > LATE_MS;
    if (isLate) this.#setAnchor();
    if (isLate !== this.#isBehind) {
      this.#isBehind = isLate;
      this.#options.onState();
    }
    this.#publish();
  }

  /**
   * Judges a picture that stands still: during fast play rules are evaluated seldom, and what came since the last
   * evaluation belongs to this picture.
   */
  #judgeStanding(): void {
    if (this.#county.judgedMs === this.#county.atMs) return;
    this.#county.judge();
    this.#publish();
  }

  /** Plays on to `toMs`. */
  async #advance(toMs: number, everyMs: number): Promise<void> {
    const { reader, slices, liveNowMs } = this.#options;
    while (this.#county.atMs < toMs && !this.#hasEnded()) {
      const dueMs = (Math.floor(this.#county.atMs / everyMs) + 1) * everyMs;
      const stepMs = Math.min(toMs, dueMs);
      let count = 0;
      for await (const values of reader.upTo(stepMs, liveNowMs() - EDGE_MS)) {
        for (const value of values) {
          this.#county.take(value);
          if (count++ % VALUES_A_LOOK === 0) await slices.rest();
          if (this.#hasEnded()) return;
        }
      }
      this.#county.passTo(stepMs);
      if (stepMs === dueMs) this.#county.judge();
      await slices.rest();
    }
  }

  #publish(): void {
    const { send } = this.#options;
    const { alarms, judgedMs } = this.#county;
    if (judgedMs === this.#toldMs) return;
    this.#toldMs = judgedMs;
    for (const { stream, message } of this.#readStreams(this.#county.atMs)) send(stream, message);
    const changes = alarms.takeChanges();
    if (changes !== undefined) send('alarmsThen', { isFull: false, ...changes });
    if (performance.now() - this.#figuresAtMs < FIGURES_EVERY_MS) return;
    this.#figuresAtMs = performance.now();
    send('figures', this.#county.figures());
  }

  #wantedMs(): number {
    return Math.floor(this.#anchor.atMs + (performance.now() - this.#anchor.monotonicMs) * this.#speed);
  }

  #setAnchor(): void {
    this.#anchor = { atMs: this.#county.atMs, monotonicMs: performance.now() };
  }

  #fail(error: unknown): void {
    if (this.#hasEnded()) return;
    this.#phase = 'failed';
    this.#reason = error instanceof Error ? error.message : String(error);
    this.#isEnded = true;
    this.#options.onState();
  }

  /** This is a function because its answer changes while other code runs. */
  #hasEnded(): boolean {
    return this.#isEnded;
  }
}

/**
 * At the county's own speed rules are evaluated once per second; during fast play four times per second of the viewer's
 * time, as rules need no more.
 */
const judgeEveryMs = (speed: number): number => Math.min(15_000, Math.max(1000, Math.round(speed) * 250));
