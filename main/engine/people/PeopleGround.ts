import type { WallMs } from '../../../shared/base/clock.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import { SealError } from './sealBytes.ts';
import type { DeskKey } from './DeskKey.ts';
import { findPasswordFault } from './guessable.ts';
import { isOfCost, isPasswordOf, makeVerifier } from './passwordVerifier.ts';
import type { ScryptCost } from './passwordVerifier.ts';
import { PeopleState } from './PeopleState.ts';
import type { AccountState, People } from './People.ts';
import { deviceKey } from './source.ts';
import type { Source } from './source.ts';

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
  wallMs: () => WallMs;
  /** The county is simulated here, so accounts with known passwords may be used. */
  isDemonstration: boolean;
  cost: ScryptCost;
  /** Words of this place, such as the county's name, that no password may be made of. */
  contextWords: readonly string[];
  pause: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  random: () => number;
};

/** What sign-in and the administration of accounts share: the people of the log, their devices and their passwords. */
export class PeopleGround {
  readonly options: PeopleOptions;
  readonly #book = new PeopleState();
  readonly #listeners = new Set<() => void>();
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

  /** Rejects with a RequestError, badInput, where a new password is too easy. */
  async demandGood(password: string, name: string): Promise<void> {
    const fault = await findPasswordFault(password, name, this.options.contextWords);
    if (fault !== undefined) throw new RequestError('badInput', fault);
  }

  async seal(accountId: string, password: string, cost: ScryptCost = this.options.cost): Promise<string> {
    return this.options.key.seal(await makeVerifier(password, cost), verifierOf(accountId));
  }

  /** Where an attempt comes from. `address` is absent for windows of the workstation's own application. */
  sourceOf(screen: string, address: string | undefined, line: string): Source {
    const { workstation } = this.options;
    if (address === undefined) return { key: `shell:${workstation}`, isKnown: true, line };
    const device = deviceKey(workstation, screen);
    if (this.people.isKnownDevice(device)) return { key: device, isKnown: true, line };
    return { key: `address:${address}`, isKnown: false, line };
  }

  /**
   * Checks a password. A refusal costs the same work whether there is such an account or not, so that the time taken
   * does not reveal which names exist. Rejects with a RequestError where the verifier cannot be opened here.
   */
  async isPasswordOf(account: AccountState | undefined, password: string): Promise<boolean> {
    const verifier = account && this.#open(account);
    if (verifier !== undefined && (await isPasswordOf(password, verifier))) return true;
    if (verifier !== undefined && isOfCost(verifier, this.options.cost)) return false;
    this.#nobody ??= makeVerifier('nobody', this.options.cost);
    await isPasswordOf(password, await this.#nobody);
    return false;
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
