import type { RequestOutput } from '../../shared/contract/contract.ts';
import { createStore } from '../ui/store.ts';
import type { Readable } from '../ui/store.ts';
import type { Client } from './client.ts';

/**
 * The data of the county that does not change while the engine runs. Each part is set when it has arrived; `failure`
 * says in words why one has not.
 */
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

/** Loads the county at each greeting of the engine; after a reconnection only if the county is another one. */
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
    // All parts are requested at once, because each answer may have to wait for a drawing; they arrive in this order.
    await Promise.all([
      client.request('county.alarmDomains', {}).then(({ domains }) => add({ alarmDomains: domains })),
      client.request('county.map', {}).then((map) => add({ map })),
      client.request('county.network', {}).then((network) => add({ network })),
      client.request('county.units', {}).then(({ units }) => add({ units })),
      client.request('county.transit', {}).then((transit) => add({ transit })),
      client.request('county.meters', {}).then((meters) => add({ meters })),
    ]);
  };

  client.onGreeting(() => {
    load().catch((error: unknown) => add({ failure: error instanceof Error ? error.message : String(error) }));
  });
  return store;
}
