import type { Feed } from './feed.ts';

/** A feed whose state and places are its own affair: what the list of feeds holds. */
export type AnyFeed = Feed<unknown, unknown>;

/** Forgets the types of a feed's state and places, which only ever come back to that feed. */
export const anyFeed = <S, P>(feed: Feed<S, P>): AnyFeed => feed as AnyFeed;
