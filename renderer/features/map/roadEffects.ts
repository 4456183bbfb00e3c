import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Link, NetworkIndex } from './CountyIndex.ts';

/** A link that an incident closes. Both ends of a run of closed links are marked, and its first link has the words. */
export type ClosedLink = {
  link: Link;
  incidentId: string;
  /** The lanes that are closed; undefined where the whole road is. */
  lanes: string | undefined;
  untilMs: number | undefined;
  isStart: boolean;
  isEnd: boolean;
};
/** A link that traffic is sent along. */
export type DivertedLink = { link: Link; text: string; untilMs: number | undefined; isStart: boolean };
/** What open incidents do to the roads at a time. */
export type RoadEffects = { closed: readonly ClosedLink[]; diverted: readonly DivertedLink[] };

type Effect = { atMs: number; untilMs?: number | undefined };

const isOpen = ({ status, mergedInto }: Incident): boolean => status !== 'resolved' && mergedInto === undefined;
const holds = ({ atMs, untilMs = Infinity }: Effect, nowMs: number): boolean => atMs <= nowMs && nowMs < untilMs;
const startOf = ({ path }: Link): string => String(path[0]);
const endOf = ({ path }: Link): string => String(path.at(-1));

function closedLinks(incidents: readonly Incident[], network: NetworkIndex, nowMs: number): ClosedLink[] {
  const closed = incidents.flatMap(({ id, closures = [] }) =>
    closures
      .filter((closure) => holds(closure, nowMs))
      .flatMap(({ linkId, lanes, untilMs }) => {
        const link = network.links[network.linkRow.get(linkId) ?? -1];
        return link === undefined ? [] : [{ link, incidentId: id, lanes, untilMs }];
      }),
  );
  // The two directions of a road meet at the ends of each other and are no continuation.
  const continues = (from: Link, to: Link): boolean =>
    from !== to && endOf(from) === startOf(to) && startOf(from) !== endOf(to);
  return closed.map((each) => {
    const others = closed.filter(({ lanes, untilMs }) => lanes === each.lanes && untilMs === each.untilMs);
    return {
      ...each,
      isStart: !others.some(({ link }) => continues(link, each.link)),
      isEnd: !others.some(({ link }) => continues(each.link, link)),
    };
  });
}

/** The closed roads and the diversions that hold at a time, with where each begins and ends on the map. */
export function roadEffects(incidents: Iterable<Incident>, network: NetworkIndex, nowMs: number): RoadEffects {
  const open = [...incidents].filter(isOpen);
  const diverted = open.flatMap(({ diversions = [] }) =>
    diversions
      .filter((diversion) => holds(diversion, nowMs))
      .flatMap(({ text, untilMs, linkIds }) =>
        linkIds.flatMap((linkId, index) => {
          const link = network.links[network.linkRow.get(linkId) ?? -1];
          return link === undefined ? [] : [{ link, text, untilMs, isStart: index === 0 }];
        }),
      ),
  );
  return { closed: closedLinks(open, network, nowMs), diverted };
}

/** The words beside a closure: what is closed, and until when by the county's clock. */
export const closureWords = (
  { lanes, untilMs }: Pick<ClosedLink, 'lanes' | 'untilMs'>,
  at: (ms: number) => string,
): string =>
  `${lanes === undefined ? 'closed' : `closed: ${lanes}`}${untilMs === undefined ? '' : `, until ${at(untilMs)}`}`;

/** The words beside a diversion. */
export const diversionWords = (
  { text, untilMs }: Pick<DivertedLink, 'text' | 'untilMs'>,
  at: (ms: number) => string,
): string => `diversion: ${text}${untilMs === undefined ? '' : `, until ${at(untilMs)}`}`;
