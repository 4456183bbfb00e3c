import type { Figure } from '../../shared/contract/contract.ts';
import type { Vitals } from './mergeStream.ts';

/** How old what is shown is, by the oldest of the feeds that it needs. */
export type Freshness = {
  /** When the newest value of the feed that is furthest behind was measured; undefined before the first value. */
  oldestAtMs: number | undefined;
  /** The names of the feeds that were heard and have fallen silent. */
  silent: string[];
  /** The names of the feeds that the county's files name and that have never been heard. */
  awaited: string[];
};

const oldestOf = (times: readonly (number | undefined)[]): number | undefined =>
  times.reduce((oldest, atMs) => (atMs === undefined || (oldest ?? atMs) < atMs ? oldest : atMs), undefined);

/**
 * The freshness of what is made of all feeds together: alarms and the map. A feed that sends only when something
 * happens does not make it old; a lost broker does, since nothing of any feed has come since then.
 */
export function freshnessOfFeeds({ feeds, broker }: Pick<Vitals, 'feeds' | 'broker'>): Freshness {
  const heard = feeds.filter(({ state }) => state !== 'unused');
  const steady = heard.filter(({ isSteady }) => isSteady).map(({ dataAtMs, lastAtMs }) => dataAtMs ?? lastAtMs);
  const isCut = heard.length > 0 && broker.state !== 'connected';
  return {
    oldestAtMs: oldestOf([
      ...(steady.length > 0 ? steady : heard.map(({ lastAtMs }) => lastAtMs)),
      isCut ? broker.sinceMs : undefined,
    ]),
    silent: feeds.filter(({ state }) => state === 'quiet').map(({ name }) => name),
    awaited: feeds.filter(({ state, isExpected }) => state === 'unused' && isExpected).map(({ name }) => name),
  };
}

/** The freshness of figures, by the feeds that they are computed from. */
export function freshnessOfFigures(figures: readonly Pick<Figure, 'sources'>[]): Freshness {
  const sources = figures.flatMap((figure) => figure.sources);
  const namesOf = (isWanted: (source: Figure['sources'][number]) => boolean): string[] => [
    ...new Set(sources.filter(isWanted).map(({ name }) => name)),
  ];
  return {
    oldestAtMs: oldestOf(sources.map(({ atMs }) => atMs)),
    silent: namesOf(({ isSilent }) => isSilent),
    awaited: namesOf(({ atMs }) => atMs === undefined),
  };
}

const list = new Intl.ListFormat('en-GB');

/** Names as a list in words: "Meters, Vehicles and Units". */
export const listNames = (names: readonly string[]): string => list.format(names);

/** What has never arrived, as a sentence; for a county whose files name no device, the one thing that can be said. */
export const awaitedText = ({ awaited }: Freshness): string =>
  awaited.length === 0
    ? 'Beacon waits for the first message of any feed.'
    : `Beacon waits for the first data of ${listNames(awaited)}.`;
