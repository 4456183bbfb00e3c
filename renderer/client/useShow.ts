import { useCallback } from 'react';
import { useSelection } from './hooks.ts';
import type { Selectable } from './selection.ts';

type Place = { lon?: number | undefined; lat?: number | undefined };
export type Show = (what: Selectable, place: Place) => void;

/** Selects something and moves the map to the given place, or else to where the map draws it. */
export function useShow(): Show {
  const selection = useSelection();
  return useCallback(
    (what, { lon, lat }) => {
      selection.select(what);
      if (lon !== undefined && lat !== undefined) selection.flyTo(lon, lat);
      else selection.flyToSubject(what);
    },
    [selection],
  );
}
