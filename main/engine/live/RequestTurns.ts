import { monotonicMs } from '../base/EngineClock.ts';
import type { MonotonicMs } from '../../../shared/base/clock.ts';

/** Who makes requests. */
export type Requester = {
  /** Whether its next request has to wait, because it has not taken the answers to earlier ones. */
  isBlocked: () => boolean;
};

/** What a requester has used of the event loop counts half after this long. */
const HALF_LIFE_MS = 2000;
/** A requester that has used more than this is greedy: after each of its requests the loop belongs to others. */
const GREEDY_MS = 500;
/** How many times as long as a request of a greedy requester took the loop then belongs to others. */
const REST_PER_WORK = 3;
/** Whether a blocked requester can go on is looked at this often. */
const LOOK_AGAIN_MS = 50;

/** `usedMs` fades with time, `totalMs` does not. */
type Account = { usedMs: number; atMs: number; totalMs: number; waiting: (() => void)[] };

/**
 * Shares the event loop among screens. One request runs in a turn of the loop: at once where nothing else is to be
 * done, and otherwise that of the screen which has used the loop least. So no screen holds up the others, or the cycles
 * of the engine itself.
 */
export class RequestTurns {
  readonly #accounts = new Map<Requester, Account>();
  readonly #nowMs: () => MonotonicMs;
  /** A request ran in this turn of the loop, and it is not yet known how long it took with its answer. */
  #isBusy = false;
  #restUntilMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param nowMs monotonic */
  constructor(nowMs: () => MonotonicMs = monotonicMs) {
    this.#nowMs = nowMs;
  }

  /** Runs a request, now or in its turn; those of one requester stay in their order. */
  run(requester: Requester, request: () => void): void {
    const account = this.#account(requester);
    const isFirst = account.waiting.length === 0 && this.#usedMs(account) < GREEDY_MS && !requester.isBlocked();
    if (isFirst && !this.#isBusy) {
      this.#execute(requester, account, request);
      return;
    }
    account.waiting.push(request);
    if (!this.#isBusy) this.#takeIn(0);
  }

  /** Counts time that the loop spent for a requester. */
  charge(requester: Requester, ms: number): void {
    const account = this.#account(requester);
    account.usedMs = this.#usedMs(account) + ms;
    account.totalMs += ms;
    account.atMs = this.#nowMs();
  }

  /** Must be called when a requester is gone: what still waits is never run. */
  forget(requester: Requester): void {
    this.#accounts.delete(requester);
  }

  #account(requester: Requester): Account {
    const known = this.#accounts.get(requester);
    if (known !== undefined) return known;
    const account: Account = { usedMs: 0, atMs: this.#nowMs(), totalMs: 0, waiting: [] };
    this.#accounts.set(requester, account);
    return account;
  }

  #usedMs({ usedMs, atMs }: Account): number {
    return usedMs * 0.5 ** ((this.#nowMs() - atMs) / HALF_LIFE_MS);
  }

  #execute(requester: Requester, account: Account, request: () => void): void {
    const [startedMs, beforeMs] = [this.#nowMs(), account.totalMs];
    const isGreedy = this.#usedMs(account) >= GREEDY_MS;
    this.#isBusy = true;
    // An answer is written in this turn of the loop, after the request has run: only then is its whole cost known.
    setImmediate(() => {
      this.#isBusy = false;
      if (isGreedy) this.#restUntilMs = this.#nowMs() + REST_PER_WORK * (account.totalMs - beforeMs);
      this.#take();
    });
    request();
    this.charge(requester, this.#nowMs() - startedMs);
  }

  #takeIn(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isBusy) this.#take();
    }, ms);
  }

  #take(): void {
    const next = this.#next();
    if (next === undefined) {
      if ([...this.#accounts.values()].some(({ waiting }) => waiting.length > 0)) this.#takeIn(LOOK_AGAIN_MS);
      return;
    }
    const [requester, account] = next;
    const restMs = this.#restUntilMs - this.#nowMs();
    if (restMs > 0 && this.#usedMs(account) >= GREEDY_MS) {
      this.#takeIn(restMs);
      return;
    }
    const request = account.waiting.shift();
    if (request !== undefined) this.#execute(requester, account, request);
  }

  /** Of those that can go on, the one that has used the loop least. */
  #next(): [Requester, Account] | undefined {
    let [least, leastMs]: [[Requester, Account] | undefined, number] = [undefined, Infinity];
    for (const entry of this.#accounts) {
      const [requester, account] = entry;
      if (account.waiting.length === 0 || requester.isBlocked()) continue;
      const usedMs = this.#usedMs(account);
      if (usedMs < leastMs) [least, leastMs] = [entry, usedMs];
    }
    return least;
  }
}
