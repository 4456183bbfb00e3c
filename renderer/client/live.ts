import { createLiveTables } from '../live/liveTables.ts';
import type { LiveTables } from '../live/liveTables.ts';
import type { Readable } from '../ui/store.ts';
import type { Carrier } from './carrier.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { createCountyStore } from './countyData.ts';
import type { CountyData } from './countyData.ts';
import { createSeat } from './seat.ts';
import type { Seat, SeatPlaces } from './seat.ts';
import { createSelection } from './selection.ts';
import type { Selection } from './selection.ts';

/** Everything that connects one screen to the county; made once in main.ts and passed down by `LiveContext`. */
export type Live = {
  client: Client;
  county: Readable<CountyData>;
  tables: LiveTables;
  selection: Selection;
  seat: Seat;
  /** What the person at this screen has typed and not sent. */
  drafts: Drafts;
};

/** Call `client.start()` on the result when all listeners are registered. */
export function createLive(carrier: Carrier, places: SeatPlaces): Live {
  const client = createClient(carrier);
  const county = createCountyStore(client);
  const tables = createLiveTables(client, () => performance.now());
  const drafts = createDrafts(places.local, () => Date.now());
  const seat = createSeat(client, places, drafts);
  return { client, county, tables, selection: createSelection(places.local), seat, drafts };
}
