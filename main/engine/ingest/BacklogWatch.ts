const MINUTE_MS = 60_000;
/** The usual rate is a mean over as many minutes as there are, up to this many. */
const USUAL_MINUTES = 60;
/** With fewer minutes the usual rate is not known. */
const LEAST_MINUTES = 5;
/** Counts of minutes are kept for this long: longer gaps are judged by their newest part. */
const KEPT_MINUTES = 24 * 60;
/** Fewer missing messages than this are within chance. */
const LEAST_MISSING = 50;
/** A feed of which at least this share came is taken as complete: rates differ from hour to hour. */
const COMPLETE = 0.6;

/** A gap in what the broker should have kept: per feed how many messages came, and how many are usual. */
export type Shortfall = { fromMs: number; toMs: number; feeds: { id: string; came: number; usual: number }[] };

/** The whole minutes within a time. */
const wholeMinutes = (fromMs: number, toMs: number): [first: number, end: number] => [
  Math.ceil(fromMs / MINUTE_MS),
  Math.floor(toMs / MINUTE_MS),
];

/**
 * Judges whether what waited at the broker while Beacon was away came at all. A broker whose queue is full drops
 * messages without saying so, and nothing in the protocol shows it. But QoS 1 messages carry the time of their reading,
 * so the minutes of an absence fill up afterwards as other minutes do, unless the broker dropped what belongs in them.
 */
export class BacklogWatch {
  /** By feed: how many QoS 1 messages carry a time in each minute. */
  readonly #counts = new Map<string, Map<number, number>>();
  /** The usual rate from before the last restart, for feeds that this run does not know well enough. */
  readonly #remembered: Readonly<Record<string, number>>;

  constructor(remembered: Readonly<Record<string, number>> = {}) {
    this.#remembered = remembered;
  }

  /** Counts a QoS 1 message of a feed by the time of its reading; times that nobody will ask for are left out. */
  note(feed: string, atMs: number, nowMs: number): void {
    if (atMs > nowMs + MINUTE_MS || atMs < nowMs - KEPT_MINUTES * MINUTE_MS) return;
    const minute = Math.floor(atMs / MINUTE_MS);
    const counts = this.#counts.get(feed);
    if (counts === undefined) this.#counts.set(feed, new Map([[minute, 1]]));
    else counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }

  /** How many messages per minute each feed usually brings, by the hour before `untilMs`. */
  usual(untilMs: number): Record<string, number> {
    const end = Math.floor(untilMs / MINUTE_MS);
    const known = [...this.#counts].flatMap(([feed, counts]) => {
      const own = [...counts].filter(([minute]) => minute < end && minute >= end - USUAL_MINUTES);
      const first = Math.min(...own.map(([minute]) => minute));
      // The first minute is a part of one.
      const minutes = end - first - 1;
      if (minutes < LEAST_MINUTES) return [];
      const sum = own.reduce((total, [minute, count]) => total + (minute === first ? 0 : count), 0);
      return [[feed, sum / minutes] as const];
    });
    return { ...this.#remembered, ...Object.fromEntries(known) };
  }

  /** Returns which feeds lack messages between two times; undefined where none does. The backlog must be here. */
  judge(fromMs: number, toMs: number): Shortfall | undefined {
    const [first, end] = wholeMinutes(Math.max(fromMs, toMs - KEPT_MINUTES * MINUTE_MS), toMs);
    if (end <= first) return undefined;
    const feeds = Object.entries(this.usual(fromMs)).flatMap(([id, perMinute]) => {
      const counts = this.#counts.get(id) ?? new Map<number, number>();
      let came = 0;
      for (let minute = first; minute < end; minute++) came += counts.get(minute) ?? 0;
      const usual = Math.round(perMinute * (end - first));
      return usual - came >= LEAST_MISSING && came < usual * COMPLETE ? [{ id, came, usual }] : [];
    });
    return feeds.length === 0 ? undefined : { fromMs, toMs, feeds };
  }

  /** Forgets counts that no judgement needs any more. */
  forget(nowMs: number): void {
    const least = Math.floor(nowMs / MINUTE_MS) - KEPT_MINUTES;
    for (const counts of this.#counts.values())
      for (const minute of counts.keys()) if (minute < least) counts.delete(minute);
  }
}
