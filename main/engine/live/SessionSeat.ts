import type { RequestInput, RequestName, RequestOutput } from '../../../shared/contract/contract.ts';
import type { ScreenPerson } from '../../../shared/people/person.ts';
import type { ScreenOrigin } from '../base/engine.ts';
import type { PeopleService } from '../people/PeopleService.ts';
import { makeId } from '../people/secret.ts';
import type { CameFrom, CloseReason, Opened, Ticket } from '../people/SignIn.ts';
import { seatRequests } from '../base/Handlers.ts';
import type { SeatRequest } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';

const names: ReadonlySet<RequestName> = new Set(seatRequests);
export const isSeatRequest = (name: RequestName): name is SeatRequest => names.has(name);

/** The part of it that a session needs. */
export type Seat = Pick<SessionSeat, 'person' | 'idleLockMinutes' | 'review' | 'answer' | 'settle' | 'noteActive'>;

type SessionSeatOptions = {
  people: PeopleService;
  origin: ScreenOrigin;
  /**
   * Called when another person sits there, the name or role changed, nobody sits there any more, or the time until the
   * screen locks itself changed.
   */
  onChange: () => void;
};

const isSame = (a: ScreenPerson | undefined, b: ScreenPerson | undefined): boolean =>
  a?.id === b?.id && a?.name === b?.name && a?.role === b?.role;

/**
 * Who sits at one screen. Only passwords, secrets and tokens are taken from the screen: name and rights are those of
 * the accounts, at every moment.
 */
export class SessionSeat {
  readonly #options: SessionSeatOptions;
  readonly #line = `line:${makeId()}`;
  #ticket: Ticket | undefined;
  #person: ScreenPerson | undefined;
  #idleLockMinutes = 0;
  #entering: Ticket | undefined;
  /** The session of a person who must choose another password before being let in. */
  #awaited: { sessionId: string } | undefined;

  constructor(options: SessionSeatOptions) {
    this.#options = options;
    this.review();
  }

  get person(): ScreenPerson | undefined {
    return this.#person;
  }

  /** Minutes until the idle screen locks itself; 0 where nobody sits who could go away. */
  get idleLockMinutes(): number {
    return this.#idleLockMinutes;
  }

  /** Where this screen's attempts to sign in come from. */
  get #from(): CameFrom {
    return { address: this.#options.origin.address, line: this.#line };
  }

  /** Call this whenever accounts, tokens or sessions changed, and now and then, as sessions end with time. */
  review(): void {
    if (this.#ticket === undefined && this.#options.origin.isWall === true)
      this.#ticket = this.#options.people.wallTicket();
    const person = this.#ticket && this.#options.people.signIn.personOf(this.#ticket);
    if (person === undefined) this.#ticket = undefined;
    const idleLockMinutes =
      this.#ticket !== undefined && 'sessionId' in this.#ticket ? this.#options.people.idleLockMinutes : 0;
    if (isSame(person, this.#person) && idleLockMinutes === this.#idleLockMinutes) return;
    this.#person = person;
    this.#idleLockMinutes = idleLockMinutes;
    this.#options.onChange();
  }

  /** Answers a request about the seat. Rejects with a RequestError. */
  async answer(name: SeatRequest, input: RequestInput<SeatRequest>): Promise<RequestOutput<SeatRequest>> {
    const { signIn } = this.#options.people;
    switch (name) {
      case 'people.welcome':
        return { ...signIn.welcome(), canSetUp: this.#options.origin.isLocal };
      case 'people.setUp':
        if (!this.#options.origin.isLocal)
          throw new RequestError('refused', 'The first administrator is made at the workstation itself.');
        return this.#enter(await signIn.setUp(input as RequestInput<'people.setUp'>));
      case 'people.signIn':
        return this.#enter(await signIn.signIn(input as RequestInput<'people.signIn'>, this.#from));
      case 'people.resume':
        this.#sitDown(signIn.resume((input as RequestInput<'people.resume'>).secret));
        return {};
      case 'people.showToken':
        this.#sitDown(signIn.showToken((input as RequestInput<'people.showToken'>).token));
        return {};
      case 'people.signOut':
        await this.#leave((input as RequestInput<'people.signOut'>).reason);
        return {};
      case 'people.active':
        this.noteActive();
        return {};
      case 'people.changePassword':
        await this.#changePassword(input as RequestInput<'people.changePassword'>);
        return {};
    }
  }

  /** Call this when a person did something at the screen: a session without that ends, see `SignIn.endIdle`. */
  noteActive(): void {
    if (this.#ticket !== undefined) this.#options.people.signIn.noteActive(this.#ticket);
  }

  /**
   * Call this when an answer has been sent. Only then is the person who signed in admitted, so that a screen whose
   * connection breaks under its first picture has the secret to come back with.
   */
  settle(): void {
    if (this.#entering === undefined) return;
    this.#sitDown(this.#entering);
    this.#entering = undefined;
  }

  /** When another person signs in at a screen, the session of the one before ends. */
  async #enter({ ticket, secret, expiresAtMs, mustChangePassword }: Opened): Promise<RequestOutput<'people.signIn'>> {
    if (this.#ticket !== undefined || this.#awaited !== undefined) await this.#leave('changed');
    if (mustChangePassword) this.#awaited = ticket;
    else this.#entering = ticket;
    return { secret, expiresAtMs, ...(mustChangePassword && { mustChangePassword }) };
  }

  async #changePassword(input: RequestInput<'people.changePassword'>): Promise<void> {
    const { signIn, accounts } = this.#options.people;
    const ticket = this.#awaited ?? this.#ticket;
    const person =
      ticket === undefined || 'tokenId' in ticket
        ? undefined
        : (signIn.awaitedPerson(ticket) ?? signIn.personOf(ticket));
    if (ticket === undefined || 'tokenId' in ticket || person === undefined)
      throw new RequestError('refused', 'Sign in first.');
    await accounts.changePassword(person, input, ticket.sessionId);
    if (this.#awaited === undefined) return;
    this.#entering = this.#awaited;
    this.#awaited = undefined;
  }

  async #leave(reason: CloseReason): Promise<void> {
    const ticket = this.#ticket ?? this.#awaited;
    this.#ticket = undefined;
    this.#awaited = undefined;
    this.review();
    if (ticket !== undefined) await this.#options.people.signIn.close(ticket, reason);
  }

  #sitDown(ticket: Ticket | undefined): void {
    this.#ticket = ticket;
    this.review();
  }
}
