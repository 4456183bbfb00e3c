import { demoAccounts } from '../../../shared/people/demoAccounts.ts';
import { beaconPerson, displayPerson } from '../../../shared/people/person.ts';
import type { Person, ScreenPerson } from '../../../shared/people/person.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Attempt, AttemptGuard } from './AttemptGuard.ts';
import { personOf } from './People.ts';
import type { AccountState, SessionState } from './People.ts';
import { noCost } from './passwordVerifier.ts';
import type { PeopleGround } from './PeopleGround.ts';
import { hashOfSecret, makeId, makeSecret } from './secret.ts';
import { deviceKey, ownSource } from './source.ts';

/** A session or a token, by which a screen is signed in. */
export type Ticket = { sessionId: string } | { tokenId: string };
export type Opened = {
  ticket: { sessionId: string };
  secret: string;
  expiresAtMs: number;
  mustChangePassword: boolean;
};
export type Credentials = { name: string; password: string; screen: string };
/** Which connection an attempt came over, and from where: see `PeopleGround.sourceOf`. */
export type CameFrom = { address: string | undefined; line: string };
export type CloseReason = Extract<RecordEvent, { kind: 'session.closed' }>['reason'];
export type Welcome = { isSetUpDue: boolean; demonstration: { name: string; password: string }[] };

/** How long a session lasts: longer than the longest shift. */
const SESSION_MS = 16 * 3_600_000;
/** A screen locks itself first, and says once per minute that somebody is there. */
const IDLE_GRACE_MS = 120_000;

/** Signs people in at screens, and out again. Every attempt that is checked is written to the log. */
export class SignIn {
  readonly #ground: PeopleGround;
  readonly #guard: AttemptGuard;
  /**
   * Sessions opened while the record could not be written, by id: a broken disk must not keep people from seeing the
   * county.
   */
  readonly #unwritten = new Map<string, SessionState>();
  /** When somebody last did something in a session, by its id; UTC ms of the wall clock. */
  readonly #activeAtMs = new Map<string, number>();

  constructor(ground: PeopleGround, guard: AttemptGuard) {
    this.#ground = ground;
    this.#guard = guard;
  }

  /** What a screen may know while nobody is signed in at it. */
  welcome(): Welcome {
    const { people, options } = this.#ground;
    const isAsMade = (id: string): boolean =>
      people.account(id)?.isFirstPassword !== false && people.account(id)?.isRevoked !== true;
    const demonstration = options.isDemonstration ? demoAccounts.filter(({ id }) => isAsMade(id)) : [];
    return {
      isSetUpDue: this.#isSetUpDue,
      demonstration: demonstration.map(({ name, password }) => ({ name, password })),
    };
  }

  /** Creates the accounts of the simulated county, where they are missing. */
  async makeDemonstration(): Promise<void> {
    const { options } = this.#ground;
    if (!options.isDemonstration) return;
    await this.#guard.inTurn(ownSource, async () => {
      for (const { id, name, role, password } of demoAccounts) {
        if (this.#ground.people.account(id) !== undefined) continue;
        await options.log.perform(beaconPerson, {
          kind: 'account.created',
          accountId: id,
          name,
          role,
          verifier: await this.#ground.seal(id, password, noCost),
          isDemonstration: true,
        });
      }
    });
  }

  /**
   * Creates the first administrator and signs that person in. Rejects with a RequestError: refused where there is an
   * administrator already, or badInput.
   */
  setUp({ name, password, screen }: Credentials): Promise<Opened> {
    return this.#guard.inTurn(ownSource, async () => {
      await this.#ground.options.log.whenOpen();
      if (!this.#isSetUpDue) throw new RequestError('refused', 'There is an administrator already.');
      await this.#ground.demandGood(password, name);
      const accountId = makeId();
      await this.#ground.options.log.perform(beaconPerson, {
        kind: 'account.created',
        accountId,
        name: name.trim(),
        role: 'administrator',
        verifier: await this.#ground.seal(accountId, password),
        isDemonstration: false,
      });
      return this.#open({ id: accountId, name: name.trim(), role: 'administrator' }, screen);
    });
  }

  /** Signs a person in. Rejects with a RequestError, refused, without saying whether name or password is wrong. */
  async signIn({ name, password, screen }: Credentials, { address, line }: CameFrom): Promise<Opened> {
    const source = this.#ground.sourceOf(screen, address, line);
    // An attempt that comes too soon waits in no queue, and is judged again when it is checked.
    this.#guard.demandPatience({ name, accountId: this.#usable(name)?.id, source });
    return this.#guard.inTurn(source, async () => {
      // A workstation that has just joined knows no accounts until it has the log of the others.
      await this.#ground.options.log.whenOpen();
      const account = this.#usable(name);
      const attempt: Attempt = { name, accountId: account?.id, source };
      this.#guard.demandPatience(attempt);
      if (!(await this.#ground.isPasswordOf(account, password)) || account === undefined) return this.#refuse(attempt);
      // The account is looked up again, because much can happen in the time that checking a password takes.
      const now = this.#ground.people.account(account.id);
      if (now === undefined || !this.#ground.isUsable(now)) return this.#refuse({ ...attempt, accountId: undefined });
      this.#guard.noteSuccess(attempt);
      return this.#open(personOf(now), screen);
    });
  }

  /** Signs a screen in again that was signed in before. Throws a RequestError, refused. */
  resume(secret: string): Ticket {
    const hash = hashOfSecret(secret);
    const session =
      this.#ground.people.sessionWith(hash) ??
      [...this.#unwritten.values()].find(({ secretHash }) => secretHash === hash);
    const ticket = session && { sessionId: session.id };
    if (ticket === undefined || this.personOf(ticket) === undefined)
      throw new RequestError('refused', 'This session is over. Sign in again.');
    return ticket;
  }

  /** Signs in a screen that nobody sits at. Throws a RequestError, refused. */
  showToken(token: string): Ticket {
    const known = this.#ground.people.tokens().find(({ secretHash }) => secretHash === hashOfSecret(token));
    if (known === undefined)
      throw new RequestError('refused', 'This display has no valid token. An administrator issues one.');
    if (known.revokedAtMs !== undefined)
      throw new RequestError('refused', 'The token of this display was revoked. An administrator issues a new one.');
    if (known.expiresAtMs <= this.#ground.options.wallMs())
      throw new RequestError('refused', 'The token of this display has expired. An administrator issues a new one.');
    return { tokenId: known.id };
  }

  /**
   * Returns who is at a screen by its ticket, with the present name and rights; undefined where the ticket is no longer
   * valid.
   */
  personOf(ticket: { sessionId: string }): Person | undefined;
  personOf(ticket: Ticket): ScreenPerson | undefined;
  personOf(ticket: Ticket): ScreenPerson | undefined {
    const { people, options } = this.#ground;
    if ('tokenId' in ticket) {
      const token = people.token(ticket.tokenId);
      return token === undefined || token.revokedAtMs !== undefined || token.expiresAtMs <= options.wallMs()
        ? undefined
        : displayPerson(token.id, token.label);
    }
    const account = this.#holder(ticket);
    return account === undefined || account.mustChangePassword ? undefined : personOf(account);
  }

  /** Whether a display has a valid token, by the id of the person that stands for it. */
  isAdmitted(displayId: string): boolean {
    return this.#ground.people
      .tokens()
      .some(({ id }) => displayPerson(id, '').id === displayId && this.personOf({ tokenId: id }) !== undefined);
  }

  /** The person who signed in and is let in only with a password of their own; undefined for others. */
  awaitedPerson(ticket: { sessionId: string }): Person | undefined {
    const account = this.#holder(ticket);
    return account?.mustChangePassword === true ? personOf(account) : undefined;
  }

  /** The account of a session that is valid here now. */
  #holder({ sessionId }: { sessionId: string }): AccountState | undefined {
    const { people, options } = this.#ground;
    const session = people.session(sessionId) ?? this.#unwritten.get(sessionId);
    const account = session && people.account(session.accountId);
    if (session === undefined || account === undefined) return undefined;
    // A session belongs to its workstation: a secret that another one issued is not valid here.
    if (
      session.workstation !== options.workstation ||
      session.expiresAtMs <= options.wallMs() ||
      !this.#ground.isUsable(account)
    )
      return undefined;
    return account;
  }

  /** Whether somebody is signed in with this account at any workstation now. */
  isPresent(accountId: string): boolean {
    const { people, options } = this.#ground;
    return (
      people.isSignedIn(accountId, options.wallMs()) ||
      [...this.#unwritten.values()].some((session) => session.accountId === accountId)
    );
  }

  /** Notes that a person did something at a screen. */
  noteActive(ticket: Ticket): void {
    if ('sessionId' in ticket) this.#activeAtMs.set(ticket.sessionId, this.#ground.options.wallMs());
  }

  /**
   * Ends the sessions of this workstation at which nobody did anything for as long as the setting of the screen lock
   * says: a screen that was left, or whose machine was taken away, does not lock itself. Displays with a token never
   * end so.
   */
  async endIdle(): Promise<void> {
    const { people, options } = this.#ground;
    const nowMs = options.wallMs();
    const sessions = [...people.sessionsAt(options.workstation), ...this.#unwritten.values()];
    const known = new Set(sessions.map(({ id }) => id));
    for (const id of this.#activeAtMs.keys()) if (!known.has(id)) this.#activeAtMs.delete(id);
    const limitMs = people.idleLockMinutes * 60_000 + IDLE_GRACE_MS;
    for (const { id } of sessions) {
      // After a restart nobody knows since when a session has been idle.
      const activeAtMs = this.#activeAtMs.get(id) ?? nowMs;
      this.#activeAtMs.set(id, activeAtMs);
      if (people.idleLockMinutes > 0 && nowMs - activeAtMs >= limitMs) await this.close({ sessionId: id }, 'idle');
    }
  }

  async close(ticket: Ticket, reason: CloseReason): Promise<void> {
    if ('tokenId' in ticket) return;
    const account = this.#holder(ticket);
    if (account === undefined || this.#unwritten.delete(ticket.sessionId)) return;
    await this.#ground.options.log.perform(personOf(account), {
      kind: 'session.closed',
      sessionId: ticket.sessionId,
      reason,
    });
  }

  #usable(name: string): AccountState | undefined {
    const account = this.#ground.people.accountNamed(name);
    return account !== undefined && this.#ground.isUsable(account) ? account : undefined;
  }

  get #isSetUpDue(): boolean {
    const { isDemonstration, log } = this.#ground.options;
    // While the log is still on its way there may well be an administrator.
    return (
      !isDemonstration &&
      !log.isHeld &&
      !this.#ground.people.accounts().some((account) => this.#ground.isUsable(account))
    );
  }

  async #open(person: Person, screenName: string): Promise<Opened> {
    const { log, wallMs, workstation } = this.#ground.options;
    const screen = deviceKey(workstation, screenName);
    const [sessionId, secret, expiresAtMs] = [makeId(), makeSecret(), wallMs() + SESSION_MS];
    this.#activeAtMs.set(sessionId, wallMs());
    const session = { accountId: person.id, screen, secretHash: hashOfSecret(secret), expiresAtMs };
    try {
      await log.perform(person, { kind: 'session.opened', sessionId, ...session });
    } catch (error) {
      if (!(error instanceof RequestError && error.code === 'unavailable')) throw error;
      this.#unwritten.set(sessionId, { id: sessionId, workstation, ...session });
    }
    const mustChangePassword = this.awaitedPerson({ sessionId }) !== undefined;
    return { ticket: { sessionId }, secret, expiresAtMs, mustChangePassword };
  }

  async #refuse(attempt: Attempt): Promise<never> {
    await this.#guard.noteFailure(attempt);
    throw new RequestError('refused', 'Name or password is wrong.');
  }
}
