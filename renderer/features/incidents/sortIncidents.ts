import type { Incident } from '../../../shared/incidents/incident.ts';

export type Queue = { open: Incident[]; resolved: Incident[] };

/**
 * Sorts open incidents by priority and then by the longest clock, and resolved ones with the newest first. The id is
 * the tie-break.
 */
export function sortIncidents(incidents: Iterable<Incident>): Queue {
  const all = [...incidents];
  return {
    open: all
      .filter(({ status }) => status !== 'resolved')
      .sort((a, b) => a.priority - b.priority || startOf(a) - startOf(b) || a.id.localeCompare(b.id)),
    resolved: all
      .filter(({ status }) => status === 'resolved')
      .sort((a, b) => endOf(b) - endOf(a) || a.id.localeCompare(b.id)),
  };
}

/** Where the clock starts: first awareness (T1), which may be earlier than the opening of the incident. */
export const startOf = (incident: Incident): number => incident.milestones.T1?.atMs ?? incident.openedAtMs;

const endOf = (incident: Incident): number => incident.resolvedAtMs ?? incident.changedAtMs;

/** What the clock shows: running from T1 until the incident is resolved. */
export const elapsedOf = (incident: Incident, nowMs: number): number =>
  (incident.resolvedAtMs ?? nowMs) - startOf(incident);
