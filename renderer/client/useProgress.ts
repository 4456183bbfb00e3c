import { useEffect } from 'react';
import { isEngaged } from '../../shared/incidents/engagement.ts';
import type { Incident } from '../../shared/incidents/incident.ts';
import type { UnitProgress } from '../../shared/dispatch/arrival.ts';
import { formatElapsed } from '../ui/formatTime.ts';
import { useNow, useSelection } from './hooks.ts';
import type { MapWay } from './selection.ts';
import { useAnswer } from './useAnswer.ts';

/** Units move and traffic changes; between two answers the countdown goes on by itself. */
const REFRESH_MS = 5000;
const nobody: ReadonlyMap<string, UnitProgress> = new Map();

/** The way, the arrival and the position of each unit that was sent to the incident, by its id; empty until known. */
export function useProgress(incident: Incident | undefined): ReadonlyMap<string, UnitProgress> {
  const isAsked = incident !== undefined && (incident.engagements ?? []).some(isEngaged);
  const asked = isAsked ? { incidentId: incident.id } : undefined;
  const answer = useAnswer('dispatch.progress', asked, REFRESH_MS, incident?.changedAtMs);
  return isAsked && answer.state === 'done' ? new Map(answer.value.units.map((unit) => [unit.unitId, unit])) : nobody;
}

/** The way of a unit that was sent, with its name and its countdown, as the map draws it. */
export const sentWay = ({ unitId, name, arrival }: UnitProgress, nowMs: number): MapWay | undefined =>
  arrival === undefined
    ? undefined
    : {
        path: arrival.route,
        isStrong: true,
        unit: { id: unitId, label: `${name} ${formatElapsed(Math.max(0, arrival.atMs - nowMs))}` },
      };

/** Draws the ways of the units that were sent, and `more` ways, on the map as long as the component is shown. */
export function useSentWays(progress: ReadonlyMap<string, UnitProgress>, more: readonly MapWay[]): void {
  const { ways } = useSelection();
  const nowMs = useNow(1000) ?? 0;
  const sent = [...progress.values()].flatMap((unit) => sentWay(unit, nowMs) ?? []);
  // Compared by value, so that the map is redrawn only when something has changed.
  const drawn = JSON.stringify([...more, ...sent]);
  useEffect(() => ways.set(JSON.parse(drawn) as MapWay[]), [ways, drawn]);
  useEffect(() => () => ways.set([]), [ways]);
}
