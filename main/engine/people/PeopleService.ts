import { Accounts } from './Accounts.ts';
import { AttemptGuard } from './AttemptGuard.ts';
import { PeopleGround } from './PeopleGround.ts';
import type { PeopleOptions } from './PeopleGround.ts';
import { SignIn } from './SignIn.ts';
import { hashOfSecret } from './secret.ts';
import type { Ticket } from './SignIn.ts';
import type { WallToken } from './WallToken.ts';

/** A token of the own displays is replaced a month before it expires, so that no wall goes dark at night. */
const RENEW_BEFORE_MS = 30 * 86_400_000;

/** Decides who may do what here: accounts, sign-in, and the token of this workstation's wall. */
export class PeopleService {
  readonly signIn: SignIn;
  readonly accounts: Accounts;
  readonly #ground: PeopleGround;
  readonly #wall: WallToken;

  /** From construction on it follows the log. */
  constructor(options: PeopleOptions, wall: WallToken) {
    this.#ground = new PeopleGround(options);
    const guard = new AttemptGuard(this.#ground);
    this.signIn = new SignIn(this.#ground, guard);
    this.accounts = new Accounts(this.#ground, guard);
    this.#wall = wall;
  }

  /**
   * Makes what a first start needs. Call it when the log has been loaded. `wallLabel` names the displays of this
   * workstation.
   */
  async begin(wallLabel: string): Promise<void> {
    // A revoked token stays in its file: the person who revoked it does not want another one to be issued by itself.
    if (this.#wall.read() === undefined) this.#wall.write((await this.accounts.issueWallToken(wallLabel)).token);
    await this.signIn.makeDemonstration();
  }

  /**
   * Does what time brings: ends idle sessions, and gives the displays of this workstation another token before theirs
   * expires. One that was revoked is not replaced.
   */
  async tend(): Promise<void> {
    await this.signIn.endIdle();
    const secret = this.#wall.read();
    const hash = secret === undefined ? undefined : hashOfSecret(secret);
    const token = this.#ground.people.tokens().find(({ secretHash }) => secretHash === hash);
    const isDue = token !== undefined && token.expiresAtMs - this.#ground.options.wallMs() < RENEW_BEFORE_MS;
    if (isDue && token.revokedAtMs === undefined)
      this.#wall.write((await this.accounts.issueWallToken(token.label)).token);
  }

  /** Called after each change of accounts, tokens or sessions. */
  onChange(listener: () => void): void {
    this.#ground.onChange(listener);
  }

  get idleLockMinutes(): number {
    return this.#ground.people.idleLockMinutes;
  }

  /** Returns what the displays of this workstation sign in with; undefined where it was revoked. */
  wallTicket(): Ticket | undefined {
    const token = this.#wall.read();
    try {
      return token === undefined ? undefined : this.signIn.showToken(token);
    } catch {
      return undefined;
    }
  }

  /** Gives the displays of this workstation a token that an administrator issued for them. */
  useForWall(token: string): void {
    this.#wall.write(token);
  }
}
