import type { RequestInput, RequestName } from '../../shared/contract/contract.ts';
import { isDisplay } from '../../shared/people/person.ts';
import { createStore } from '../ui/store.ts';
import type { Readable } from '../ui/store.ts';
import type { Client } from './client.ts';
import type { Drafts } from './drafts.ts';

/**
 * `asking`: the engine has not said yet whether this screen is let in. `away`: nobody is signed in; `reason` says why,
 * if there is a reason to show.
 */
export type SeatState =
  | { state: 'asking' }
  | { state: 'away'; reason?: string; /** The person who was here, if the screen is only locked. */ lockedBy?: string }
  | { state: 'taken' };
type AwayState = Extract<SeatState, { state: 'away' }>;
export type LeaveReason = RequestInput<'people.signOut'>['reason'];

/** The person at this screen, and the ways to sign in and out. Requests reject with a `RequestError`. */
export type Seat = {
  state: Readable<SeatState>;
  /** Names that were signed in here, the last one first. */
  lastNames: Readable<readonly string[]>;
  /** Returns true where the person is let in only after choosing another password. */
  signIn: (name: string, password: string) => Promise<boolean>;
  /** Replaces the password that somebody else chose, which lets the person in. */
  choosePassword: (oldPassword: string, newPassword: string) => Promise<void>;
  /** Makes the first administrator. */
  setUp: (name: string, password: string) => Promise<boolean>;
  leave: (reason: LeaveReason) => Promise<void>;
};

const SECRET_KEY = 'beacon.session';
const TOKEN_KEY = 'beacon.token';
const NAMES_KEY = 'beacon.names';
const SCREEN_KEY = 'beacon.screen';
const MOST_NAMES = 6;

export type SeatPlaces = {
  /** Storage that ends with the browser tab: holds the session's secret. */
  session: Storage;
  /** Storage that outlives the tab: holds the names of people who were here, and the screen's own name. */
  local: Storage;
  /** The token of a display, taken from its address. */
  token: string | undefined;
  randomId: () => string;
};

/** The token in an address such as `#/wall?token=…`. */
export const tokenOf = (hash: string): string | undefined => /[?&]token=([\w-]+)/.exec(hash)?.[1];

/** An address without its token, which nobody who looks at the screen should read. */
export function withoutToken(hash: string): string {
  const [path = '', query = ''] = hash.split(/\?(.*)/s);
  const rest = query.split('&').filter((part) => part !== '' && !part.startsWith('token='));
  return rest.length === 0 ? path : `${path}?${rest.join('&')}`;
}

function readNames(text: string | null): string[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string').slice(0, MOST_NAMES) : [];
  } catch {
    return [];
  }
}

function screenOf(local: Storage, randomId: () => string): string {
  const known = local.getItem(SCREEN_KEY);
  if (known !== null) return known;
  const made = `screen-${randomId()}`;
  local.setItem(SCREEN_KEY, made);
  return made;
}

/** The names that were signed in at this screen, kept from one start of the page to the next. */
function keptNames(local: Storage): { names: Readable<readonly string[]>; remember: (name: string) => void } {
  const names = createStore<readonly string[]>(readNames(local.getItem(NAMES_KEY)));
  const remember = (name: string): void => {
    names.set([name, ...names.get().filter((each) => each !== name)].slice(0, MOST_NAMES));
    local.setItem(NAMES_KEY, JSON.stringify(names.get()));
  };
  return { names, remember };
}

/**
 * Presents to the engine the session's secret or the display's token; calls `onAway` when this screen has neither, or
 * when it is refused.
 */
async function comeBack(client: Client, session: Storage, onAway: (state: AwayState) => void): Promise<void> {
  const [secret, shown] = [session.getItem(SECRET_KEY), session.getItem(TOKEN_KEY)];
  if (secret === null && shown === null) return onAway({ state: 'away' });
  try {
    await (secret === null
      ? client.request('people.showToken', { token: shown ?? '' })
      : client.request('people.resume', { secret }));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // A broken connection says nothing about the session: the secret is presented again at the next greeting.
    if (code === 'disconnected') return;
    session.removeItem(SECRET_KEY);
    client.forget();
    onAway({ state: 'away', reason: message });
  }
}

/** The state of a screen that was emptied because of `leaving`; if that is undefined, the engine ended the session. */
function awayState(leaving: LeaveReason | undefined, lockedBy: string | undefined): AwayState {
  if (leaving === undefined)
    return { state: 'away', reason: 'You were signed out: the session ended, or an administrator ended it.' };
  return { state: 'away', ...(leaving !== 'signedOut' && lockedBy !== undefined && { lockedBy }) };
}

/**
 * At each greeting of the engine the screen presents a session's secret or a display's token, so that a broken
 * connection signs nobody out. Drafts follow the person: a locked screen keeps them for its person, and a
 * sign-out leaves none of any account at this workstation.
 */
export function createSeat(
  client: Client,
  { session, local, token, randomId }: SeatPlaces,
  drafts: Pick<Drafts, 'enter' | 'clear'>,
): Seat {
  const state = createStore<SeatState>({ state: 'asking' });
  const { names, remember } = keptNames(local);
  const screen = screenOf(local, randomId);
  let leaving: LeaveReason | undefined;
  if (token !== undefined) session.setItem(TOKEN_KEY, token);

  const enter = async (
    name: Extract<RequestName, 'people.setUp' | 'people.signIn'>,
    input: { name: string; password: string },
  ): Promise<boolean> => {
    const { secret, mustChangePassword = false } = await client.request(name, { ...input, screen });
    session.setItem(SECRET_KEY, secret);
    return mustChangePassword;
  };

  const away = (): void => {
    session.removeItem(SECRET_KEY);
    if (leaving === 'signedOut') drafts.clear();
    drafts.enter(undefined);
    state.set(awayState(leaving, names.get()[0]));
  };

  client.onPerson((person) => {
    if (person === 'asked') void comeBack(client, session, state.set);
    else if (person !== undefined) {
      if (!isDisplay(person)) remember(person.name);
      drafts.enter(isDisplay(person) ? undefined : person.id);
      state.set({ state: 'taken' });
    } else away();
  });

  return {
    state,
    lastNames: names,
    signIn: (name, password) => enter('people.signIn', { name, password }),
    choosePassword: async (oldPassword, newPassword) => {
      await client.request('people.changePassword', { oldPassword, newPassword });
    },
    setUp: (name, password) => enter('people.setUp', { name, password }),
    leave: async (reason) => {
      leaving = reason;
      try {
        await client.request('people.signOut', { reason });
      } catch {
        // The screen is covered even if the engine does not receive the request; without its secret it is not let in
        // again.
        client.forget();
        away();
      } finally {
        leaving = undefined;
      }
    },
  };
}
