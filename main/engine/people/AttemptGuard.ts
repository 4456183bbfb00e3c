import { createHash } from 'node:crypto';
import {
  deviceRule,
  isLocking,
  LOCK_MS,
  lockedUntilMs,
  LOGGED_FAILURES,
  nameRule,
  waitMs,
} from '../../../shared/people/attempts.ts';
import { nameKey } from '../../../shared/people/account.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { RequestError } from '../base/RequestError.ts';
import { CheckQueue } from './CheckQueue.ts';
import type { PeopleGround } from './PeopleGround.ts';
import type { Source } from './source.ts';
import { Streaks } from './Streaks.ts';

/** The name that is tried, and where. `accountId` is absent where no account has the name. */
export type Attempt = { name: string; accountId: string | undefined; source: Source };

/** All unknown devices together, for the pace at which they are checked. */
const UNKNOWN_DEVICES = 'unknown devices';
/** The pause between two checks of unknown devices after many of them have failed. */
const UNKNOWN_REST_MS = 1000;
const LOG_EVERY_MS = 60_000;

const inWords = (ms: number): string =>
  ms >= 90_000 ? `${Math.ceil(ms / 60_000)} minutes` : `${Math.ceil(ms / 1000)} s`;

/**
 * What a name is counted under. Where no account has it, it may be a password in the wrong field: only a hash is kept.
 */
const countedName = ({ name, accountId }: Attempt): string =>
  accountId ?? createHash('sha256').update(nameKey(name)).digest('base64url');

/**
 * Bounds how fast passwords can be tried, by name and source and by source. A device at which somebody has signed in
 * before, and the workstation's own windows, never share a count or a queue with unknown devices, which therefore
 * cannot close the sign-in for them. A name that no account has is counted, paused and answered like any other one.
 */
export class AttemptGuard {
  readonly #ground: PeopleGround;
  readonly #streaks = new Streaks();
  readonly #known: CheckQueue;
  readonly #unknown: CheckQueue;
  /** Failures that are being written here, which were counted when they happened. */
  readonly #counted = new Set<string>();
  readonly #loggedAtMs = new Map<string, number>();

  /** From construction on it follows the log, so that the bound holds after a restart. */
  constructor(ground: PeopleGround) {
    this.#ground = ground;
    const { pause, random, wallMs, log } = ground.options;
    this.#known = new CheckQueue({ restMs: () => 0, pause, random });
    const isBusy = (): boolean => (this.#streaks.of(UNKNOWN_DEVICES)?.failures ?? 0) > LOGGED_FAILURES;
    const isQuiet = (): boolean => wallMs() - (this.#streaks.of(UNKNOWN_DEVICES)?.lastAtMs ?? 0) > LOCK_MS;
    const restMs = (): number => (isBusy() && !isQuiet() ? UNKNOWN_REST_MS : 0);
    this.#unknown = new CheckQueue({ restMs, pause, random });
    log.onEntries((entries) => {
      for (const entry of entries) this.#follow(entry);
    });
  }

  /** Runs work that checks a password, in the queue of its source. Rejects with a RequestError where too many wait. */
  inTurn<T>({ isKnown, line }: Source, work: () => Promise<T>): Promise<T> {
    const failures = this.#streaks.of(line)?.failures ?? 0;
    return (isKnown ? this.#known : this.#unknown).run(work, line, failures);
  }

  /**
   * Throws a RequestError where the next attempt comes too soon. Such an attempt is not checked and not counted: it can
   * neither guess nor prolong a lock.
   */
  demandPatience(attempt: Attempt): void {
    const nowMs = this.#ground.options.wallMs();
    const { source } = attempt;
    const ofName = this.#streaks.ofName(countedName(attempt), source.key);
    const nameWait = waitMs(ofName, nameRule, nowMs);
    if (nameWait > 0 && isLocking(ofName, nameRule))
      throw new RequestError(
        'refused',
        `This name is locked here after too many attempts. The lock ends in ${inWords(nameWait)}; an administrator can lift it.`,
      );
    // An address belongs to many devices, so unknown devices are paused by their connection, and all
    // together by their queue.
    const ofDevice = waitMs(this.#streaks.of(source.isKnown ? source.key : source.line), deviceRule, nowMs);
    const wait = Math.max(nameWait, ofDevice);
    if (wait > 0) throw new RequestError('refused', `Too many attempts. Try again in ${inWords(wait)}.`);
  }

  /** Counts a failed attempt and writes it to the log, with the lock that it may bring. */
  async noteFailure(attempt: Attempt): Promise<void> {
    const { log, wallMs } = this.#ground.options;
    const atMs = wallMs();
    const { accountId, source } = attempt;
    const name = countedName(attempt);
    this.#count(name, source.key, atMs);
    if (!source.isKnown) {
      this.#streaks.note(source.line, atMs);
      this.#streaks.note(UNKNOWN_DEVICES, atMs);
    }
    if (!this.#isLogged(source.key, atMs)) return;
    const event = { kind: 'session.refused', screen: source.key, atMs } as const;
    const counted = `${source.key} ${String(atMs)}`;
    this.#counted.add(counted);
    await log
      .perform(beaconPerson, { ...event, ...(accountId !== undefined && { accountId }) })
      .catch(ignoreUnavailable)
      .finally(() => this.#counted.delete(counted));
    if (accountId === undefined) return;
    const untilMs = lockedUntilMs(this.#streaks.ofName(name, source.key), nameRule, wallMs());
    // Nobody waits for this entry, so that the answer takes as long as for a name that no account has.
    if (untilMs !== undefined)
      void log.perform(beaconPerson, { kind: 'account.locked', accountId, untilMs }).catch(ignoreUnavailable);
  }

  /** Forgets the failures that came before a successful attempt. */
  noteSuccess(attempt: Attempt): void {
    const { source } = attempt;
    this.#streaks.forgetName(countedName(attempt), source.key);
    this.#streaks.forget(source.line);
    if (source.isKnown) this.#streaks.forget(source.key);
  }

  /** When the last lock of an account ends, at whichever source; undefined where it is locked at none. */
  lockedUntilMs(accountId: string): number | undefined {
    return this.#streaks.lockedUntilMs(accountId, this.#ground.options.wallMs());
  }

  #count(name: string, source: string, atMs: number): void {
    this.#streaks.noteName(name, source, atMs);
    this.#streaks.note(source, atMs);
  }

  #isLogged(source: string, atMs: number): boolean {
    const { failures } = this.#streaks.of(source) ?? { failures: 0 };
    if (failures > LOGGED_FAILURES && atMs - (this.#loggedAtMs.get(source) ?? 0) < LOG_EVERY_MS) return false;
    if (failures > LOGGED_FAILURES) this.#loggedAtMs.set(source, atMs);
    else this.#loggedAtMs.delete(source);
    return true;
  }

  /** Takes over what happened before a restart, and at other workstations. */
  #follow({ event, sequence }: LogEntry): void {
    switch (event.kind) {
      case 'session.refused':
        if (!this.#counted.has(`${event.screen} ${String(event.atMs)}`) && event.accountId !== undefined)
          this.#count(event.accountId, event.screen, event.atMs);
        return;
      case 'session.opened':
        if (workstationOf(sequence) === this.#ground.options.workstation)
          this.#streaks.forgetName(event.accountId, event.screen);
        return;
      case 'account.passwordSet':
        if (event.by !== 'self') this.#streaks.forgetName(event.accountId);
        return;
      case 'account.lockLifted':
        this.#streaks.forgetName(event.accountId);
        return;
      default:
    }
  }
}

/** A broken disk keeps nobody from being refused or let in. */
function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof RequestError && error.code === 'unavailable')) throw error;
}
