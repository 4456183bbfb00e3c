import { createSeat } from '../../renderer/live/seat.ts';
import type { Seat } from '../../renderer/live/seat.ts';
import type { Client } from '../../renderer/live/client.ts';
import { memoryStorage } from './memoryStorage.ts';

/** The first administrator of a county that is not the simulated one, as tests make it. */
export const firstAdministrator = { name: 'Tess', password: 'the tests of beacon' };

/** The seat of a screen without a picture: a broken line signs nobody out. To be made before the client starts. */
export const seatOf = (client: Client): Seat => createSeat(client, { session: memoryStorage(), local: memoryStorage(), token: undefined, randomId: () => 'test' });

/** Signs in at an engine: in the demonstration as the person of that name, elsewhere as the first administrator, who is made where there is none. */
export async function signIn(request: Client['request'], seat: Pick<Seat, 'signIn' | 'setUp'>, name: string): Promise<void> {
  const { isSetUpDue, demonstration } = await request('people.welcome', {});
  const known = demonstration.find((each) => each.name === name) ?? firstAdministrator;
  await (isSetUpDue ? seat.setUp(known.name, known.password) : seat.signIn(known.name, known.password));
}
