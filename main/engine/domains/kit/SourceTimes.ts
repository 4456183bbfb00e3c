import type { Figure } from '../../../../shared/contract/contract.ts';

/** A feed as a source of figures. */
type SourceFeed = { id: string; name: string; quietAfterMs: number };
/** One feed that a figure is computed from. */
export type FigureSource = Figure['sources'][number];

/**
 * The feeds from which one kind of device reports, each with the time of its newest value. A figure is as old as the
 * oldest of its sources; without this, the newest one would hide that another one is dead.
 */
export class SourceTimes {
  readonly #feeds: SourceFeed[] = [];
  readonly #measuredAtMs: number[] = [];
  readonly #heardAtMs: number[] = [];

  /** The number of a feed for `note`. A feed that is added here is a source even if it has never been heard. */
  add(feed: SourceFeed): number {
    const known = this.#feeds.findIndex(({ id }) => id === feed.id);
    if (known >= 0) return known;
    this.#measuredAtMs.push(Number.NaN);
    this.#heardAtMs.push(Number.NaN);
    return this.#feeds.push(feed) - 1;
  }

  /** Hot: called for every value. `atMs`: when it was measured. */
  note(source: number, atMs: number, nowMs: number): void {
    const measuredAtMs = Math.min(atMs, nowMs);
    if (!((this.#measuredAtMs[source] ?? Number.NaN) >= measuredAtMs)) this.#measuredAtMs[source] = measuredAtMs;
    this.#heardAtMs[source] = nowMs;
  }

  at(nowMs: number): FigureSource[] {
    return this.#feeds.map(({ id, name, quietAfterMs }, source) => {
      // After a clock was set back, a silent feed would otherwise seem active until the old time comes again.
      const measuredAtMs = Math.min(this.#measuredAtMs[source] ?? Number.NaN, nowMs);
      const heardAtMs = Math.min(this.#heardAtMs[source] ?? Number.NaN, nowMs);
      this.#measuredAtMs[source] = measuredAtMs;
      this.#heardAtMs[source] = heardAtMs;
      return {
        feed: id,
        name,
        isSilent: nowMs - heardAtMs > quietAfterMs,
        ...(!Number.isNaN(measuredAtMs) && { atMs: measuredAtMs }),
      };
    });
  }
}

/** The sources of a figure that needs several kinds of device: of a feed that reports both, the older one counts. */
export function joinSources(...lists: readonly (readonly FigureSource[])[]): FigureSource[] {
  const joined = new Map<string, FigureSource>();
  for (const source of lists.flat()) {
    const known = joined.get(source.feed);
    const times = [known?.atMs, source.atMs].filter((atMs) => atMs !== undefined);
    joined.set(source.feed, {
      ...source,
      isSilent: source.isSilent || known?.isSilent === true,
      ...(times.length > 0 && { atMs: Math.min(...times) }),
    });
  }
  return [...joined.values()];
}
