import type { Hit } from './useSearch.ts';

const headings = {
  incident: 'Incidents',
  alarm: 'Alarms',
  county: 'In the county',
  person: 'People',
  log: 'What people did',
} as const satisfies Record<Hit['group'], string>;

/** Hits beneath their headings, in the order in which the engine gave them. */
export function groupHits(hits: readonly Hit[]): { heading: string; members: Hit[] }[] {
  const groups = new Map<Hit['group'], Hit[]>();
  for (const hit of hits) groups.set(hit.group, [...(groups.get(hit.group) ?? []), hit]);
  return [...groups].map(([group, members]) => ({ heading: headings[group], members }));
}
