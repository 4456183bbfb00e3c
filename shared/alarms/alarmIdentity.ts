import type { AlarmRef } from './alarm.ts';
import { subjectSchema } from './alarm.ts';

/**
 * Workstations judge the same data, but some seconds apart. Occurrences that lie no further apart than this are
 * compared as if they touched. Milliseconds.
 */
export const APART_MS = 60_000;

/** The key of an alarm: its rule and subject, which have at most one alarm at a time. */
export const alarmKey = ({ rule, subject }: Pick<AlarmRef, 'rule' | 'subject'>): string =>
  `${rule}|${subject.kind}|${subject.id}`;

/** The id of an alarm, `rule:kind:subject:onset`, the onset in base 36. */
export const alarmId = ({ rule, subject, raisedAtMs }: AlarmRef): string =>
  `${rule}:${subject.kind}:${subject.id}:${Math.round(raisedAtMs).toString(36)}`;

/**
 * The rule, subject and onset that an id names; undefined where the text is no such id. Ids that other workstations
 * made name the same alarm with another onset.
 */
export function parseAlarmId(id: string): AlarmRef | undefined {
  const [, rule, kind, subjectId, onset] = /^([^:]+):([^:]+):(.*):([0-9a-z]+)$/s.exec(id) ?? [];
  const subject = subjectSchema.safeParse({ kind, id: subjectId });
  const raisedAtMs = Number.parseInt(onset ?? '', 36);
  return rule === undefined || !subject.success || !Number.isFinite(raisedAtMs)
    ? undefined
    : { rule, subject: subject.data, raisedAtMs };
}

/** From when to when an alarm stood, as one workstation knows it; `toMs` is infinite while it does. */
export type Span = { fromMs: number; toMs: number };

/** The alarm that an occurrence belongs to: when it began, and the learnt spans that are the same alarm. */
export type SameAlarm<T extends Span> = { /** The earliest time known of it. */ onsetMs: number; learnt: T[] };

/**
 * The span, extended to the next own occurrence where that begins at most `APART_MS` later: a workstation may hear of
 * an alarm shortly before it finds the alarm itself.
 */
function reaching(span: Span, own: readonly Span[]): Span {
  if (own.some(({ fromMs, toMs }) => fromMs <= span.toMs && span.fromMs <= toMs)) return span;
  const next = own
    .filter(({ fromMs }) => fromMs > span.toMs && fromMs - span.toMs <= APART_MS)
    .sort((a, b) => a.fromMs - b.fromMs)[0];
  return next === undefined ? span : { fromMs: span.fromMs, toMs: next.fromMs };
}

/**
 * Finds what is the same alarm as the last of the `own` occurrences of a rule and subject: occurrences that overlap, on
 * whichever workstation, are one. `learnt`: spans that others referred to. The answer depends on the set of spans
 * alone, not on the order in which they became known. Throws a RangeError where `own` is empty.
 */
export function sameAlarm<T extends Span>(own: readonly Span[], learnt: readonly T[]): SameAlarm<T> {
  const last = own.at(-1);
  if (last === undefined) throw new RangeError('An alarm without an occurrence has no name.');
  const spans: { span: Span; learnt?: T }[] = [
    ...own.map((span) => ({ span })),
    ...learnt.map((each) => ({ span: reaching(each, own), learnt: each })),
  ];
  spans.sort((a, b) => a.span.fromMs - b.span.fromMs);
  let group: typeof spans = [];
  let toMs = Number.NEGATIVE_INFINITY;
  for (const each of spans) {
    if (each.span.fromMs > toMs) {
      if (group.some(({ span }) => span === last)) break;
      group = [];
    }
    group.push(each);
    toMs = Math.max(group.length === 1 ? each.span.toMs : toMs, each.span.toMs);
  }
  return { onsetMs: group[0]?.span.fromMs ?? last.fromMs, learnt: group.flatMap((each) => each.learnt ?? []) };
}
