import type { Alarm, AlarmPriority, Subject } from '../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';

/** The part that an alarm or an incident can have in a chain of causes. */
export type Role =
  | 'queue'
  | 'outage'
  | 'supply'
  | 'burst'
  | 'late'
  | 'bunching'
  | 'roadReport'
  | 'powerReport'
  | 'waterReport'
  | 'broker'
  | 'feed';

/** One thing that is known and may belong to others: an alarm, or an open incident. */
export type Clue = {
  /** The alarm's id, or the incident's. */
  id: string;
  roles: readonly Role[];
  /** A clue with a smaller rank explains more of the others. */
  rank: number;
  atMs: number;
  title: string;
  place: string;
  priority: AlarmPriority;
  lon?: number;
  lat?: number;
  subject?: Subject;
  /** Whether it reports a crash itself, so that it needs no other explanation. */
  isCrash: boolean;
  /** What a report is about, where its category says so; a jam is one topic, whatever it is called. */
  topic: string;
  alarm?: Alarm;
  incident?: Incident;
};

const ranks: Record<Role, number> = {
  outage: 0,
  burst: 0,
  broker: 0,
  queue: 1,
  supply: 2,
  feed: 2,
  bunching: 3,
  late: 3,
  roadReport: 4,
  powerReport: 4,
  waterReport: 4,
};

const roleOfRule: Readonly<Record<string, Role>> = {
  'traffic.queue': 'queue',
  'electricity.outage': 'outage',
  'electricity.loadLost': 'outage',
  'electricity.singleMeters': 'supply',
  'electricity.voltage': 'supply',
  'water.burst': 'burst',
  'water.highInflow': 'burst',
  'transit.veryLate': 'late',
  'transit.bunching': 'bunching',
  'transit.unmatched': 'feed',
  'transit.feedOutage': 'feed',
  'transit.feedClock': 'feed',
  'transit.timetableValid': 'feed',
  'system.feedQuiet': 'feed',
  'system.broker': 'broker',
};

const REPORT = 'citizen.report';

/** What a report is about: by its category, else by its words. */
const topics: readonly { role: Role; category: RegExp; words: RegExp }[] = [
  {
    role: 'roadReport',
    category: /crash|accident|collision|traffic|congestion|debris|signal|road/i,
    words: /crash|accident|collision|standing still|traffic jam|lanes? (is |are )?(blocked|closed)/i,
  },
  { role: 'powerReport', category: /power|electric|outage/i, words: /no power|power (is )?(out|off|gone)|blackout/i },
  {
    role: 'waterReport',
    category: /water|flood|hydrant/i,
    words: /water (is )?(on|in|over|coming|running)|no water|flood|burst/i,
  },
];

const CRASH_WORDS = /\bcrash|collision|accident/i;
const JAM_WORDS = /crash|collision|accident|traffic|congestion/i;

const topicOf = (title: string): string => (JAM_WORDS.test(title) ? 'jam' : title);

function reportRoles({ title, cause }: Alarm): Role[] {
  const byCategory = topics.filter(({ category }) => category.test(title)).map(({ role }) => role);
  return byCategory.length > 0 ? byCategory : topics.filter(({ words }) => words.test(cause)).map(({ role }) => role);
}

const bestRank = (roles: readonly Role[]): number => Math.min(...roles.map((role) => ranks[role]));
const placeOf = ({
  lon,
  lat,
}: {
  lon?: number | undefined;
  lat?: number | undefined;
}): { lon?: number; lat?: number } => (lon !== undefined && lat !== undefined ? { lon, lat } : {});

/** Whether an alarm may be a clue by its rule; of a citizen's report the words decide afterwards. */
export const mayBeClue = ({ rule }: Alarm): boolean => rule === REPORT || Object.hasOwn(roleOfRule, rule);

/** The clue that an alarm gives; undefined where no rule knows it as a cause or an effect. */
export function clueOfAlarm(alarm: Alarm): Clue | undefined {
  const role = roleOfRule[alarm.rule];
  const roles = alarm.rule === REPORT ? reportRoles(alarm) : role === undefined ? [] : [role];
  if (roles.length === 0) return undefined;
  const { id, raisedAtMs, title, place, priority, subject } = alarm;
  const isCrash = CRASH_WORDS.test(`${title} ${alarm.domain === 'citizen' ? alarm.cause : ''}`);
  return {
    id,
    roles,
    rank: bestRank(roles),
    atMs: raisedAtMs,
    title,
    place,
    priority,
    subject,
    isCrash,
    topic: topicOf(title),
    alarm,
    ...placeOf(alarm),
  };
}

/** An incident has the roles of its type; without an area of its own it counts as somebody's report from a place. */
function incidentRoles({ type, subject }: Incident): Role[] {
  switch (type) {
    case 'crash':
    case 'stalledVehicle':
    case 'debris':
    case 'congestion':
      return ['queue', 'roadReport'];
    case 'powerOutage':
      return [subject?.kind === 'feeder' ? 'outage' : 'powerReport'];
    case 'waterMain':
    case 'leak':
      return [subject?.kind === 'zone' ? 'burst' : 'waterReport'];
    case 'transit':
      return [subject?.kind === 'route' ? 'bunching' : 'late'];
    case 'meter':
    case 'sensor':
    case 'citizen':
    case 'other':
      return [];
  }
}

/** An open incident, beside its alarms, as something that others may belong to. */
export function clueOfIncident(incident: Incident): Clue {
  const { id, title, place, priority, subject, milestones, openedAtMs } = incident;
  const roles = incidentRoles(incident);
  return {
    id,
    roles,
    rank: roles.length === 0 ? 9 : bestRank(roles),
    atMs: Math.min(openedAtMs, milestones.T1?.atMs ?? openedAtMs),
    title,
    place,
    priority,
    isCrash: incident.type === 'crash',
    topic: roles.includes('queue') ? 'jam' : title,
    incident,
    ...placeOf(incident),
    ...(subject !== undefined && { subject }),
  };
}
