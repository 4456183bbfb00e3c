import type { Client } from '../../renderer/client/client.ts';
import { createDrafts } from '../../renderer/client/drafts.ts';
import { createSeat } from '../../renderer/client/seat.ts';
import type { Seat } from '../../renderer/client/seat.ts';
import { memoryStorage } from './memoryStorage.ts';

/** The first administrator that tests create in a county that is not the simulated one. */
export const firstAdministrator = { name: 'Tess', password: 'the tests of beacon' };

/**
 * The seat of a screen without a picture, so that a broken connection signs nobody out. Make it before the client
 * starts.
 */
export const seatOf = (client: Client): Seat =>
  createSeat(
    client,
    { session: memoryStorage(), local: memoryStorage(), token: undefined, randomId: () => 'test' },
    createDrafts(memoryStorage(), () => 0),
  );

export type Known = { name: string; password: string };

/**
 * Signs in at an engine: as a known person; or else by name in the demonstration, and elsewhere as the first
 * administrator, who is created if there is none.
 */
export async function signIn(
  request: Client['request'],
  seat: Pick<Seat, 'signIn' | 'setUp' | 'choosePassword'>,
  who: string | Known,
): Promise<void> {
  const { isSetUpDue, demonstration } = await request('people.welcome', {});
  const known = typeof who === 'string' ? (demonstration.find(({ name }) => name === who) ?? firstAdministrator) : who;
  if (isSetUpDue) await seat.setUp(known.name, known.password);
  else if (await seat.signIn(known.name, known.password)) {
    // The person takes another password, as must be, and then the one that the test knows.
    const own = `${known.password} of my own`;
    await seat.choosePassword(known.password, own);
    await seat.choosePassword(own, known.password);
  }
}
