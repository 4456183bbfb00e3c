import {
  afterFailure,
  isLocking,
  LOCK_MS,
  screenRule,
  waitMs,
  workstationRule,
} from '../../../shared/people/attempts.ts';
import type { Streak } from '../../../shared/people/attempts.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import { RequestError } from '../base/RequestError.ts';
import { accountKey, screenKey, workstationKey } from './People.ts';
import type { AccountState } from './People.ts';
import type { PeopleGround } from './PeopleGround.ts';

const inWords = (ms: number): string =>
  ms >= 90_000 ? `${Math.ceil(ms / 60_000)} minutes` : `${Math.ceil(ms / 1000)} s`;

/**
 * Bounds how fast passwords can be tried. Refused attempts are in the log, so the bound holds after a restart and at
 * every workstation.
 */
export class AttemptGuard {
  readonly #ground: PeopleGround;
  /** Attempts that could not be written to the log; they count against the next person who tries. */
  #unwritten: Streak | undefined;

  constructor(ground: PeopleGround) {
    this.#ground = ground;
  }

  /**
   * Throws a RequestError where the next attempt comes too soon. Such an attempt is not checked and not written down:
   * it can neither guess nor prolong a lock.
   */
  demandPatience(account: AccountState | undefined, screen: string): void {
    const { people, options } = this.#ground;
    const nowMs = options.wallMs();
    const ofAccount = account === undefined ? 0 : this.#waitOf(account, nowMs);
    const ofScreen = waitMs(people.streak(screenKey(options.workstation, screen)), screenRule, nowMs);
    const wait = Math.max(
      ofAccount,
      ofScreen,
      waitMs(this.#unwritten, screenRule, nowMs),
      waitMs(people.streak(workstationKey(options.workstation)), workstationRule, nowMs),
    );
    if (wait > 0) throw new RequestError('refused', `Too many attempts. Try again in ${inWords(wait)}.`);
  }

  /** Writes a failed attempt to the log, and the lock that it may bring. */
  async noteFailure(account: AccountState | undefined, screen: string): Promise<void> {
    const { log, wallMs } = this.#ground.options;
    const atMs = wallMs();
    try {
      await log.perform(beaconPerson, {
        kind: 'session.refused',
        ...(account !== undefined && { accountId: account.id }),
        screen,
        atMs,
      });
    } catch (error) {
      if (!(error instanceof RequestError && error.code === 'unavailable')) throw error;
      this.#unwritten = afterFailure(this.#unwritten, atMs);
      return;
    }
    const known = account && this.#ground.people.account(account.id);
    if (known !== undefined && this.#isLocked(known))
      await log.perform(beaconPerson, { kind: 'account.locked', accountId: known.id, untilMs: atMs + LOCK_MS });
  }

  #isLocked(account: AccountState): boolean {
    const { people } = this.#ground;
    return isLocking(people.streak(accountKey(account.id)), people.attemptRuleOf(account));
  }

  #waitOf(account: AccountState, nowMs: number): number {
    const { people } = this.#ground;
    const wait = waitMs(people.streak(accountKey(account.id)), people.attemptRuleOf(account), nowMs);
    if (wait > 0 && this.#isLocked(account))
      throw new RequestError(
        'refused',
        `This account is locked after too many attempts. The lock ends in ${inWords(wait)}; an administrator can lift it.`,
      );
    return wait;
  }
}
