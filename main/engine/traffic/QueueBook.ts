import type { NextWatched } from './RoadMap.ts';

/** Slow links of one road, upstream first. `headLink` names the queue for as long as it lasts, even while its front moves. */
export type Queue = { headLink: number; links: number[]; lengthM: number };

type Source = { isSlow: (linkIndex: number) => boolean; lengthM: (linkIndex: number) => number };

/**
 * Joins slow links that follow one another on the same road, over unwatched links between them, into queues: one trouble, one alarm. A queue that shares
 * a link with one of the last call keeps its name.
 */
export class QueueBook {
  readonly #next: ReadonlyMap<number, NextWatched>;
  #known: Queue[] = [];

  constructor(next: ReadonlyMap<number, NextWatched>) {
    this.#next = next;
  }

  update(slow: readonly number[], source: Source): Queue[] {
    const followed = new Set(slow.flatMap((index) => this.#slowNext(index, source) ?? []));
    const queued = new Set<number>();
    const taken = new Set<number>();
    const queues: Queue[] = [];
    // Tails first; what is left after them is a ring that is slow all round, and begins anywhere.
    for (const tail of [...slow.filter((index) => !followed.has(index)), ...slow]) {
      if (queued.has(tail)) continue;
      const run = this.#run(tail, source);
      for (const index of run.links) queued.add(index);
      queues.push(this.#named(run, taken));
    }
    this.#known = queues;
    return queues;
  }

  #slowNext(index: number, source: Source): number | undefined {
    const next = this.#next.get(index)?.linkIndex;
    return next !== undefined && source.isSlow(next) ? next : undefined;
  }

  #run(tail: number, source: Source): Omit<Queue, 'headLink'> {
    const links = [tail];
    let lengthM = source.lengthM(tail);
    for (let next = this.#slowNext(tail, source); next !== undefined && !links.includes(next); next = this.#slowNext(next, source)) {
      lengthM += this.#next.get(links.at(-1) ?? tail)?.distanceM ?? 0;
      links.push(next);
    }
    return { links, lengthM };
  }

  #named(run: Omit<Queue, 'headLink'>, taken: Set<number>): Queue {
    const before = this.#known.find(({ headLink, links }) => !taken.has(headLink) && links.some((index) => run.links.includes(index)));
    const headLink = before?.headLink ?? run.links.at(-1) ?? 0;
    taken.add(headLink);
    return { ...run, headLink };
  }
}
