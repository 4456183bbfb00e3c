import type { Alarm, AlarmState, StandingState } from '../../../shared/alarms/alarm.ts';
import { chatterOf } from '../../../shared/alarms/activations.ts';
import { isShelvedNow } from '../../../shared/folds/AlarmActions.ts';
import type { AlarmAction, OutOfService, Reference, Shelving } from '../../../shared/folds/AlarmActions.ts';
import { alarmId, sameAlarm } from '../../../shared/alarms/alarmIdentity.ts';
import type { SameAlarm } from '../../../shared/alarms/alarmIdentity.ts';
import { respondWithinMs } from '../../../shared/alarms/alarmRules.ts';
import { shownState, standingState } from '../../../shared/alarms/alarmStates.ts';
import { positionOf } from '../../../shared/alarms/positions.ts';
import type { Position } from '../../../shared/alarms/positions.ts';
import { hasLapsed } from './alarmEntry.ts';
import type { AlarmEntry, Occurrence } from './alarmEntry.ts';

type Surroundings = {
  action: AlarmAction;
  activatedAtMs: readonly number[];
  positions: readonly Position[];
  nowMs: number;
};
type Acknowledged = NonNullable<Reference['acknowledged']>;

/** Spans of past occurrences that are kept per entry. */
const MOST_PAST = 20;

function sameAs(
  { past }: AlarmEntry,
  { fromMs }: Occurrence,
  references: AlarmAction['references'],
): SameAlarm<Reference> {
  return references.length === 0
    ? { onsetMs: fromMs, learnt: [] }
    : sameAlarm([...past, { fromMs, toMs: Number.POSITIVE_INFINITY }], references);
}

/**
 * The first acknowledgement that counts. One does not count where the alarm has since been more urgent than the person
 * saw it.
 */
function acknowledgement(
  { worst, acknowledged }: Occurrence,
  { learnt }: SameAlarm<Reference>,
): Acknowledged | undefined {
  return [
    ...learnt.flatMap((each) => each.acknowledged ?? []),
    ...(acknowledged === undefined ? [] : [acknowledged]),
  ].find(({ priority }) => priority <= worst);
}

function close(entry: AlarmEntry, { fromMs, returnedAtMs }: Occurrence, nowMs: number): void {
  entry.past = [...entry.past.slice(1 - MOST_PAST), { fromMs, toMs: returnedAtMs ?? nowMs }];
  entry.occurrence = undefined;
  entry.suppressedBy = undefined;
}

function restlessPart(
  { stayedMs, occurrence }: AlarmEntry,
  activatedAtMs: readonly number[],
): Pick<Alarm, 'chatter' | 'activations'> {
  if (occurrence === undefined) return {};
  const chatter = chatterOf(activatedAtMs, stayedMs);
  return {
    ...(chatter !== undefined && { chatter }),
    ...(activatedAtMs.length > 1 && { activations: activatedAtMs.length }),
  };
}

/** What is known of the condition, and what follows from it. */
function factsPart(
  { condition, group }: AlarmEntry,
  positions: readonly Position[],
): Omit<Alarm, 'id' | 'state' | 'raisedAtMs' | 'changedAtMs'> {
  const { onDelayMs: _on, offDelayMs: _off, isInDeadband: _band, ...facts } = condition;
  return {
    ...facts,
    isLatching: facts.isLatching ?? true,
    causeGroup: group,
    position: positionOf(positions, facts.domain),
    respondWithinMs: respondWithinMs(facts.rule, facts.priority),
  };
}

/** What people did about it. */
function actionsPart({
  shelved,
  outOfService,
  acknowledged,
}: Judgement): Pick<Alarm, 'shelved' | 'outOfService' | 'acknowledgedAtMs' | 'acknowledgedBy'> {
  return {
    ...(shelved !== undefined && {
      shelved: {
        by: shelved.by,
        atMs: shelved.atMs,
        untilMs: shelved.untilMs,
        reason: shelved.reason,
        mode: shelved.mode,
      },
    }),
    ...(outOfService !== undefined && {
      outOfService: { by: outOfService.by, atMs: outOfService.atMs, reason: outOfService.reason },
    }),
    ...(acknowledged !== undefined && { acknowledgedAtMs: acknowledged.atMs, acknowledgedBy: acknowledged.by }),
  };
}

function occurrencePart({
  occurrence,
  suppressedBy,
}: AlarmEntry): Pick<Alarm, 'returnedAtMs' | 'incidentId' | 'suppressedBy'> {
  return {
    ...(suppressedBy !== undefined && { suppressedBy }),
    ...(occurrence?.returnedAtMs !== undefined && { returnedAtMs: occurrence.returnedAtMs }),
    ...(occurrence?.incidentId !== undefined && { incidentId: occurrence.incidentId }),
  };
}

/** What follows from the facts and from people's actions, before an alarm is made from it. */
type Judgement = {
  standing: StandingState | 'cleared';
  state: AlarmState;
  isHidden: boolean;
  onsetMs: number | undefined;
  shelved: Shelving | undefined;
  outOfService: OutOfService | undefined;
  acknowledged: Acknowledged | undefined;
};

function judge(entry: AlarmEntry, action: AlarmAction, nowMs: number): Judgement {
  const { occurrence, suppressedBy } = entry;
  const same = occurrence && sameAs(entry, occurrence, action.references);
  const shelved = isShelvedNow(action.shelved, same?.learnt, nowMs) ? action.shelved : undefined;
  const { outOfService } = action;
  const hidden = {
    isOutOfService: outOfService !== undefined,
    isShelved: shelved !== undefined,
    isSuppressed: suppressedBy !== undefined,
  };
  const isHidden = hidden.isOutOfService || hidden.isShelved || hidden.isSuppressed;
  const acknowledged = occurrence && same && acknowledgement(occurrence, same);
  const isLatching = (entry.condition.isLatching ?? true) && !isHidden && !hasLapsed(entry, nowMs);
  const standing =
    occurrence === undefined
      ? 'cleared'
      : standingState({
          isActive: occurrence.returnedAtMs === undefined,
          isAcknowledged: acknowledged !== undefined,
          isLatching,
        });
  if (standing !== 'cleared')
    return {
      standing,
      state: shownState(standing, hidden),
      isHidden,
      onsetMs: same?.onsetMs,
      shelved,
      outOfService,
      acknowledged,
    };
  // One-shot shelving ends when the condition has gone back to normal.
  const kept = shelved?.mode === 'timed' ? shelved : undefined;
  return {
    standing,
    state: shownState(standing, { ...hidden, isShelved: kept !== undefined }),
    isHidden: true,
    onsetMs: (outOfService ?? kept)?.about.alarm.raisedAtMs,
    shelved: kept,
    outOfService,
    acknowledged: undefined,
  };
}

/**
 * The alarm as people see it, from the facts and from people's actions; undefined where there is nothing to see. Ends
 * the occurrence of an entry that is over: a hidden alarm that went away needs nobody's acknowledgement.
 */
export function showAlarm(
  entry: AlarmEntry,
  { action, activatedAtMs, positions, nowMs }: Surroundings,
): Alarm | undefined {
  const judgement = judge(entry, action, nowMs);
  const { standing, state, isHidden } = judgement;
  if (entry.occurrence !== undefined && standing === 'cleared') close(entry, entry.occurrence, nowMs);
  if (state === 'cleared') return undefined;
  const { rule, subject } = entry.condition;
  const raisedAtMs = judgement.onsetMs ?? nowMs;
  return {
    ...factsPart(entry, positions),
    ...restlessPart(entry, activatedAtMs),
    id: alarmId({ rule, subject, raisedAtMs }),
    state,
    raisedAtMs,
    changedAtMs: nowMs,
    ...(isHidden && standing !== 'cleared' && { wasState: standing }),
    ...actionsPart(judgement),
    ...occurrencePart(entry),
  };
}
