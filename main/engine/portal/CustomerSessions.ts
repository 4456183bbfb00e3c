import { createHash, timingSafeEqual } from 'node:crypto';
import type { MonotonicMs } from '../../../shared/base/clock.ts';
import { MINUTE_MS } from '../../../shared/base/durations.ts';
import { MessageBudget } from '../../../shared/base/MessageBudget.ts';
import type { Account } from '../../../shared/county/accounts.ts';
import { RequestError } from '../base/RequestError.ts';
import { hashOfSecret, makeSecret } from '../people/secret.ts';

type Session = { accountIds: readonly string[]; seenMs: MonotonicMs };
type Failures = { count: number; sinceMs: MonotonicMs };

/** After this long without a question a session ends: a shared computer is left open. */
const IDLE_MS = 30 * MINUTE_MS;
const MOST_SESSIONS = 5000;
const MOST_ACCOUNTS = 20;
/** Wrong codes for one account before it is closed, and for how long. */
const MOST_FAILURES = 5;
const CLOSED_MS = 15 * MINUTE_MS;
/** Numbers with wrong codes that are remembered; one attempt per second fills 900 of them while the first is closed. */
const MOST_REMEMBERED = 2000;
/** Attempts for all accounts together, so that nobody tries a code on every account. */
const ATTEMPTS = { perSecond: 1, atOnce: 60 };

/** Letters and digits, as a person types them from paper. */
const plain = (typed: string): string => typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
const digest = (code: string): Buffer => createHash('sha256').update(plain(code)).digest();

/**
 * Who may see the use of which accounts: sessions that begin with an account's number and the code on its newest bill.
 * They are in memory alone and end with the engine.
 */
export class CustomerSessions {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #monotonicMs: () => MonotonicMs;
  readonly #sessions = new Map<string, Session>();
  readonly #failures = new Map<string, Failures>();
  readonly #attempts: MessageBudget;

  /** Accounts without a code are opened by nobody. */
  constructor(accounts: readonly Account[], monotonicMs: () => MonotonicMs) {
    const open = accounts.filter(({ code = '' }) => plain(code) !== '');
    this.#accounts = new Map(open.map((account) => [plain(account.id), account]));
    this.#monotonicMs = monotonicMs;
    this.#attempts = new MessageBudget(ATTEMPTS.perSecond, ATTEMPTS.atOnce, monotonicMs());
  }

  /**
   * Begins a session, or adds an account to the one of `token`, and returns the new token. Throws a RequestError that
   * is the same for a number that is none and for a wrong code.
   */
  signIn(number: string, code: string, token: string | undefined): string {
    const nowMs = this.#monotonicMs();
    if (!this.#attempts.take(0, nowMs)) throw new RequestError('unavailable', 'Too many attempts. Try again later.');
    const id = plain(number);
    this.#refuseClosed(id, nowMs);
    const account = this.#accounts.get(id);
    if (!timingSafeEqual(digest(account?.code ?? ''), digest(code)) || account === undefined) {
      this.#noteFailure(id, nowMs);
      throw new RequestError('refused', 'The number and the code do not belong together.');
    }
    this.#failures.delete(id);
    return this.#open(account.id, token, nowMs);
  }

  signOut(token: string): void {
    this.#sessions.delete(hashOfSecret(token));
  }

  /** The accounts of a session. Throws a RequestError where there is none. */
  accountsOf(token: string): Account[] {
    const nowMs = this.#monotonicMs();
    const session = this.#find(token, nowMs);
    if (session === undefined) throw new RequestError('refused', 'The session has ended.');
    session.seenMs = nowMs;
    return session.accountIds.flatMap((id) => this.#accounts.get(plain(id)) ?? []);
  }

  #find(token: string, nowMs: MonotonicMs): Session | undefined {
    const session = this.#sessions.get(hashOfSecret(token));
    return session === undefined || nowMs - session.seenMs > IDLE_MS ? undefined : session;
  }

  #open(accountId: string, token: string | undefined, nowMs: MonotonicMs): string {
    const before = token === undefined ? undefined : this.#find(token, nowMs);
    // A token that somebody knew before the sign-in must not open what it opens.
    if (token !== undefined) this.signOut(token);
    const accountIds = [...new Set([...(before?.accountIds ?? []), accountId])].slice(-MOST_ACCOUNTS);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    const fresh = makeSecret();
    this.#sessions.set(hashOfSecret(fresh), { accountIds, seenMs: nowMs });
    return fresh;
  }

  #refuseClosed(id: string, nowMs: MonotonicMs): void {
    const failures = this.#failures.get(id);
    if (failures === undefined) return;
    if (nowMs - failures.sinceMs > CLOSED_MS) this.#failures.delete(id);
    else if (failures.count >= MOST_FAILURES)
      throw new RequestError('unavailable', 'Too many wrong codes. Try again in 15 minutes.');
  }

  #noteFailure(id: string, nowMs: MonotonicMs): void {
    const { count, sinceMs } = this.#failures.get(id) ?? { count: 0, sinceMs: nowMs };
    this.#failures.set(id, { count: count + 1, sinceMs });
    // Numbers that are none close alike, or the fifth wrong code would show which ones there are.
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_REMEMBERED && oldest !== undefined) this.#failures.delete(oldest);
  }
}
