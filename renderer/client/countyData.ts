import type { RequestOutput } from '../../shared/contract/contract.ts';
import { createStore } from '../ui/store.ts';
import type { Readable } from '../ui/store.ts';
import type { Client } from './client.ts';

/** What does not move. Each part appears when it has arrived; `failure` says in words why one has not. */
export type CountyData = {
  profile?: RequestOutput<'county.profile'>;
  alarmDomains?: RequestOutput<'county.alarmDomains'>['domains'];
  map?: RequestOutput<'county.map'>;
  network?: RequestOutput<'county.network'>;
  meters?: RequestOutput<'county.meters'>;
  transit?: RequestOutput<'county.transit'>;
  units?: RequestOutput<'county.units'>['units'];
  failure?: string;
};

/** Loads the county at each greeting of the engine; after a reconnection only when it has become another one. */
export function createCountyStore(client: Client): Readable<CountyData> {
  const store = createStore<CountyData>({});
  const add = (part: Partial<CountyData>): void => store.set({ ...store.get(), ...part });

  const load = async (): Promise<void> => {
    const profile = await client.request('county.profile', {});
    const held = store.get();
    if (
      held.failure === undefined &&
      held.meters !== undefined &&
      JSON.stringify(held.profile) === JSON.stringify(profile)
    )
      return;
    store.set({ profile });
    add({ alarmDomains: (await client.request('county.alarmDomains', {})).domains });
    add({ map: await client.request('county.map', {}) });
    add({ network: await client.request('county.network', {}) });
    add({ units: (await client.request('county.units', {})).units });
    add({ transit: await client.request('county.transit', {}) });
    add({ meters: await client.request('county.meters', {}) });
  };

  client.onGreeting(() => {
    load().catch((error: unknown) => add({ failure: error instanceof Error ? error.message : String(error) }));
  });
  return store;
}
