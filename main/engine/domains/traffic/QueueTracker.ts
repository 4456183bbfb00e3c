import type { NextWatched } from '../kit/RoadMap.ts';

/**
 * Slow links of one road, upstream first. `headLink` identifies the queue for as long as it lasts, even while its front
 * moves.
 */
export type Queue = { headLink: number; links: number[]; lengthM: number };

type Source = {
  isSlow: (linkIndex: number) => boolean;
  /** Whether a believable value of the link is known now. */ isKnown: (linkIndex: number) => boolean;
  lengthM: (linkIndex: number) => number;
};
/** The next slow link and the way to its end. */
type Step = { linkIndex: number; distanceM: number };

/** Watched links in a row without data that a queue may reach across. */
const MOST_BLIND = 3;

/**
 * Joins slow links that follow one another on the same road, across unwatched links between them, into queues, so that
 * one queue raises one alarm. A queue that shares a link with a queue of the last call keeps its identity.
 */
export class QueueTracker {
  readonly #next: ReadonlyMap<number, NextWatched>;
  #known: Queue[] = [];

  constructor(next: ReadonlyMap<number, NextWatched>) {
    this.#next = next;
  }

  update(slow: readonly number[], source: Source): Queue[] {
    const followed = new Set(slow.flatMap((index) => this.#slowNext(index, source)?.linkIndex ?? []));
    const queued = new Set<number>();
    const taken = new Set<number>();
    const queues: Queue[] = [];
    // Tails come first; what is left after them is a ring that is slow all the way round, so it may begin anywhere.
    for (const tail of [...slow.filter((index) => !followed.has(index)), ...slow]) {
      if (queued.has(tail)) continue;
      const run = this.#run(tail, source);
      for (const index of run.links) queued.add(index);
      queues.push(this.#named(run, taken));
    }
    this.#known = queues;
    return queues;
  }

  /** A dead detector in the middle of a queue does not split it in two. */
  #slowNext(index: number, source: Source): Step | undefined {
    let [linkIndex, distanceM] = [index, 0];
    for (let blind = 0; blind <= MOST_BLIND; blind++) {
      const next = this.#next.get(linkIndex);
      if (next === undefined) return undefined;
      linkIndex = next.linkIndex;
      distanceM += next.distanceM;
      if (source.isSlow(linkIndex)) return { linkIndex, distanceM };
      if (source.isKnown(linkIndex)) return undefined;
    }
    return undefined;
  }

  #run(tail: number, source: Source): Omit<Queue, 'headLink'> {
    const links = [tail];
    let lengthM = source.lengthM(tail);
    for (
      let step = this.#slowNext(tail, source);
      step !== undefined && !links.includes(step.linkIndex);
      step = this.#slowNext(step.linkIndex, source)
    ) {
      lengthM += step.distanceM;
      links.push(step.linkIndex);
    }
    return { links, lengthM };
  }

  #named(run: Omit<Queue, 'headLink'>, taken: Set<number>): Queue {
    const before = this.#known.find(
      ({ headLink, links }) => !taken.has(headLink) && links.some((index) => run.links.includes(index)),
    );
    const headLink = before?.headLink ?? run.links.at(-1) ?? 0;
    taken.add(headLink);
    return { ...run, headLink };
  }
}
