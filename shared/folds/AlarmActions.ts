import type { Person } from '../people/person.ts';
import { entryId, hasSeen, orderEntries, workstationOf } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { RecordEvent } from '../record/recordEvent.ts';
import { SHELVE_LIMIT_MS } from '../alarms/alarm.ts';
import type { AlarmPriority, AlarmRef, ShelveMode } from '../alarms/alarm.ts';
import { alarmKey } from '../alarms/alarmIdentity.ts';
import type { Span } from '../alarms/alarmIdentity.ts';

type EventOf<K extends RecordEvent['kind']> = Extract<RecordEvent, { kind: K }>;

/** What the log knows of an alarm that this workstation may not have found itself. */
export type KeptAlarm = Pick<EventOf<'alarm.shelved'>, 'alarm' | 'title' | 'place' | 'domain' | 'priority'>;
/**
 * A time at which the alarm stood at another workstation, whether it was acknowledged there, and its most urgent
 * priority until then.
 */
export type Reference = Span & { acknowledged?: { by: string; atMs: number; priority: AlarmPriority } };
/** A shelving of an alarm: by whom, when and until when (UTC ms), why, and what is known of the alarm. */
export type Shelving = {
  by: string;
  atMs: number;
  untilMs: number;
  reason: string;
  mode: ShelveMode;
  about: KeptAlarm;
};
/** An alarm that was taken out of service: by whom, when (UTC ms) and why. */
export type OutOfService = { by: string; atMs: number; reason: string; about: KeptAlarm };

/**
 * What people did to the alarm of one rule and subject. `shelved` is the last shelving; whether it still counts depends
 * on the time.
 */
export type AlarmAction = { references: readonly Reference[]; shelved?: Shelving; outOfService?: OutOfService };

/**
 * The holder of an operating position, the workstation, and who took it at the same time without knowing of the holder.
 */
export type Holding = { person: Person; workstation: string; sinceMs: number; contestedBy?: string };

const POSITION = 'position|';
const NOTHING: AlarmAction = { references: [] };

/** The key of an id of an old version, which has no kind of subject: `rule:subject:onset`. */
function oldKey(id: string): { key: string; raisedAtMs: number } | undefined {
  const [, rule, subjectId, onset] = /^([^:]+):(.*):([0-9a-z]+)$/s.exec(id) ?? [];
  return rule === undefined || subjectId === undefined
    ? undefined
    : { key: `${rule}|?|${subjectId}`, raisedAtMs: Number.parseInt(onset ?? '', 36) };
}

/** The key of what an event is about: a rule and subject, or a position. */
function topicOf(event: RecordEvent): string | undefined {
  switch (event.kind) {
    case 'alarm.acknowledged':
      return event.alarm === undefined ? oldKey(event.alarmId ?? '')?.key : alarmKey(event.alarm);
    case 'alarm.shelved':
    case 'alarm.unshelved':
    case 'alarm.takenOutOfService':
    case 'alarm.returnedToService':
      return alarmKey(event.alarm);
    case 'position.taken':
    case 'position.released':
      return `${POSITION}${event.positionId}`;
    default:
      return undefined;
  }
}

const spanOf = (raisedAtMs: number, atMs: number): Span => ({ fromMs: raisedAtMs, toMs: Math.max(raisedAtMs, atMs) });

function referenceOf({ event, atMs, author }: LogEntry): Reference[] {
  if (event.kind === 'alarm.shelved') return event.mode === 'oneShot' ? [spanOf(event.alarm.raisedAtMs, atMs)] : [];
  if (event.kind !== 'alarm.acknowledged') return [];
  const raisedAtMs = event.alarm?.raisedAtMs ?? oldKey(event.alarmId ?? '')?.raisedAtMs ?? atMs;
  // Entries of old versions have no priority; they count as if the alarm had been the most urgent, so that it is not
  // asked about again.
  return [{ ...spanOf(raisedAtMs, atMs), acknowledged: { by: author.name, atMs, priority: event.priority ?? 1 } }];
}

const lastOf = <K extends RecordEvent['kind']>(
  entries: readonly LogEntry[],
  ...kinds: K[]
): (LogEntry & { event: EventOf<K> }) | undefined =>
  entries.findLast((entry): entry is LogEntry & { event: EventOf<K> } =>
    kinds.some((kind) => kind === entry.event.kind),
  );

const aboutOf = ({ alarm, title, place, domain, priority }: KeptAlarm): KeptAlarm => ({
  alarm,
  title,
  place,
  domain,
  priority,
});

/** Makes the state of one rule and subject of its entries, which are in the order of the log. */
function foldAction(entries: readonly LogEntry[]): AlarmAction {
  const shelving = lastOf(entries, 'alarm.shelved', 'alarm.unshelved');
  const service = lastOf(entries, 'alarm.takenOutOfService', 'alarm.returnedToService');
  const by = (entry: LogEntry): { by: string; atMs: number } => ({ by: entry.author.name, atMs: entry.atMs });
  return {
    references: entries.flatMap(referenceOf),
    ...(shelving?.event.kind === 'alarm.shelved' && {
      shelved: {
        ...by(shelving),
        untilMs: Math.min(shelving.event.untilMs, shelving.atMs + SHELVE_LIMIT_MS),
        reason: shelving.event.reason,
        mode: shelving.event.mode,
        about: aboutOf(shelving.event),
      },
    }),
    ...(service?.event.kind === 'alarm.takenOutOfService' && {
      outOfService: { ...by(service), reason: service.event.reason, about: aboutOf(service.event) },
    }),
  };
}

/** A person who signs out gives back the positions that he or she holds; a screen that locks itself does not. */
const isSignOut = ({ event }: LogEntry): boolean =>
  event.kind === 'session.closed' && (event.reason === 'signedOut' || event.reason === 'expired');

/** Makes the holding of a position of the entries about it and the ends of sessions, in the order of the log. */
function foldHolding(entries: readonly LogEntry[]): Holding | undefined {
  const last = entries.findLast(({ event }) => event.kind === 'position.taken' || event.kind === 'position.released');
  if (last?.event.kind !== 'position.taken') return undefined;
  if (entries.slice(entries.indexOf(last)).some((entry) => isSignOut(entry) && entry.author.id === last.author.id))
    return undefined;
  // Nobody may believe to hold what another person holds: the conflict is shown until one of them takes the position
  // again.
  const rival = entries.findLast(
    (entry) =>
      entry.event.kind === 'position.taken' &&
      entry.author.id !== last.author.id &&
      !hasSeen(last, entry) &&
      !hasSeen(entry, last),
  );
  return {
    person: last.author,
    workstation: workstationOf(last.sequence),
    sinceMs: last.atMs,
    ...(rival !== undefined && { contestedBy: rival.author.name }),
  };
}

/**
 * Whether a shelving still hides an alarm. A one-shot shelving hides only what is the same alarm (see `sameAlarm`),
 * given as `learnt`.
 */
export function isShelvedNow(
  shelved: Shelving | undefined,
  learnt: readonly Span[] | undefined,
  nowMs: number,
): shelved is Shelving {
  if (shelved === undefined || nowMs >= shelved.untilMs) return false;
  const { raisedAtMs } = shelved.about.alarm;
  return (
    shelved.mode === 'timed' ||
    learnt?.some(({ fromMs, toMs }) => fromMs === raisedAtMs && toMs === Math.max(raisedAtMs, shelved.atMs)) === true
  );
}

/**
 * The state of alarms and operating positions that people's actions make: a projection of the log. It depends on the
 * set of entries alone, not on their order, nor on how often an entry comes.
 */
export class AlarmActions {
  readonly #entries = new Map<string, Map<string, LogEntry>>();
  readonly #actions = new Map<string, AlarmAction>();
  readonly #positions = new Map<string, Holding>();
  readonly #signOuts = new Map<string, LogEntry>();
  #hasOld = false;

  /** Takes entries of the log, of any kind, and returns the rules and subjects that they concern. */
  apply(entries: readonly LogEntry[]): Pick<AlarmRef, 'rule' | 'subject'>[] {
    const topics = new Set<string>();
    const alarms = new Map<string, Pick<AlarmRef, 'rule' | 'subject'>>();
    for (const entry of entries) {
      if (isSignOut(entry)) {
        this.#signOuts.set(entryId(entry), entry);
        for (const topic of this.#entries.keys()) if (topic.startsWith(POSITION)) topics.add(topic);
      }
      const topic = topicOf(entry.event);
      if (topic === undefined) continue;
      topics.add(topic);
      this.#entriesOf(topic).set(entryId(entry), entry);
      if ('alarm' in entry.event && entry.event.alarm !== undefined) alarms.set(topic, entry.event.alarm);
      else if (entry.event.kind === 'alarm.acknowledged') this.#hasOld = true;
    }
    for (const topic of topics) this.#refold(topic);
    return [...alarms.values()].map(({ rule, subject }) => ({ rule, subject }));
  }

  of(ref: Pick<AlarmRef, 'rule' | 'subject'>): AlarmAction {
    const action = this.#actions.get(alarmKey(ref)) ?? NOTHING;
    const old = this.#hasOld ? this.#actions.get(`${ref.rule}|?|${ref.subject.id}`) : undefined;
    return old === undefined ? action : { ...action, references: [...old.references, ...action.references] };
  }

  /**
   * Alarms that are hidden whether their condition holds or not: those shelved until a time, and those out of service.
   */
  kept(nowMs: number): KeptAlarm[] {
    return [...this.#actions.values()].flatMap(
      ({ shelved, outOfService }) =>
        outOfService?.about ??
        (shelved?.mode === 'timed' && isShelvedNow(shelved, undefined, nowMs) ? shelved.about : []),
    );
  }

  /** The holding of a position; undefined where nobody holds it. */
  holding(positionId: string): Holding | undefined {
    return this.#positions.get(positionId);
  }

  #entriesOf(topic: string): Map<string, LogEntry> {
    const known = this.#entries.get(topic) ?? new Map<string, LogEntry>();
    this.#entries.set(topic, known);
    return known;
  }

  #refold(topic: string): void {
    if (!topic.startsWith(POSITION)) {
      this.#actions.set(topic, foldAction(orderEntries(this.#entriesOf(topic).values())));
      return;
    }
    const holding = foldHolding(orderEntries([...this.#entriesOf(topic).values(), ...this.#signOuts.values()]));
    if (holding === undefined) this.#positions.delete(topic.slice(POSITION.length));
    else this.#positions.set(topic.slice(POSITION.length), holding);
  }
}
