import { beaconMeters } from '../../ingest/feeds/beaconMeters.ts';
import { feedOfId } from '../../ingest/feeds/feedList.ts';
import type { FeedId } from '../../ingest/feeds/feedList.ts';
import type { MeterMark, MeterTable } from './MeterTable.ts';
import type { ZoneState } from './ZoneState.ts';

const MOST_NAMED = 5;

/** Those whose mark is still judged, or all: a meter that fell silent keeps its mark. */
type Which = 'judged' | 'all';

/** `feed`: the feed that most of the marked meters belong to. */
type Answer = { version: number; names: string; feed: FeedId | undefined };

/**
 * Names marked meters and their feed for people. The answer is kept until a mark in the zone changes, because it is
 * requested every second.
 */
export class MarkedMeters {
  readonly #table: MeterTable;
  readonly #known = new Map<string, Answer>();

  constructor(table: MeterTable) {
    this.#table = table;
  }

  /** Up to five meters of the zone that have the mark, by address where there is one; those still judged come first. */
  names(zone: ZoneState, mark: MeterMark, which: Which = 'judged'): string {
    return this.#answer(zone, mark, which).names;
  }

  /** The feed that most of the marked meters belong to; undefined where none is marked. */
  feed(zone: ZoneState, mark: MeterMark): FeedId | undefined {
    return this.#answer(zone, mark, 'judged').feed;
  }

  #answer(zone: ZoneState, mark: MeterMark, which: Which): Answer {
    const version = this.#table.versionOf(zone.index);
    const key = `${zone.index} ${mark} ${which}`;
    const known = this.#known.get(key);
    if (known?.version === version) return known;
    const answer = { version, names: this.#findNames(zone, mark, which), feed: this.#findFeed(zone, mark) };
    this.#known.set(key, answer);
    return answer;
  }

  #findFeed(zone: ZoneState, mark: MeterMark): FeedId | undefined {
    const counts = new Map<FeedId, number>();
    for (const row of zone.meterRows) {
      if (!this.#table.isJudged(row, mark)) continue;
      const feed = feedOfId(this.#table.meters[row]?.id ?? '') ?? beaconMeters.id;
      counts.set(feed, (counts.get(feed) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  #findNames(zone: ZoneState, mark: MeterMark, which: Which): string {
    const judged = zone.meterRows.filter((row) => this.#table.isJudged(row, mark));
    const silent = zone.meterRows.filter((row) => this.#table.has(row, mark) && !this.#table.isJudged(row, mark));
    const rows = which === 'judged' ? [...judged] : [...judged, ...silent];
    const names = rows
      .slice(0, MOST_NAMED)
      .map((row) => this.#table.meters[row]?.address ?? this.#table.meters[row]?.id);
    return `${names.join('; ')}${rows.length > MOST_NAMED ? '; …' : ''}`;
  }
}
