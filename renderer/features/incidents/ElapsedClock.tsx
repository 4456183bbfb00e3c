import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useNow } from '../../client/hooks.ts';
import { formatElapsed } from '../../ui/formatTime.ts';
import { elapsedOf } from './sortIncidents.ts';

/** A clock that runs from first awareness and stops with the resolution. */
export function ElapsedClock({ incident }: { incident: Incident }): ReactNode {
  const nowMs = useNow(1000);
  return <b role="timer">{nowMs === undefined ? '–' : formatElapsed(elapsedOf(incident, nowMs))}</b>;
}
