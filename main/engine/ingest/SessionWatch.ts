import type { CountyMs, MonotonicMs } from '../../../shared/base/clock.ts';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import type { StoreNotice } from '../store/store.ts';
import type { BacklogWatch, Shortfall } from './BacklogWatch.ts';
import type { BrokerMemory } from './BrokerMemory.ts';

/** What waited at the broker is here this long after the connection, and is judged then. */
const BACKLOG_MS = 30_000;
/** How often it is remembered that the connection stands. */
const NOTE_EVERY_MS = 60_000;

type SessionWatchOptions = {
  memory: BrokerMemory;
  backlog: BacklogWatch;
  /** IANA name, for the times in sentences. */
  timeZone: string;
  nowMs: () => CountyMs;
  monotonicMs: () => MonotonicMs;
  onNotice: (notice: StoreNotice) => void;
};

/**
 * Recognises what the broker should have kept while Beacon was away and did not: a session that is gone although Beacon
 * had asked for it, or far fewer messages than are usual. A notice names each such gap.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #hourMinute: (atMs: number) => string;
  #isConnected = false;
  #notedMs = Number.NEGATIVE_INFINITY;
  #pending: { fromMs: number; toMs: number; dueMs: number } | undefined;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    this.#hourMinute = createLocalTime(options.timeZone).hourMinute;
  }

  /** Must be called after each connection. `isPresent`: the broker still had the session. */
  connected(isPresent: boolean): void {
    const { memory, nowMs, monotonicMs, onNotice } = this.#options;
    this.#isConnected = true;
    const last = memory.last;
    const toMs = nowMs();
    if (last !== undefined && !isPresent)
      onNotice({
        level: 'warning',
        text: `The broker kept nothing ${this.#stretch(last.aliveAtMs, toMs)}: the session that it should keep for Beacon is gone. What was published meanwhile is lost; see persistence and session expiry of the broker in docs/broker.md.`,
      });
    if (last !== undefined && isPresent && last.aliveAtMs < toMs)
      this.#pending = { fromMs: last.aliveAtMs, toMs, dueMs: monotonicMs() + BACKLOG_MS };
    this.#note();
  }

  /** Must be called when a connection is lost, and at the end. */
  lost(): void {
    if (!this.#isConnected) return;
    this.#note();
    this.#isConnected = false;
    this.#pending = undefined;
  }

  /** Must be called every few seconds. */
  tick(): void {
    const { backlog, nowMs, monotonicMs, onNotice } = this.#options;
    if (!this.#isConnected) return;
    if (this.#pending !== undefined && monotonicMs() >= this.#pending.dueMs) {
      const { fromMs, toMs } = this.#pending;
      this.#pending = undefined;
      const shortfall = backlog.judge(fromMs, toMs);
      if (shortfall !== undefined) onNotice({ level: 'warning', text: this.#describe(shortfall) });
    }
    if (monotonicMs() - this.#notedMs < NOTE_EVERY_MS) return;
    backlog.forget(nowMs());
    this.#note();
  }

  #note(): void {
    const { memory, backlog, nowMs, monotonicMs } = this.#options;
    this.#notedMs = monotonicMs();
    memory.note(nowMs(), backlog.usual(nowMs()));
  }

  #describe({ fromMs, toMs, feeds }: Shortfall): string {
    const each = feeds.map(({ id, came, usual }) => `${String(came)} of about ${String(usual)} of ${id}`).join(', ');
    return `The broker kept only a part ${this.#stretch(fromMs, toMs)}: ${each} came. If the sources were publishing, its queue for Beacon is too short; see max_queued_messages in docs/broker.md.`;
  }

  #stretch(fromMs: number, toMs: number): string {
    if (fromMs >= toMs) return 'while Beacon was away';
    const [from, to] = [this.#hourMinute(fromMs), this.#hourMinute(toMs)];
    const days = Math.floor((toMs - fromMs) / 86_400_000);
    return days > 0 ? `for ${String(days)} days until ${to}` : `from ${from} to ${to}`;
  }
}
