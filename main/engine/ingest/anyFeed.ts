import type { Feed } from './feed.ts';

/** A feed whose state and places are its own affair: what the list of feeds holds. */
export type AnyFeed<Id extends string = string> = Feed<unknown, unknown, Id>;

/** Forgets the types of a feed's state and places, which only ever come back to that feed. */
export const anyFeed = <S, P, Id extends string = string>(feed: Feed<S, P, Id>): AnyFeed<Id> => feed as AnyFeed<Id>;
