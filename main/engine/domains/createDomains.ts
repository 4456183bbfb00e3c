import type { County } from '../../../shared/county/county.ts';
import type { Registry } from '../registry/Registry.ts';
import { createCitizensDomain } from './citizens/createCitizensDomain.ts';
import { DomainSet } from './DomainSet.ts';
import type { Domain } from './kit/Domain.ts';
import { createTrafficDomain } from './traffic/createTrafficDomain.ts';
import { createTransitDomain } from './transit/createTransitDomain.ts';
import { createUnitsDomain } from './units/createUnitsDomain.ts';
import { createUtilitiesDomain } from './utilities/createUtilitiesDomain.ts';

/** The subjects of the county, in the order in which they are called. A new domain is one line here. */
const makers: readonly ((county: County, registry: Registry) => Domain)[] = [
  createTrafficDomain,
  createTransitDomain,
  createUtilitiesDomain,
  createUnitsDomain,
  createCitizensDomain,
];

export function createDomains(
  county: County,
  registry: Registry,
  onFault?: (domainId: string, error: unknown) => void,
): DomainSet {
  return new DomainSet(
    makers.map((make) => make(county, registry)),
    onFault === undefined ? {} : { onFault },
  );
}
