import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { DomainStream, StreamSource } from './Domain.ts';

/** The streams that name the rows of a frame. An `index`, once assigned, never changes. */
type RosterStream = {
  [S in DomainStream]: StreamMessage<S> extends { isFull: boolean; rows: unknown[] } ? S : never;
}[DomainStream];
type Row<S extends RosterStream> = StreamMessage<S>['rows'][number];

/** A stream of names, from a function that returns the rows changed since a cursor (0: all) and the next cursor. */
export function rosterSource<S extends RosterStream>(
  roster: (cursor: number) => { rows: Row<S>[]; cursor: number },
): StreamSource<S> {
  return (cursor) => {
    const next = roster(cursor);
    if (cursor !== 0 && next.rows.length === 0) return undefined;
    return { message: { isFull: cursor === 0, rows: next.rows } as StreamMessage<S>, cursor: next.cursor };
  };
}
