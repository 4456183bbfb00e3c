import { isOnRoad, measureName } from '../../../shared/incidents/serviceLevels.ts';
import type { ServiceClock, ServiceState } from '../../../shared/incidents/serviceLevels.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { formatElapsed } from '../../ui/formatTime.ts';

export const stateWords: Record<ServiceState, string> = {
  waiting: 'not begun',
  running: 'in time',
  warning: 'nearly out of time',
  missed: 'out of time',
  met: 'met',
  late: 'late',
  unmeasured: 'not measured',
};

/** Repeats what the colour says, for people who cannot see the colour. */
export const stateMarks: Record<ServiceState, string> = {
  waiting: '·',
  running: '○',
  warning: '◔',
  missed: '●',
  met: '✓',
  late: '✕',
  unmeasured: '–',
};

/** The text of a clock: "12:31 of 20 min" while it runs; "8 min" when it is over. */
export function clockText({ state, elapsedMs, targetMs }: ServiceClock): string {
  if (elapsedMs === undefined) return state === 'waiting' ? `${targetText(targetMs)} allowed` : '–';
  return `${formatElapsed(elapsedMs)} of ${targetText(targetMs)}`;
}

function targetText(targetMs: number): string {
  const minutes = Math.round(targetMs / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

export const clockName = (clock: ServiceClock, { type }: Incident): string =>
  measureName(clock.measure, isOnRoad(type));
