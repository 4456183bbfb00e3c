import type { County } from '../../../shared/county/county.ts';
import type { RegisteredDevice, Registry } from '../ingest/feed.ts';
import { oppositeOf } from './addFeedDevices.ts';

const byId = <T extends { id: string | number }>(things: readonly T[]): Map<T['id'], T> => new Map(things.map((thing) => [thing.id, thing]));

/** A station counts both directions of its road: each is a device of its own, on the link of its direction. */
function stations(county: County): RegisteredDevice[] {
  return (county.feeds.digitraffic?.stations ?? []).flatMap(({ id, name, lon, lat, linkId }) => {
    const device = (suffix: string, link: string | undefined): RegisteredDevice =>
      ({ id: `tms:${String(id)}${suffix}`, kind: 'station', name, lon, lat, ...(link !== undefined && { linkId: link }) });
    return [device('', undefined), device('/1', linkId), device('/2', linkId === undefined ? undefined : oppositeOf(linkId, county.links)?.id)];
  });
}

function devices(county: County): Map<string, RegisteredDevice> {
  const meterIds = new Set(county.meters.map(({ id }) => id));
  const list: RegisteredDevice[] = [
    ...county.detectors.map(({ id, name, lon, lat, linkId }): RegisteredDevice => ({ id, kind: 'detector', name: name ?? id, lon, lat, linkId })),
    ...county.meters.map(({ id, address, lon, lat, commodity, zoneId }): RegisteredDevice => ({ id, kind: 'meter', name: address ?? id, lon, lat, commodity, zoneId })),
    ...county.zones.map(({ id, name, center: [lon, lat] }): RegisteredDevice => ({ id, kind: 'zone', name, lon, lat })),
    ...county.units.map(({ id, name }): RegisteredDevice => ({ id, kind: 'unit', name })),
    ...(county.feeds.devices ?? []).map(({ id, name, lon, lat, commodity, zoneId, count }): RegisteredDevice => ({
      id, kind: meterIds.has(id) ? 'meter' : 'other', name: name ?? id,
      ...(lon !== undefined && lat !== undefined && { lon, lat }), ...(commodity && { commodity }), ...(zoneId !== undefined && { zoneId }), ...(count && { count }),
    })),
    ...stations(county),
  ];
  return byId(list);
}

/** The county's registers, indexed by id. */
export function createRegistry(county: County): Registry {
  const all = devices(county);
  const meters = byId(county.meters);
  const zones = byId(county.zones);
  const links = byId(county.links);
  const detectors = byId(county.detectors);
  const units = byId(county.units);
  const sensors = byId(county.feeds.digitraffic?.sensors ?? []);
  const stationOf = byId(county.feeds.digitraffic?.stations ?? []);
  const metrics = new Map((county.feeds.sparkplug ?? []).map(({ metric, quantity, factor }) => [metric, { quantity, factor }]));
  return {
    profile: county.profile,
    timetable: county.timetable,
    device: (id) => all.get(id),
    meter: (id) => meters.get(id),
    zone: (id) => zones.get(id),
    link: (id) => links.get(id),
    detector: (id) => detectors.get(id),
    unit: (id) => units.get(id),
    digitrafficSensor: (id) => sensors.get(id),
    digitrafficStation: (id) => stationOf.get(id),
    sparkplugMetric: (metric) => metrics.get(metric),
  };
}
