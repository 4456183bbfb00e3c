import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Incident, IncidentType } from '../../../shared/incidents/incident.ts';
import type { Proposal } from '../../../shared/proposals/proposal.ts';
import { isMeant, refusalOf } from '../../../shared/proposals/refusal.ts';
import type { Refusal } from '../../../shared/proposals/refusal.ts';
import { clueOfAlarm, clueOfIncident, mayBeClue } from './clue.ts';
import type { Clue, Role } from './clue.ts';
import type { CountyPlaces } from './CountyPlaces.ts';
import type { Tie } from './findTie.ts';
import { surest, ClueMatcher } from './ClueMatcher.ts';

export type Situation = {
  alarms: readonly Alarm[];
  /** Open ones; resolved ones are passed over. */
  incidents: readonly Incident[];
  refusals: readonly Refusal[];
  places: CountyPlaces;
  units: DisplayUnits;
  nowMs: number;
};

/** What belongs together already: one alarm, or an incident with its alarms. */
type Group = { id: string; clues: Clue[]; isIncident: boolean };
type Joint = { parent: Group; tie: Tie };

/** Alarms that have stood longer than this are not proposed. */
const OLDEST_MS = 24 * 3_600_000;
/** In a flood only the most urgent and newest alarms are looked at, because every pair costs time. */
const MOST_CLUES = 600;

const standing: ReadonlySet<Alarm['state']> = new Set(['active', 'acknowledged', 'returned']);

/** Alarms that may be proposed, the most urgent and newest of them. */
function cluesOf({ alarms, nowMs }: Situation): Clue[] {
  const news = Map.groupBy(
    alarms.filter(
      (alarm) =>
        mayBeClue(alarm) &&
        standing.has(alarm.state) &&
        alarm.domain !== 'maintenance' &&
        nowMs - alarm.raisedAtMs <= OLDEST_MS,
    ),
    ({ priority }) => priority,
  );
  const clues: Clue[] = [];
  for (const priority of [1, 2, 3, 4] as const) {
    // Of thousands of alarms, only those of the priorities that count are sorted.
    if (clues.length === MOST_CLUES) break;
    const ofPriority = (news.get(priority) ?? []).sort((a, b) => b.raisedAtMs - a.raisedAtMs || (a.id < b.id ? -1 : 1));
    for (const alarm of ofPriority) {
      const clue = clues.length === MOST_CLUES ? undefined : clueOfAlarm(alarm);
      if (clue !== undefined) clues.push(clue);
    }
  }
  return clues;
}

function groupsOf(situation: Situation, ties: ClueMatcher): Group[] {
  const { incidents } = situation;
  const open = incidents.filter(({ status, mergedInto }) => status !== 'resolved' && mergedInto === undefined);
  const mergers = new Map(incidents.map(({ id, mergedInto }) => [id, mergedInto]));
  const survivorOf = (id: string, seen: readonly string[] = []): string => {
    const into = mergers.get(id);
    return into === undefined || seen.includes(into) ? id : survivorOf(into, [...seen, id]);
  };
  const groups = new Map<string, Group>();
  for (const clue of ties.look([...open.map(clueOfIncident), ...cluesOf(situation)])) {
    const incidentId = clue.alarm?.incidentId;
    if (incidentId === undefined)
      groups.set(clue.id, { id: clue.id, clues: [clue], isIncident: clue.incident !== undefined });
    // Alarms that belonged to a resolved incident need no proposal.
    else groups.get(survivorOf(incidentId))?.clues.push(clue);
  }
  return [...groups.values()].sort(compareGroups);
}

const rankOf = ({ clues }: Group): number => Math.min(...clues.map(({ rank }) => rank));
const sinceOf = ({ clues }: Group): number => Math.min(...clues.map(({ atMs }) => atMs));

/**
 * The order in which groups explain others: an incident before alarms, what explains more before what explains less,
 * the earlier before the later.
 */
function compareGroups(a: Group, b: Group): number {
  return (
    Number(b.isIncident) - Number(a.isIncident) ||
    rankOf(a) - rankOf(b) ||
    sinceOf(a) - sinceOf(b) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Whether a person has split these two apart. */
function isCut(a: Clue, b: Clue, refusals: readonly Refusal[]): boolean {
  const isKept = (clue: Clue, { alarms, incidentIds }: Refusal): boolean =>
    (clue.alarm !== undefined && alarms.some((meant) => isMeant(meant, clue.alarm as Alarm))) ||
    incidentIds.includes(clue.incident?.id ?? clue.alarm?.incidentId ?? '');
  const isApart = ({ alarm }: Clue, { apart }: Refusal): boolean =>
    alarm !== undefined && (apart?.some((meant) => isMeant(meant, alarm)) ?? false);
  return refusals.some(
    (refusal) => (isKept(a, refusal) && isApart(b, refusal)) || (isKept(b, refusal) && isApart(a, refusal)),
  );
}

/** Queues in which people saw a crash; they need no other cause. */
function witnessedQueues(clues: readonly Clue[], ties: ClueMatcher): ReadonlySet<Clue> {
  return new Set(
    clues.filter(
      (queue) =>
        queue.roles.includes('queue') &&
        [...ties.of(queue).keys()].some(({ isCrash, roles }) => isCrash && roles.includes('roadReport')),
    ),
  );
}

/** A clue's group, its place among all groups, and the clue's place in it. */
type Stand = { group: Group; place: number; at: number };
type Explained = Stand & { tie: Tie };

const isBetter = (x: Explained, y: Explained): boolean =>
  x.tie.score > y.tie.score ||
  (x.tie.score === y.tie.score && (x.place < y.place || (x.place === y.place && x.at < y.at)));

/**
 * Each group joins the one that explains it best, among those that explain more; so there are no cycles, two causes are
 * not joined because they could share an effect, and the order of the alarms does not matter. Incidents join incidents
 * only.
 */
function joints(groups: readonly Group[], ties: ClueMatcher, { refusals }: Situation): Map<Group, Joint> {
  const splits = refusals.filter(({ apart }) => apart !== undefined);
  const witnessed = witnessedQueues(
    groups.flatMap(({ clues }) => clues),
    ties,
  );
  const isWitnessed = (queue: Clue): boolean => witnessed.has(queue);
  const stands = new Map<Clue, Stand>(
    groups.flatMap((group, place) => group.clues.map((clue, at) => [clue, { group, place, at }] as const)),
  );
  const best = (clue: Clue, below: number, before: Explained | undefined): Explained | undefined => {
    let found = before;
    // A plain loop, because in a flood a clue has ties to hundreds of others.
    for (const [other, all] of ties.of(clue)) {
      const parent = stands.get(other);
      const tie = parent === undefined || parent.place >= below ? undefined : surest(all, isWitnessed);
      if (parent === undefined || tie === undefined) continue;
      const explained = { ...parent, tie };
      if ((found === undefined || isBetter(explained, found)) && !isCut(other, clue, splits)) found = explained;
    }
    return found;
  };
  return new Map(
    groups.flatMap((group, place) => {
      const explained = group.clues.reduce<Explained | undefined>((found, clue) => best(clue, place, found), undefined);
      return explained === undefined ? [] : [[group, { parent: explained.group, tie: explained.tie }] as const];
    }),
  );
}

const typeOfRole: Record<Role, IncidentType> = {
  queue: 'congestion',
  outage: 'powerOutage',
  supply: 'powerOutage',
  burst: 'waterMain',
  late: 'transit',
  bunching: 'transit',
  roadReport: 'congestion',
  powerReport: 'powerOutage',
  waterReport: 'leak',
  broker: 'sensor',
  feed: 'sensor',
};

function typeOf(root: Clue, clues: readonly Clue[]): IncidentType {
  if (root.incident !== undefined) return root.incident.type;
  const role = root.roles[0];
  const type = role === undefined ? 'other' : typeOfRole[role];
  return type === 'congestion' && clues.some(({ isCrash }) => isCrash) ? 'crash' : type;
}

function tiesOf(members: readonly Group[], joined: ReadonlyMap<Group, Joint>): Proposal['ties'] {
  return members.flatMap((group) => {
    const joint = joined.get(group);
    if (joint === undefined) return [];
    const other = group.clues.includes(joint.tie.cause) ? joint.tie.effect : joint.tie.cause;
    return [
      { id: group.id, toId: other.id, toTitle: other.title, sentence: joint.tie.sentence, score: joint.tie.score },
    ];
  });
}

function toProposal(members: readonly Group[], joined: ReadonlyMap<Group, Joint>, { refusals }: Situation): Proposal[] {
  const clues = members.flatMap((group) => group.clues);
  const root = members[0]?.clues[0];
  if (root === undefined || members.length < 2) return [];
  const incidentIds = members.filter(({ isIncident }) => isIncident).map(({ id }) => id);
  const fresh = members
    .filter(({ isIncident }) => !isIncident)
    .flatMap((group) => group.clues.flatMap(({ alarm }) => alarm ?? []));
  const refused = refusalOf({ alarms: fresh, incidentIds }, refusals);
  if (refused?.holds === true) return [];
  const action = incidentIds.length === 0 ? 'open' : incidentIds.length === 1 ? 'add' : 'merge';
  const { lon, lat, subject, title, place } = root;
  return [
    {
      id: `${action}:${root.id}`,
      action,
      incidentIds,
      title,
      place,
      type: typeOf(root, clues),
      alarms: fresh.map(({ id, title: words, domain, priority, raisedAtMs }) => ({
        id,
        title: words,
        domain,
        priority,
        atMs: raisedAtMs,
      })),
      priority: clues.reduce<Clue['priority']>((most, { priority }) => (priority < most ? priority : most), 4),
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
      ...(subject !== undefined && { subject }),
      sinceMs: Math.min(...clues.map(({ atMs }) => atMs)),
      ties: tiesOf(members, joined),
      ...(refused !== undefined && {
        refusedBefore: { by: refused.refusal.by, atMs: refused.refusal.atMs, reason: refused.refusal.reason },
      }),
    },
  ];
}

/**
 * Alarms, and open incidents, that belong together by place, time and cause, each set as one proposed incident with the
 * reasons; the most urgent first. The same alarms, in whatever order, give the same proposals on every workstation.
 * `ties` remembers the last look, which makes this one cheaper without changing its result.
 */
export function propose(situation: Situation, ties = new ClueMatcher(situation.places, situation.units)): Proposal[] {
  const groups = groupsOf(situation, ties);
  const joined = joints(groups, ties, situation);
  const rootOf = (group: Group): Group => {
    const joint = joined.get(group);
    return joint === undefined ? group : rootOf(joint.parent);
  };
  const sets = Map.groupBy(groups, rootOf);
  return [...sets.values()]
    .flatMap((members) => toProposal(members, joined, situation))
    .sort((a, b) => a.priority - b.priority || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
}
