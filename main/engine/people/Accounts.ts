import { nameKey } from '../../../shared/people/account.ts';
import type { Account, Token } from '../../../shared/people/account.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person, Role } from '../../../shared/people/person.ts';
import { tokenIdUntil, USUAL_TOKEN_DAYS } from '../../../shared/people/tokenLife.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Attempt, AttemptGuard } from './AttemptGuard.ts';
import { personOf } from './People.ts';
import type { AccountState } from './People.ts';
import type { PeopleGround } from './PeopleGround.ts';
import { hashOfSecret, makeId, makeSecret } from './secret.ts';
import { ownSource } from './source.ts';

const DAY_MS = 86_400_000;

/**
 * What an administrator does to accounts and tokens. Callers check beforehand that the author is one. All methods
 * reject with a RequestError where the change is not possible.
 */
export class Accounts {
  readonly #ground: PeopleGround;
  readonly #guard: AttemptGuard;

  constructor(ground: PeopleGround, guard: AttemptGuard) {
    this.#ground = ground;
    this.#guard = guard;
  }

  list(): { accounts: Account[]; tokens: Token[]; idleLockMinutes: number } {
    const { people } = this.#ground;
    const tokens = people.tokens().map(({ secretHash: _, ...token }) => token);
    return {
      accounts: people.accounts().map((account) => people.describe(account, this.#guard.lockedUntilMs(account.id))),
      tokens,
      idleLockMinutes: people.idleLockMinutes,
    };
  }

  /** Returns all who can sign in here. */
  present(): Person[] {
    return this.#ground.people
      .accounts()
      .filter((account) => this.#ground.isUsable(account))
      .map(personOf);
  }

  create(author: Person, { name, role, password }: { name: string; role: Role; password: string }): Promise<string> {
    return this.#guard.inTurn(ownSource, async () => {
      this.#demandFreeName(name);
      await this.#ground.demandGood(password, name);
      const accountId = makeId();
      await this.#perform(author, {
        kind: 'account.created',
        accountId,
        name: name.trim(),
        role,
        verifier: await this.#ground.seal(accountId, password),
        isDemonstration: false,
      });
      return accountId;
    });
  }

  change(
    author: Person,
    accountId: string,
    { name, role }: { name?: string | undefined; role?: Role | undefined },
  ): Promise<void> {
    return this.#guard.inTurn(ownSource, async () => {
      const account = this.#account(accountId);
      if (name !== undefined) this.#demandFreeName(name, accountId);
      if (role !== undefined && role !== 'administrator') this.#demandAnother(account);
      await this.#perform(author, {
        kind: 'account.changed',
        accountId,
        ...(name !== undefined && { name: name.trim() }),
        ...(role !== undefined && { role }),
      });
    });
  }

  /** Revokes an account. This ends its sessions at once, at every workstation that learns of it. */
  revoke(author: Person, accountId: string): Promise<void> {
    return this.#guard.inTurn(ownSource, async () => {
      this.#demandAnother(this.#account(accountId));
      await this.#perform(author, { kind: 'account.revoked', accountId });
    });
  }

  restore(author: Person, accountId: string): Promise<void> {
    return this.#guard.inTurn(ownSource, async () => {
      const account = this.#account(accountId);
      this.#demandFreeName(personOf(account).name, accountId);
      await this.#perform(author, { kind: 'account.restored', accountId });
    });
  }

  async liftLock(author: Person, accountId: string): Promise<void> {
    await this.#perform(author, { kind: 'account.lockLifted', accountId: this.#account(accountId).id });
  }

  resetPassword(author: Person, accountId: string, password: string): Promise<void> {
    return this.#guard.inTurn(ownSource, async () => {
      const account = this.#account(accountId);
      await this.#ground.demandGood(password, personOf(account).name);
      await this.#perform(author, {
        kind: 'account.passwordSet',
        accountId,
        verifier: await this.#ground.seal(accountId, password),
        by: 'administrator',
      });
    });
  }

  /**
   * Changes a person's own password, which requires the old one: sitting at the screen is not enough. `sessionId`: the
   * session that stays open.
   */
  changePassword(
    author: Person,
    { oldPassword, newPassword }: { oldPassword: string; newPassword: string },
    sessionId: string,
  ): Promise<void> {
    return this.#guard.inTurn(ownSource, async () => {
      const screen = this.#ground.people.session(sessionId)?.screen ?? '';
      await this.#check(author, oldPassword, screen, 'The old password is wrong.');
      if (newPassword === oldPassword)
        throw new RequestError('badInput', 'This is the password that you have now. Take another one.');
      await this.#ground.demandGood(newPassword, author.name);
      await this.#perform(author, {
        kind: 'account.passwordSet',
        accountId: author.id,
        verifier: await this.#ground.seal(author.id, newPassword),
        by: 'self',
        sessionId,
      });
    });
  }

  async setIdleLock(author: Person, minutes: number): Promise<void> {
    await this.#perform(author, { kind: 'people.idleLockSet', minutes });
  }

  /** Issues a token for a screen that nobody sits at. The secret is returned here and nowhere else. */
  async issueToken(
    author: Person,
    label: string,
    forDays = USUAL_TOKEN_DAYS,
  ): Promise<{ tokenId: string; token: string; expiresAtMs: number }> {
    const expiresAtMs = this.#ground.options.wallMs() + forDays * DAY_MS;
    const [tokenId, token] = [tokenIdUntil(makeId(), expiresAtMs), makeSecret()];
    await this.#perform(author, {
      kind: 'token.issued',
      tokenId,
      label: label.trim(),
      role: 'viewer',
      secretHash: hashOfSecret(token),
    });
    return { tokenId, token, expiresAtMs };
  }

  async revokeToken(author: Person, tokenId: string): Promise<void> {
    if (this.#ground.people.token(tokenId) === undefined) throw new RequestError('notFound', 'There is no such token.');
    await this.#perform(author, { kind: 'token.revoked', tokenId });
  }

  /** Issues the token for the wall of this workstation; no person is its author. */
  issueWallToken(label: string): Promise<{ token: string }> {
    return this.issueToken(beaconPerson, label);
  }

  async #perform(author: Person, event: RecordEvent): Promise<void> {
    await this.#ground.options.log.perform(author, event);
  }

  /**
   * Checks the password of a person who is signed in again, before something that needs more than to sit at the screen.
   * Rejects with a RequestError, under the same bounds as at the sign-in.
   */
  confirm(author: Person, password: string): Promise<void> {
    const source = `confirmation:${this.#ground.options.workstation}`;
    return this.#guard.inTurn(ownSource, () => this.#check(author, password, source, 'The password is wrong.'));
  }

  async #check(author: Person, password: string, key: string, refusal: string): Promise<void> {
    const account = this.#account(author.id);
    const attempt: Attempt = { name: author.name, accountId: author.id, source: { ...ownSource, key } };
    this.#guard.demandPatience(attempt);
    if (await this.#ground.isPasswordOf(account, password)) return this.#guard.noteSuccess(attempt);
    await this.#guard.noteFailure(attempt);
    throw new RequestError('refused', refusal);
  }

  #account(id: string): AccountState {
    const account = this.#ground.people.account(id);
    if (account === undefined) throw new RequestError('notFound', 'There is no such account.');
    return account;
  }

  #demandFreeName(name: string, but?: string): void {
    const taken = this.#ground.people
      .accounts()
      .some((account) => account.id !== but && !account.isRevoked && nameKey(personOf(account).name) === nameKey(name));
    if (taken) throw new RequestError('refused', `There is an account named ${name.trim()} already.`);
  }

  #demandAnother(account: AccountState): void {
    if (this.#ground.people.isLastAdministrator(account))
      throw new RequestError('refused', 'This is the last administrator: make another one first.');
  }
}
