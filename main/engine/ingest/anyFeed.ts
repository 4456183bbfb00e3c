import type { Feed } from './feed.ts';

/** A feed whose state is its own affair: what the list of feeds holds. */
export type AnyFeed = Feed<unknown>;

/** Forgets the type of a feed's state, which only ever comes back to that feed. */
export const anyFeed = <S>(feed: Feed<S>): AnyFeed => feed as AnyFeed;
