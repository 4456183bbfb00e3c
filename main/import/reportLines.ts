import type { Imported } from './importCounty.ts';

const MOST_LISTED = 200;

const number = (value: number): string => Math.round(value).toLocaleString('en-US');
const many = (count: number, one: string, several = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : several}`;

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LISTED;
  return [
    '',
    `${title}:`,
    ...lines.slice(0, MOST_LISTED).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

function roads({ laid, turns, found }: Imported): string[] {
  const { links } = laid;
  const km = links.reduce((sum, { lengthM }) => sum + lengthM, 0) / 1000;
  const limits = links.filter(({ speedLimitMps }) => speedLimitMps !== undefined).length;
  const share = Math.round((100 * limits) / links.length);
  return [
    `${many(links.length, 'link')} of ${many(found.roads.length, 'road')}, ${number(km)} km in both directions; ${many(turns.length, 'forbidden turn')}.`,
    `${share} % of the links have a signed speed limit; the others have what is usual for their class.`,
  ];
}

function map({ map: parts }: Imported): string {
  const kinds = [...Map.groupBy(parts, ({ kind }) => kind)].map(([kind, of]) => `${number(of.length)} ${kind}`);
  return `Base map: ${kinds.join(', ')}.`;
}

function notTaken({ found, laid, task, pieces }: Imported): string[] {
  const unnamed = laid.links.filter(({ name }) => name === '').length;
  const unreachable = pieces.slice(1);
  return [
    ...[...found.leftOut].sort((a, b) => b[1] - a[1]).map(([what, times]) => `${what}: ${number(times)}`),
    ...(laid.cutWays > 0
      ? [
          `roads that are cut ${task.bounds === undefined ? 'where the file ends' : 'at the bounds'}: ${number(laid.cutWays)}`,
        ]
      : []),
    ...(laid.emptyPieces > 0 ? [`roads of which less than two places are here: ${number(laid.emptyPieces)}`] : []),
    ...(unnamed > 0 ? [`kept, but without a name: ${many(unnamed, 'link')}`] : []),
    ...(unreachable.length > 0
      ? [`kept, but not connected with the main network: ${many(unreachable.length, 'piece')}`]
      : []),
  ];
}

function detectorLines({ detectors, standIns, task }: Imported): string[] {
  if (detectors === undefined)
    return [
      `No detectors were given, so ${many(standIns.length, 'stand-in')} (SIM-…) on main roads let the simulator run. Replace them, and set simulated to false, before real use.`,
    ];
  const { matches, leftOut } = detectors;
  const doubtful = matches.filter(({ doubts }) => doubts.length > 0);
  const farthest = Math.max(0, ...matches.map(({ offM }) => offM));
  return [
    `${many(matches.length, 'detector')} of ${task.detectors ?? ''} are on links, at most ${farthest.toFixed(0)} m away; ${number(doubtful.length)} doubtful, ${number(leftOut.length)} left out.`,
  ];
}

function timetableLine({ timetable, profile }: Imported): string[] {
  if (timetable === undefined) return [];
  const [west, south, east, north] = profile.bounds;
  const here = timetable.stops.filter(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north);
  return [
    `${number(here.length)} of ${many(timetable.stops.length, 'stop')} of the timetable lie within the bounds.${here.length === 0 ? ' It is of another place.' : ''}`,
    ...(timetable.timeZone !== undefined && timetable.timeZone !== profile.timeZone
      ? [`The timetable is of the time zone ${timetable.timeZone}, and the county of ${profile.timeZone}.`]
      : []),
  ];
}

/** What an import made, what it left out and why, and what somebody should look at. */
export function reportLines(county: Imported): string[] {
  const { profile, detectors, meters, pieces, units } = county;
  const matches = detectors?.matches ?? [];
  return [
    `${profile.name} (${profile.id}): ${profile.timeZone}, ${number(profile.population)} people by the map, ${profile.bounds.map((each) => each.toFixed(4)).join(', ')}.`,
    ...roads(county),
    map(county),
    ...detectorLines(county),
    ...(meters.meters.length + meters.leftOut.length > 0
      ? [
          `${many(meters.meters.length, 'meter')} in ${many(meters.zones.length, 'zone')}, drawn as boxes around them; ${number(meters.leftOut.length)} left out.`,
        ]
      : []),
    `${many(units.length, 'unit')} (SIM-…) stand at stations of the map, or at its largest place: replace units.csv by yours.`,
    ...timetableLine(county),
    'Map and roads © OpenStreetMap contributors, Open Database License 1.0.',
    ...listed('Left out, or worth a look', notTaken(county)),
    ...listed(
      'Parts of the network that no road connects with the largest',
      pieces
        .slice(1)
        .map(({ links, lengthM, at: [lon, lat] }) => `${many(links, 'link')}, ${number(lengthM)} m, at ${lon},${lat}`),
    ),
    ...listed(
      'Doubtful detectors',
      matches
        .filter(({ doubts }) => doubts.length > 0)
        .map(({ detector, doubts }) => `${detector.id} on ${detector.linkId}: ${doubts.join('; ')}`),
    ),
    ...listed(
      'Detectors and their distance to the middle of their road',
      matches.map(
        ({ detector, offM }) => `${detector.id} on ${detector.linkId} (${detector.name ?? ''}): ${offM.toFixed(0)} m`,
      ),
    ),
    ...listed('Detectors that were left out', detectors?.leftOut ?? []),
    ...listed('Meters that were left out', meters.leftOut),
  ];
}
