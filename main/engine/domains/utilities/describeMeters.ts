import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import type { County } from '../../../../shared/county/county.ts';

/** The meters in columns, as the screen draws them; computed once, because they do not change while the engine runs. */
export function describeMeters({ meters, zones }: County): RequestOutput<'county.meters'> {
  const zoneIndex = new Map(zones.map(({ id }, index) => [id, index]));
  return {
    ids: meters.map(({ id }) => id),
    commodity: meters.map(({ commodity }) => commodity),
    lon: meters.map(({ lon }) => lon),
    lat: meters.map(({ lat }) => lat),
    zoneIndex: meters.map(({ zoneId }) => zoneIndex.get(zoneId) ?? -1),
  };
}
