import { milestoneSchema } from '../../../shared/incidents/incident.ts';
import { milestoneNames } from '../../../shared/incidents/milestones.ts';

const names: Readonly<Record<string, string>> = {
  assignee: 'Assigned to', title: 'What', type: 'Type', priority: 'Priority', place: 'Where', end: 'Outcome', customers: 'Customers without service', publicMessage: 'Public message',
  mergedInto: 'Merged into', primaryId: 'Secondary to',
};

/** What a conflict is about. */
export function conflictName(field: string): string {
  const milestone = milestoneSchema.safeParse(field);
  return milestone.success ? `${milestoneNames[milestone.data]} (${milestone.data})` : (names[field] ?? field);
}
