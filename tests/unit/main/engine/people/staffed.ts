import type { CameFrom, Opened } from '../../../../../main/engine/people/SignIn.ts';
import type { Person } from '../../../../../shared/people/person.ts';
import { quickPeople } from './quickPeople.ts';
import type { QuickPeople } from './quickPeople.ts';

export const MINUTE_MS = 60_000;
export const adaPassword = 'harbour lights at six';

export type Workstation = QuickPeople & {
  /** `line`: the connection; of `address` undefined it is a window of the application. */
  enter: (name: string, password: string, screen?: string, from?: Partial<CameFrom>) => Promise<Opened>;
  who: (opened: Opened) => Person | undefined;
};

export function startWorkstation(options: Parameters<typeof quickPeople>[0] = {}): Workstation {
  const made = quickPeople(options);
  return {
    ...made,
    enter: (name, password, screen = 'screen 1', from = {}) =>
      made.signIn.signIn({ name, password, screen }, { address: '127.0.0.1', line: screen, ...from }),
    who: ({ ticket }) => made.signIn.personOf(ticket),
  };
}

export type Staffed = Workstation & { ada: Person; bobId: string };

/** Has a person replace the password that an administrator chose, and go back to it. */
export async function chooseOwn(made: Workstation, name: string, password: string): Promise<void> {
  const opened = await made.enter(name, password, 'first screen');
  const person = made.signIn.awaitedPerson(opened.ticket)!;
  const other = `${password} of my own`;
  const { sessionId } = opened.ticket;
  await made.accounts.changePassword(person, { oldPassword: password, newPassword: other }, sessionId);
  await made.accounts.changePassword(person, { oldPassword: other, newPassword: password }, sessionId);
  await made.signIn.close(opened.ticket, 'signedOut');
}

/** Ada administers, Bob dispatches. */
export async function staffed(): Promise<Staffed> {
  const made = startWorkstation();
  const opened = await made.signIn.setUp({ name: 'Ada', password: adaPassword, screen: 'screen 1' });
  const ada = made.who(opened)!;
  const bobId = await made.accounts.create(ada, { name: 'Bob', role: 'dispatcher', password: 'seven green bottles' });
  await chooseOwn(made, 'Bob', 'seven green bottles');
  return { ...made, ada, bobId };
}

/** Tries a wrong password so many times, and returns what was said. */
export async function refusals({ enter }: Workstation, name: string, count: number, screen: string): Promise<string[]> {
  const said: string[] = [];
  for (let at = 0; at < count; at++)
    await enter(name, 'forgotten', screen).catch((error: unknown) => said.push((error as Error).message));
  return said;
}
