import type { Incident, IncidentStatus, Milestone } from '../../incidents/incident.ts';
import { milestoneNames } from '../../incidents/milestones.ts';
import type { Change, EntryOf, EventOf } from './change.ts';

type MilestoneEntry = { atMs: number; by: string; source: string };

/** Marks milestones that a unit's report brought; these never overrule what a person said. */
export const UNIT_SOURCE = 'unit ';

/**
 * First write wins, unless a person corrects it. The last unit to leave is the exception: a later one replaces an
 * earlier one.
 */
export function withMilestone(
  incident: Incident,
  milestone: Milestone,
  entry: MilestoneEntry,
): Pick<Change['fields'], 'milestones'> {
  const known = incident.milestones[milestone];
  const isByUnit = entry.source.startsWith(UNIT_SOURCE);
  const isLaterDeparture = milestone === 'T6' && known?.source.startsWith(UNIT_SOURCE) === true;
  return known !== undefined && isByUnit && !isLaterDeparture
    ? {}
    : { milestones: { ...incident.milestones, [milestone]: entry } };
}

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000))} min`;

/** A person gives, or corrects, the time of a milestone. */
export function changeMilestone(
  incident: Incident,
  { event: { milestone, atMs, source }, ...entry }: EntryOf<EventOf<'incident.milestone'>>,
): Change {
  const known = incident.milestones[milestone];
  const earlierMs = entry.atMs - atMs;
  const when = earlierMs >= 30_000 ? `, ${minutes(earlierMs)} before this entry` : '';
  const fields = withMilestone(incident, milestone, { atMs, by: entry.author.name, source });
  const correction =
    known === undefined || fields.milestones === undefined ? '' : `; corrects what was given by ${known.by}`;
  return { fields, text: `${milestoneNames[milestone]} (${milestone})${when}${correction}` };
}

/** A milestone that was taken wrongly is taken back: it is not known again. */
export function withdrawMilestone(
  incident: Incident,
  { event: { milestone, reason } }: EntryOf<EventOf<'incident.milestoneWithdrawn'>>,
): Change {
  const { [milestone]: _withdrawn, ...milestones } = incident.milestones;
  return { fields: { milestones }, text: `${milestoneNames[milestone]} (${milestone}) taken back: ${reason}` };
}

/**
 * The furthest point that the incident has reached. The last unit may have left before the lanes are open; cleared it
 * is only when both are so.
 */
export function statusOf({
  resolvedAtMs,
  milestones,
  acknowledged,
}: Pick<Incident, 'resolvedAtMs' | 'milestones' | 'acknowledged'>): IncidentStatus {
  if (resolvedAtMs !== undefined) return 'resolved';
  const { T2, T3, T4, T5, T6, T7 } = milestones;
  if (T7) return 'recovered';
  if (T5) return T6 ? 'cleared' : 'restored';
  if (T4) return 'onScene';
  if (T3) return 'dispatched';
  if (T2) return 'verified';
  return acknowledged ? 'acknowledged' : 'reported';
}
