import type { County } from '../../../shared/county/county.ts';
import { createCitizensDomain } from './citizens/createCitizensDomain.ts';
import type { CitizensDomain } from './citizens/createCitizensDomain.ts';
import type { Domain } from './kit/Domain.ts';
import type { Registry } from '../registry/Registry.ts';
import { createTrafficDomain } from './traffic/createTrafficDomain.ts';
import type { TrafficDomain } from './traffic/createTrafficDomain.ts';
import { createTransitDomain } from './transit/createTransitDomain.ts';
import type { TransitDomain } from './transit/createTransitDomain.ts';
import { createUnits } from './units/createUnits.ts';
import type { UnitsDomain } from './units/createUnits.ts';
import { createUtilitiesDomain } from './utilities/createUtilitiesDomain.ts';

/** The subjects of the county, each on its own; `all` is the order in which they are asked. */
export type Domains = {
  traffic: TrafficDomain;
  transit: TransitDomain;
  units: UnitsDomain;
  citizens: CitizensDomain;
  all: readonly Domain[];
};

export function createDomains(county: County, registry: Registry): Domains {
  const traffic = createTrafficDomain(county, registry);
  const transit = createTransitDomain(county, registry);
  const units = createUnits(county, registry);
  const citizens = createCitizensDomain(county);
  return {
    traffic,
    transit,
    units,
    citizens,
    all: [traffic, transit, createUtilitiesDomain(county, registry), units, citizens],
  };
}
