import type { County } from '../../../shared/county/county.ts';
import type { RegisteredDevice, Registry } from './Registry.ts';
import { oppositeOf, STATION_ID_PREFIX } from './addFeedDevices.ts';

/** A device of the register before it has its number. */
type Unnumbered = Omit<RegisteredDevice, 'number'>;

const byId = <T extends { id: string | number }>(things: readonly T[]): Map<T['id'], T> =>
  new Map(things.map((thing) => [thing.id, thing]));

/** A station counts both directions of its road: each is a device of its own, on the link of its direction. */
function stations(county: County): Unnumbered[] {
  return (county.feeds.digitraffic?.stations ?? []).flatMap(({ id, name, lon, lat, linkId }) => {
    const device = (suffix: string, link: string | undefined): Unnumbered => ({
      id: `${STATION_ID_PREFIX}:${String(id)}${suffix}`,
      kind: 'station',
      name,
      lon,
      lat,
      ...(link !== undefined && { linkId: link }),
    });
    return [
      device('', undefined),
      device('/1', linkId),
      device('/2', linkId === undefined ? undefined : oppositeOf(linkId, county.links)?.id),
    ];
  });
}

function devices(county: County): Unnumbered[] {
  const meterIds = new Set(county.meters.map(({ id }) => id));
  return [
    ...county.meters.map(({ id, address, lon, lat, commodity, zoneId }): Unnumbered => ({
      id,
      kind: 'meter',
      name: address ?? id,
      lon,
      lat,
      commodity,
      zoneId,
    })),
    ...county.detectors.map(({ id, name, lon, lat, linkId }): Unnumbered => ({
      id,
      kind: 'detector',
      name: name ?? id,
      lon,
      lat,
      linkId,
    })),
    ...county.zones.map(({ id, name, center: [lon, lat] }): Unnumbered => ({ id, kind: 'zone', name, lon, lat })),
    ...(county.segments ?? []).map(({ id, name, links }): Unnumbered => {
      const path = county.links.find((link) => link.id === links[Math.floor(links.length / 2)])?.path;
      const [lon, lat] = path?.[Math.floor(path.length / 2)] ?? [];
      return { id, kind: 'segment', name: name ?? id, ...(lon !== undefined && lat !== undefined && { lon, lat }) };
    }),
    ...county.units.map(({ id, name }): Unnumbered => ({ id, kind: 'unit', name })),
    ...(county.feeds.devices ?? []).map(({ id, name, lon, lat, commodity, zoneId, count }): Unnumbered => ({
      id,
      kind: meterIds.has(id) ? 'meter' : 'other',
      name: name ?? id,
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
      ...(commodity && { commodity }),
      ...(zoneId !== undefined && { zoneId }),
      ...(count && { count }),
    })),
    ...stations(county),
  ];
}

/**
 * Numbers the devices in the order of the list; a later entry with the same id replaces the description and keeps the
 * number.
 */
function numbered(list: readonly Unnumbered[]): Map<string, RegisteredDevice> {
  const all = new Map<string, RegisteredDevice>();
  for (const device of list)
    all.set(device.id, Object.assign(device, { number: all.get(device.id)?.number ?? all.size }));
  return all;
}

/** The county's registers, indexed by id. */
export function createRegistry(county: County): Registry {
  const all = numbered(devices(county));
  const meters = byId(county.meters);
  const zones = byId(county.zones);
  const links = byId(county.links);
  const detectors = byId(county.detectors);
  const units = byId(county.units);
  const sensors = byId(county.feeds.digitraffic?.sensors ?? []);
  const metrics = new Map(
    (county.feeds.sparkplug ?? []).map(({ metric, quantity, factor }) => [metric, { quantity, factor }]),
  );
  return {
    profile: county.profile,
    size: all.size,
    get timetable() {
      return county.timetable;
    },
    device: (id) => all.get(id),
    meter: (id) => meters.get(id),
    zone: (id) => zones.get(id),
    link: (id) => links.get(id),
    detector: (id) => detectors.get(id),
    unit: (id) => units.get(id),
    digitrafficSensors: [...sensors.values()],
    digitrafficSensor: (id) => sensors.get(id),
    sparkplugMetric: (metric) => metrics.get(metric),
  };
}
