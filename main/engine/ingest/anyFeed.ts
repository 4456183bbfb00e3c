import type { Feed } from './feed.ts';

/** A feed whose types of state and place are known only to itself; this is the element type of the list of feeds. */
export type AnyFeed<Id extends string = string> = Feed<unknown, unknown, Id>;

/** Erases the types of a feed's state and places; this is safe because they are only ever passed back to that feed. */
export const anyFeed = <S, P, Id extends string = string>(feed: Feed<S, P, Id>): AnyFeed<Id> => feed as AnyFeed<Id>;
