import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { capabilitiesOf } from '../../../shared/incidents/need.ts';
import type { County } from '../../../shared/county/county.ts';

type CountyRequest =
  'county.profile' | 'county.map' | 'county.network' | 'county.meters' | 'county.transit' | 'county.units';
type CountyAnswers = { [N in CountyRequest]: () => RequestOutput<N> };

/** The county as the screen draws it; made once, as it does not change while the engine runs. */
export function countyAnswers(county: County): CountyAnswers {
  const linkIndex = new Map(county.links.map(({ id }, index) => [id, index]));
  const zoneIndex = new Map(county.zones.map(({ id }, index) => [id, index]));
  const answers = {
    map: { features: county.map, zones: county.zones },
    network: {
      links: county.links.map(({ id, name, roadClass, freeFlowMps, lanes, path }) => ({
        id,
        name,
        roadClass,
        freeFlowMps,
        lanes,
        path,
      })),
      detectors: county.detectors.map(({ id, linkId, lon, lat }) => ({
        id,
        linkIndex: linkIndex.get(linkId) ?? -1,
        lon,
        lat,
      })),
    },
    meters: {
      ids: county.meters.map(({ id }) => id),
      commodity: county.meters.map(({ commodity }) => commodity),
      lon: county.meters.map(({ lon }) => lon),
      lat: county.meters.map(({ lat }) => lat),
      zoneIndex: county.meters.map(({ zoneId }) => zoneIndex.get(zoneId) ?? -1),
    },
    transit: {
      routes: [...(county.timetable?.routes.values() ?? [])],
      stops: [...(county.timetable?.stops.values() ?? [])],
    },
    units: {
      units: county.units.map((unit) => ({
        id: unit.id,
        name: unit.name,
        kind: unit.kind,
        base: unit.base,
        capabilities: [...capabilitiesOf(unit)],
        shift: unit.shift,
      })),
    },
  };
  return {
    'county.profile': () => county.profile,
    'county.map': () => answers.map,
    'county.network': () => answers.network,
    'county.meters': () => answers.meters,
    'county.transit': () => answers.transit,
    'county.units': () => answers.units,
  };
}
