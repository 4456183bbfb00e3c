import { incidentStatusSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { startOf } from './sortIncidents.ts';

export type BoardView = 'open' | 'mine' | 'review' | 'closed';

/**
 * Sorts the incidents of a view: open ones by status, priority and the longest clock; those that are over with the
 * newest first. A merged incident is left out, because the incident into which it was merged stands for it.
 */
export function boardRows(incidents: Iterable<Incident>, view: BoardView, me: string): Incident[] {
  const rows = [...incidents].filter((incident) => incident.mergedInto === undefined && isIn(incident, view, me));
  const isOver = view === 'review' || view === 'closed';
  return rows.sort(
    (a, b) =>
      (isOver
        ? (b.resolvedAtMs ?? 0) - (a.resolvedAtMs ?? 0)
        : rank(a) - rank(b) || a.priority - b.priority || startOf(a) - startOf(b)) || (a.id < b.id ? -1 : 1),
  );
}

const rank = ({ status }: Incident): number => incidentStatusSchema.options.indexOf(status);

function isIn({ status, assignee, handover, review }: Incident, view: BoardView, me: string): boolean {
  switch (view) {
    case 'open':
      return status !== 'resolved';
    case 'mine':
      return status !== 'resolved' && (assignee === me || handover?.to === me);
    case 'review':
      return status === 'resolved' && review === undefined;
    case 'closed':
      return review !== undefined;
  }
}
