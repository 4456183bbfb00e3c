import { incidentTypeSchema, milestoneSchema } from '../../../shared/incidents/incident.ts';
import type { ClaimValue } from '../../../shared/incidents/commands/incidentCommand.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { milestoneNames } from '../../../shared/incidents/milestones.ts';

const names: Readonly<Record<string, string>> = {
  assignee: 'Assigned to',
  title: 'What',
  type: 'Type',
  priority: 'Priority',
  place: 'Where',
  end: 'Outcome',
  customers: 'Customers without service',
  publicMessage: 'Public message',
  mergedInto: 'Merged into',
  primaryId: 'Secondary to',
};

/** What a conflict is about. */
export function conflictName(field: string): string {
  const milestone = milestoneSchema.safeParse(field);
  return milestone.success ? `${milestoneNames[milestone.data]} (${milestone.data})` : (names[field] ?? field);
}

/** The words for a claim that there is no value, by field. */
const noneWords: Readonly<Record<string, string>> = {
  end: 'it open',
  publicMessage: 'it withdrawn',
  mergedInto: 'it apart',
  primaryId: 'it independent',
};

/** The text of a claim, as it stands after "Keep"; `clock` formats a time of day. */
export function claimWords(field: string, value: ClaimValue, clock: (atMs: number) => string): string {
  if (value === null) return noneWords[field] ?? 'none';
  if (milestoneSchema.safeParse(field).success) return clock(Number(value));
  const type = field === 'type' ? incidentTypeSchema.safeParse(value) : undefined;
  if (type?.success === true) return incidentTypeNames[type.data];
  return field === 'priority' ? `priority ${value}` : `“${value}”`;
}
