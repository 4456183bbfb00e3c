import { isQuantity, quantities } from '../../../../shared/base/quantities.ts';
import type { Account } from '../../../../shared/county/accounts.ts';
import type { County, Detector, FeedsRegistry, Link, Meter } from '../../../../shared/county/county.ts';
import type { CountyFaults } from '../files/CountyFaults.ts';
import { didYouMean } from '../files/didYouMean.ts';

/** Keeps the first of those that share an id; the others are left out. */
function unique<T extends { id: string }>(things: readonly T[], faults: CountyFaults): T[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    if (!seen.has(thing.id)) return seen.add(thing.id);
    faults.about(thing, 'leftOut', `The id ${thing.id} is there twice: the first one is used.`, 'twice');
    return false;
  });
}

/** Messages name detectors, meters and zones by their bare ids, so no two of them may share one. */
function unshared<T extends { id: string }>(
  things: readonly T[],
  owners: readonly { file: string; ids: ReadonlySet<string> }[],
  faults: CountyFaults,
): T[] {
  return things.filter((thing) => {
    const owner = owners.find(({ ids }) => ids.has(thing.id));
    if (owner === undefined) return true;
    faults.about(
      thing,
      'leftOut',
      `The id ${thing.id} is in ${owner.file}, too: detectors, segments, meters and zones must not share ids.`,
      'shared',
    );
    return false;
  });
}

const idsOf = (things: readonly { id: string }[]): Set<string> => new Set(things.map(({ id }) => id));

function onLinks(detectors: readonly Detector[], links: ReadonlySet<string>, faults: CountyFaults): Detector[] {
  return detectors.filter((detector) => {
    if (links.has(detector.linkId)) return true;
    const hint = didYouMean(detector.linkId, [...links].slice(0, 5000));
    faults.about(
      detector,
      'leftOut',
      `The detector ${detector.id} lies on link ${detector.linkId}, which network.geojson does not have.${hint}`,
      'link',
    );
    return false;
  });
}

/** A forbidden turn or a segment counts only where its links meet one after the other. */
function whereLinksMeet<T extends { links: readonly string[] }>(
  what: string,
  things: readonly T[],
  links: readonly Link[],
  faults: CountyFaults,
): T[] {
  const linkOf = new Map(links.map((link) => [link.id, link]));
  return things.filter((thing) => {
    const unknown = thing.links.find((each) => !linkOf.has(each));
    const apart = thing.links.findIndex(
      (each, at) => at > 0 && linkOf.get(thing.links[at - 1] ?? '')?.toNode !== linkOf.get(each)?.fromNode,
    );
    if (unknown === undefined && apart < 0) return true;
    const text =
      unknown === undefined
        ? `${what} names ${thing.links[apart] ?? ''} after ${thing.links[apart - 1] ?? ''}, and these links do not meet.`
        : `${what} names link ${unknown}, which network.geojson does not have.`;
    faults.about(thing, 'leftOut', text, 'link');
    return false;
  });
}

/** An account is opened by its number, and shows what its meters count. */
function withMeters(accounts: readonly Account[], meters: ReadonlySet<string>, faults: CountyFaults): Account[] {
  return unique(accounts, faults).flatMap((account) => {
    const known = account.meters.filter((each) => meters.has(each));
    const unknown = account.meters.find((each) => !meters.has(each));
    if (unknown === undefined) return [account];
    const text = `The account ${account.id} names the meter ${unknown}, which meters.csv does not have.`;
    faults.about(account, known.length === 0 ? 'leftOut' : 'warning', text, 'meter');
    return known.length === 0 ? [] : [{ ...account, meters: known }];
  });
}

function inZones(meters: readonly Meter[], zones: County['zones'], faults: CountyFaults): Meter[] {
  const zoneOf = new Map(zones.map((zone) => [zone.id, zone]));
  return meters.filter((meter) => {
    const { id, zoneId, commodity } = meter;
    const kind = zoneOf.get(zoneId)?.kind;
    if (kind === (commodity === 'water' ? 'dma' : 'feeder')) return true;
    faults.about(
      meter,
      'leftOut',
      kind === undefined
        ? `The meter ${id} is in zone ${zoneId}, which zones.geojson does not have.${didYouMean(zoneId, [...zoneOf.keys()])}`
        : `The meter ${id} measures ${commodity}, but its zone ${zoneId} is a ${kind}.`,
      'zone',
    );
    return false;
  });
}

function usableFeeds(
  feeds: FeedsRegistry,
  links: ReadonlySet<string>,
  zones: ReadonlySet<string>,
  faults: CountyFaults,
): FeedsRegistry {
  const keep = <T extends object>(list: readonly T[], faultOf: (thing: T) => string | undefined): T[] =>
    list.filter((thing) => {
      const fault = faultOf(thing);
      if (fault !== undefined) faults.about(thing, 'leftOut', fault, 'reference');
      return fault === undefined;
    });
  const { digitraffic, devices, sparkplug } = feeds;
  return {
    ...(digitraffic !== undefined && {
      digitraffic: {
        ...digitraffic,
        stations: keep(digitraffic.stations, ({ id, linkId }) =>
          linkId === undefined || links.has(linkId)
            ? undefined
            : `The station ${id} lies on link ${linkId}, which network.geojson does not have.`,
        ),
      },
    }),
    ...(devices !== undefined && {
      devices: keep(devices, ({ id, zoneId }) =>
        zoneId === undefined || zones.has(zoneId)
          ? undefined
          : `The device ${id} is in zone ${zoneId}, which zones.geojson does not have.`,
      ),
    }),
    ...(sparkplug !== undefined && {
      sparkplug: keep(sparkplug, ({ metric, quantity }) =>
        isQuantity(quantity)
          ? undefined
          : `The metric ${metric} has the quantity ${quantity}, which is none of ${Object.keys(quantities).join(', ')}.${didYouMean(quantity, Object.keys(quantities))}`,
      ),
    }),
  };
}

/** Leaves out what refers to something that does not exist, and what is there twice. */
export function dropUnusable(county: County, faults: CountyFaults): County {
  const links = unique(county.links, faults);
  const zones = unique(county.zones, faults);
  const zoneOwner = { file: 'zones.geojson', ids: idsOf(zones) };
  const detectors = onLinks(unshared(unique(county.detectors, faults), [zoneOwner], faults), idsOf(links), faults);
  const owners = [zoneOwner, { file: 'detectors.csv', ids: idsOf(detectors) }];
  const segments =
    county.segments &&
    whereLinksMeet('The segment', unshared(unique(county.segments, faults), owners, faults), links, faults);
  owners.push({ file: 'segments.csv', ids: idsOf(segments ?? []) });
  const meters = inZones(unshared(unique(county.meters, faults), owners, faults), zones, faults);
  return {
    ...county,
    links,
    ...(county.turns !== undefined && { turns: whereLinksMeet('The turn', county.turns, links, faults) }),
    detectors,
    ...(segments !== undefined && { segments }),
    zones,
    meters,
    ...(county.accounts !== undefined && { accounts: withMeters(county.accounts, idsOf(meters), faults) }),
    units: unique(county.units, faults),
    feeds: usableFeeds(county.feeds, idsOf(links), idsOf(zones), faults),
  };
}
