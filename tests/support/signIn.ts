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

const ownPasswordOf = ({ password }: Known): string => `${password} of my own`;
/** People whose password is being replaced: their connection may break in between. */
const halfway = new Set<string>();

/** Signs in; where the password must be replaced, it is, and then it becomes again the one that the test knows. */
async function enter(seat: Pick<Seat, 'signIn' | 'choosePassword'>, known: Known): Promise<void> {
  const own = ownPasswordOf(known);
  const key = `${known.name} ${known.password}`;
  const mustChange = await seat.signIn(known.name, known.password).catch(async (error: unknown) => {
    if (!halfway.has(key)) throw error;
    await seat.signIn(known.name, own);
    await seat.choosePassword(own, known.password);
    halfway.delete(key);
    return false;
  });
  if (!mustChange) return;
  halfway.add(key);
  await seat.choosePassword(known.password, own);
  await seat.choosePassword(own, known.password);
  halfway.delete(key);
}

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
  else await enter(seat, known);
}
