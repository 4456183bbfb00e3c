import type { Trip } from '../../../../shared/county/county.ts';
import type { GtfsParts } from './readGtfs.ts';

/** A part of a timetable on its way from one thread to another; the first one lacks the trips of the others. */
export type TimetablePiece = { first: GtfsParts } | { trips: Trip[] } | { isEnd: true };

/** Copying this many trips into the engine's thread takes a few milliseconds. */
const TRIPS_A_PIECE = 200;

/** Cuts a timetable into pieces, so that the engine's loop never waits for all of it. */
export function* toPieces({ parts, feeds }: GtfsParts): Generator<TimetablePiece> {
  yield { first: { feeds, ...(parts !== undefined && { parts: { ...parts, trips: new Map() } }) } };
  const trips = [...(parts?.trips.values() ?? [])];
  for (let from = 0; from < trips.length; from += TRIPS_A_PIECE)
    yield { trips: trips.slice(from, from + TRIPS_A_PIECE) };
  yield { isEnd: true };
}

/** Puts the pieces of a timetable together again. */
export class TimetablePieces {
  #whole: GtfsParts = { feeds: [] };

  /** Returns the timetable when its last piece has come. */
  take(piece: TimetablePiece): GtfsParts | undefined {
    if ('isEnd' in piece) return this.#whole;
    if ('first' in piece) this.#whole = piece.first;
    else for (const trip of piece.trips) this.#whole.parts?.trips.set(trip.id, trip);
    return undefined;
  }
}
