import type { Person } from '../../../shared/people/person.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import { SealError } from './DeskKey.ts';
import type { DeskKey } from './DeskKey.ts';
import { isPasswordOf, makeVerifier } from './passwordVerifier.ts';
import type { ScryptCost } from './passwordVerifier.ts';
import { PeopleState } from './PeopleState.ts';
import type { AccountState, People } from './People.ts';

/** The part of the log that people need. */
export type PeopleLog = {
  perform: (author: Person, event: RecordEvent) => Promise<LogEntry>;
  onEntries: (listener: (entries: readonly LogEntry[]) => void) => () => void;
  /** True while nothing may be written, because the log here may be incomplete. */
  readonly isHeld: boolean;
  whenOpen: () => Promise<void>;
};

export type PeopleOptions = {
  log: PeopleLog;
  key: DeskKey;
  /** Id of this workstation. */
  workstation: string;
  /** The wall's clock, also in accelerated runs, because sessions and pauses are counted in people's time. */
  wallMs: () => number;
  /** The county is simulated here, so accounts with known passwords may be used. */
  isDemonstration: boolean;
  cost: ScryptCost;
};

const MOST_WAITING = 8;

/** What sign-in and the administration of accounts share: the people of the log, passwords, and a queue for changes. */
export class PeopleGround {
  readonly options: PeopleOptions;
  readonly #book = new PeopleState();
  readonly #listeners = new Set<() => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #nobody: Promise<string> | undefined;

  constructor(options: PeopleOptions) {
    this.options = options;
    options.log.onEntries((entries) => {
      if (this.#book.take(entries)) for (const listener of this.#listeners) listener();
    });
  }

  get people(): People {
    return this.#book.people;
  }

  /** Called after each change of accounts, tokens or sessions. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Whether an account may be used here. Accounts of the demonstration are valid for the simulated county alone. */
  isUsable({ isRevoked, isDemonstration }: AccountState): boolean {
    return !isRevoked && (!isDemonstration || this.options.isDemonstration);
  }

  async seal(accountId: string, password: string, cost: ScryptCost = this.options.cost): Promise<string> {
    return this.options.key.seal(await makeVerifier(password, cost), verifierOf(accountId));
  }

  /**
   * Checks a password. An unknown account costs as much work as a known one, so that the time taken does not reveal
   * which names exist. Rejects with a RequestError where the verifier cannot be opened here.
   */
  async isPasswordOf(account: AccountState | undefined, password: string): Promise<boolean> {
    if (account === undefined) {
      this.#nobody ??= makeVerifier('nobody', this.options.cost);
      await isPasswordOf(password, await this.#nobody);
      return false;
    }
    return isPasswordOf(password, this.#open(account));
  }

  /**
   * Runs work one after the other, so that each is checked against the result of the one before and the work of hashing
   * passwords is bounded. Rejects where too many wait.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MOST_WAITING)
      return Promise.reject(new RequestError('unavailable', 'Too many people sign in at once. Try again in a moment.'));
    this.#waiting++;
    const turn = this.#queue.then(work);
    this.#queue = turn
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => this.#waiting--);
    return turn;
  }

  #open({ id, verifier }: AccountState): string {
    try {
      return this.options.key.open(verifier, verifierOf(id));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      throw new RequestError(
        'unavailable',
        'This workstation does not have the key to check this password. An administrator sets it anew.',
      );
    }
  }
}

/**
 * The context in which a verifier is encrypted; it names the account, so that no verifier can be substituted for
 * another.
 */
export const verifierOf = (accountId: string): string => `verifier of ${accountId}`;
