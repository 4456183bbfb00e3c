import type { County, Detector, Link, Meter, Zone } from '../../../shared/county/county.ts';

/** Traffic stations report sliding means over five minutes. */
const STATION_PERIOD_S = 300;

/** The link that runs beside a link in the other direction; undefined on a one-way road. */
export function oppositeOf(linkId: string, links: readonly Link[]): Link | undefined {
  const link = links.find(({ id }) => id === linkId);
  return links.find(
    ({ fromNode, toNode, name }) => fromNode === link?.toNode && toNode === link.fromNode && name === link.name,
  );
}

/** What the ids of Digitraffic's traffic stations begin with. */
export const STATION_ID_PREFIX = 'tms';

function stationDetectors({ feeds, links }: County): Detector[] {
  return (feeds.digitraffic?.stations ?? []).flatMap(({ id, name, lon, lat, linkId }) => {
    const on = (direction: 1 | 2, link: Link | undefined): Detector[] =>
      link === undefined
        ? []
        : [
            {
              id: `${STATION_ID_PREFIX}:${String(id)}/${String(direction)}`,
              linkId: link.id,
              lon,
              lat,
              lanes: link.lanes,
              periodS: STATION_PERIOD_S,
              name,
            },
          ];
    return linkId === undefined
      ? []
      : [
          ...on(
            1,
            links.find((link) => link.id === linkId),
          ),
          ...on(2, oppositeOf(linkId, links)),
        ];
  });
}

/** Water is metered in a water zone, electricity at a feeder. */
const measures = (zone: Zone | undefined, commodity: Meter['commodity']): boolean =>
  zone?.kind === (commodity === 'water' ? 'dma' : 'feeder');

function radioMeters({ feeds, zones }: County): Meter[] {
  return (feeds.devices ?? []).flatMap(
    ({ id, name, lon, lat, commodity, zoneId, customerClass = 'singleFamily' }): Meter[] => {
      if (lon === undefined || lat === undefined || commodity === undefined || zoneId === undefined) return [];
      if (
        !measures(
          zones.find((zone) => zone.id === zoneId),
          commodity,
        )
      )
        return [];
      return [
        {
          id,
          commodity,
          lon,
          lat,
          zoneId,
          customerClass,
          transformerId: undefined,
          premiseId: undefined,
          ...(name !== undefined && { address: name }),
        },
      ];
    },
  );
}

/** Keeps only those whose ids are not in the list yet. */
const news = <T extends { id: string }>(known: readonly T[], more: readonly T[]): T[] => {
  const ids = new Set(known.map(({ id }) => id));
  return more.filter(({ id }) => !ids.has(id));
};

/**
 * Devices of outside streams to which feeds.json gives a place become detectors and meters like all others: they are on
 * the map, are judged, and have a page of their own.
 */
export function addFeedDevices(county: County): County {
  return {
    ...county,
    detectors: [...county.detectors, ...news(county.detectors, stationDetectors(county))],
    meters: [...county.meters, ...news(county.meters, radioMeters(county))],
  };
}
