import { engaged } from '../../incidents/engagement.ts';
import { defined } from '../../incidents/fields.ts';
import { statusOf } from '../../incidents/statusOf.ts';
import type { Engagement, Incident, Milestone } from '../../incidents/incident.ts';
import { milestoneSchema } from '../../incidents/incident.ts';

/** How incidents belong together, by id. */
export type Kin = {
  /** By the id of a merged incident: the incident that stands for it in the end. */
  rootOf: ReadonlyMap<string, string>;
  /** By the id of an incident: the incidents that were merged into it, without itself. */
  mergedFrom: ReadonlyMap<string, readonly string[]>;
  secondaries: ReadonlyMap<string, readonly string[]>;
};

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * Finds how the incidents belong together. Two people who did not know of each other may have merged two incidents into
 * each other: then the one with the lower id stays merged, and the other merger counts as not made until somebody
 * decides.
 */
export function kinOf(incidents: ReadonlyMap<string, Incident>): Kin {
  const targets = new Map<string, string>();
  const rootFrom = (id: string): string => {
    let root = id;
    for (let next = targets.get(root); next !== undefined; next = targets.get(root)) root = next;
    return root;
  };
  const merged = [...incidents.values()]
    .filter(({ mergedInto }) => mergedInto !== undefined && incidents.has(mergedInto))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, mergedInto = '' } of merged) if (rootFrom(mergedInto) !== id) targets.set(id, mergedInto);
  const rootOf = new Map([...targets.keys()].map((id) => [id, rootFrom(id)]));
  const mergedFrom = new Map<string, string[]>();
  for (const [id, root] of rootOf) add(mergedFrom, root, id);
  const secondaries = new Map<string, string[]>();
  for (const { id, primaryId } of incidents.values())
    if (primaryId !== undefined && primaryId !== id) add(secondaries, rootOf.get(primaryId) ?? primaryId, id);
  for (const list of [...mergedFrom.values(), ...secondaries.values()]) list.sort();
  return { rootOf, mergedFrom, secondaries };
}

/**
 * An incident as people see it: with everything of the incidents that were merged into it, each line and time with the
 * id of the one that it comes from; a merged incident counts as resolved. `incidents` are as `foldIncident` returns
 * them. Undoing a merger needs only its entry, because nothing was moved.
 */
export function viewIncident(id: string, incidents: ReadonlyMap<string, Incident>, kin: Kin): Incident | undefined {
  const own = incidents.get(id);
  if (own === undefined) return undefined;
  const root = kin.rootOf.get(id);
  if (root !== undefined) return merged(own, root);
  const { mergedInto: _notMade, ...rest } = own;
  const sources = (kin.mergedFrom.get(id) ?? []).flatMap((each) => incidents.get(each) ?? []);
  const whole = sources.length === 0 ? rest : joined(rest, sources);
  const secondaryIds = kin.secondaries.get(id);
  return secondaryIds === undefined ? whole : { ...whole, secondaryIds: [...secondaryIds] };
}

/** A merged incident has no work of its own. */
function merged(own: Incident, root: string): Incident {
  const mergedAtMs = own.log.findLast(({ kind }) => kind === 'incident.merged')?.atMs ?? own.changedAtMs;
  return {
    ...own,
    mergedInto: root,
    unitIds: [],
    status: 'resolved',
    resolvedAtMs: own.resolvedAtMs ?? mergedAtMs,
    outcome: own.outcome ?? `Merged into ${root}`,
  };
}

function joined(own: Incident, sources: readonly Incident[]): Incident {
  const all = [own, ...sources];
  const { milestones, otherMilestones } = joinMilestones(own, sources);
  const acknowledged = all.flatMap((each) => each.acknowledged ?? [])[0];
  const whole = defined({
    ...own,
    milestones,
    otherMilestones: otherMilestones.length === 0 ? undefined : otherMilestones,
    acknowledged,
    alarmIds: [...new Set(all.flatMap(({ alarmIds }) => alarmIds))],
    ...engaged(joinEngagements(all)),
    changedAtMs: Math.max(...all.map(({ changedAtMs }) => changedAtMs)),
    mergedFrom: sources.map(({ id }) => id),
    log: joinLogs(own, sources),
    checks: joinLists(all, 'checks', ({ itemId }) => itemId),
    calls: joinLists(all, 'calls', ({ contactId, atMs }) => `${contactId} ${atMs}`),
    notifications: joinLists(all, 'notifications', ({ id }) => id),
    closures: joinLists(all, 'closures', ({ linkId }) => linkId),
    diversions: joinLists(all, 'diversions', ({ id }) => id),
    alerts: joinLists(all, 'alerts', ({ id }) => id),
    attachments: joinLists(all, 'attachments', ({ hash }) => hash),
    outage: own.outage ?? sources.flatMap(({ outage }) => outage ?? [])[0],
  }) as Incident;
  return { ...whole, status: statusOf(whole) };
}

type ListField = 'checks' | 'calls' | 'notifications' | 'closures' | 'diversions' | 'alerts' | 'attachments';

/** Each item once; where several incidents have it, the first one's counts. */
function joinLists<F extends ListField>(
  all: readonly Incident[],
  field: F,
  keyOf: (item: NonNullable<Incident[F]>[number]) => string,
): Incident[F] | undefined {
  const byKey = new Map<string, NonNullable<Incident[F]>[number]>();
  for (const incident of all)
    for (const item of incident[field] ?? []) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return byKey.size === 0 ? undefined : ([...byKey.values()] as Incident[F]);
}

/** A unit that was ordered to several counts for the one from which it was heard last. */
function joinEngagements(all: readonly Incident[]): Engagement[] {
  const byUnit = new Map<string, Engagement>();
  for (const engagement of all.flatMap(({ engagements }) => engagements ?? [])) {
    const known = byUnit.get(engagement.unitId);
    if (known === undefined || engagement.atMs > known.atMs) byUnit.set(engagement.unitId, engagement);
  }
  return [...byUnit.values()];
}

/**
 * The incident's own times count; where one is missing, that of the first merged incident that has it. Times that
 * differ are kept beside them.
 */
function joinMilestones(
  own: Incident,
  sources: readonly Incident[],
): { milestones: Incident['milestones']; otherMilestones: NonNullable<Incident['otherMilestones']> } {
  const milestones: Partial<Record<Milestone, { atMs: number; by: string; source: string }>> = { ...own.milestones };
  const otherMilestones: NonNullable<Incident['otherMilestones']> = [];
  for (const milestone of milestoneSchema.options) {
    for (const { id, milestones: theirs } of sources) {
      const said = theirs[milestone];
      if (said === undefined) continue;
      if (milestones[milestone] === undefined) milestones[milestone] = { ...said, source: `${said.source} (${id})` };
      else otherMilestones.push({ milestone, incidentId: id, ...said });
    }
  }
  return { milestones, otherMilestones };
}

function joinLogs(own: Incident, sources: readonly Incident[]): Incident['log'] {
  const theirs = sources.flatMap(({ id, log }) => log.map((line) => ({ ...line, incidentId: id })));
  // No duplicates are removed: the line of a merger or split stands in the logs of both incidents.
  return [...own.log, ...theirs].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
