import type { Alarm, Subject } from './alarm.ts';
import type { AlarmRule } from './alarmRules.ts';
import { isGroupOfFeed } from './causeGroup.ts';

/** How a rule finds the cause of an effect: at the same subject, in the same cause group, or anywhere. */
type Relation = 'sameSubject' | 'sameGroup' | 'anywhere';
type Rule = {
  effect: AlarmRule;
  cause: AlarmRule;
  relation: Relation;
  /** Applies only where the effect is the silence of a feed's devices, and not another fault of them. */
  isSilence?: true;
};

/**
 * Suppression by design: an alarm is suppressed where it only repeats what another active alarm reports; each rule is
 * here with its reason. An alarm is never suppressed by one that is less urgent, nor by one that is out of service and
 * therefore not to be believed.
 */
const rules: readonly Rule[] = [
  // An open feeder leaves meters without voltage and changes sums and voltages below it.
  { effect: 'electricity.singleMeters', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'electricity.voltage', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'electricity.loadLost', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'maintenance.meters', cause: 'electricity.outage', relation: 'sameSubject', isSilence: true },
  // The leak that the night flow showed is the main that has burst.
  { effect: 'water.nightFlow', cause: 'water.burst', relation: 'sameSubject' },
  { effect: 'water.nightFlow', cause: 'water.highInflow', relation: 'sameSubject' },
  { effect: 'water.highInflow', cause: 'water.burst', relation: 'sameSubject' },
  // A single late vehicle belongs to the alarm about its late route.
  { effect: 'transit.veryLate', cause: 'transit.veryLate', relation: 'sameGroup' },
  // These depend on a feed that has failed.
  { effect: 'maintenance.detector', cause: 'maintenance.detectorsSilent', relation: 'sameGroup' },
  { effect: 'maintenance.detector', cause: 'system.feedQuiet', relation: 'sameGroup' },
  { effect: 'maintenance.detectorsSilent', cause: 'system.feedQuiet', relation: 'sameSubject' },
  { effect: 'maintenance.meters', cause: 'system.feedQuiet', relation: 'sameGroup' },
  { effect: 'transit.feedOutage', cause: 'system.feedQuiet', relation: 'sameSubject' },
  { effect: 'system.feedQuiet', cause: 'system.broker', relation: 'anywhere' },
];

type Facts = Pick<Alarm, 'rule' | 'subject' | 'title' | 'priority'>;

const byEffect = new Map<string, Rule[]>();
for (const rule of rules) byEffect.set(rule.effect, [...(byEffect.get(rule.effect) ?? []), rule]);
const causes = new Set<string>(rules.map(({ cause }) => cause));

const subjectPlace = (rule: string, { kind, id }: Subject): string => `${rule}|subject|${kind}|${id}`;
const groupPlace = (rule: string, causeGroup: string): string => `${rule}|group|${causeGroup}`;

/** The place at which `causesAt` finds the cause of an effect. */
function placeOf({ cause, relation }: Rule, { subject }: Facts, causeGroup: string): string {
  if (relation === 'anywhere') return cause;
  return relation === 'sameSubject' ? subjectPlace(cause, subject) : groupPlace(cause, causeGroup);
}

/** Whether an alarm of this rule can be the cause of others. */
export const isCause = (rule: string): boolean => causes.has(rule);

/** Whether an alarm of this rule can be suppressed at all. */
export const isSuppressible = (rule: string): boolean => byEffect.has(rule);

/** All places under which a cause is listed, so that its effects find it. */
export const placesOfCause = (cause: Facts, causeGroup: string): string[] => [
  cause.rule,
  subjectPlace(cause.rule, cause.subject),
  groupPlace(cause.rule, causeGroup),
];

const rulesFor = ({ rule }: Facts, causeGroup: string): Rule[] =>
  (byEffect.get(rule) ?? []).filter(({ isSilence }) => isSilence === undefined || isGroupOfFeed(causeGroup));

/** The places at which an effect looks for its causes. */
export const placesOfEffect = (effect: Facts, causeGroup: string): string[] =>
  rulesFor(effect, causeGroup).map((rule) => placeOf(rule, effect, causeGroup));

/** The most urgent comes first; of two equally urgent ones it is always the same one. */
const comesBefore = (a: Facts, b: Facts): boolean =>
  a.priority < b.priority || (a.priority === b.priority && a.subject.id < b.subject.id);

/**
 * Why an alarm is suppressed, as a sentence; undefined where nothing suppresses it. `causesAt` returns the causes that
 * stand now at a place.
 */
export function reasonFor(
  effect: Facts,
  causeGroup: string,
  causesAt: (place: string) => Iterable<{ condition: Facts }>,
): string | undefined {
  for (const rule of rulesFor(effect, causeGroup)) {
    let first: Facts | undefined;
    for (const { condition } of causesAt(placeOf(rule, effect, causeGroup))) {
      // Of two alarms of one rule only the more urgent can be the cause.
      const isCauseOf =
        condition.rule === effect.rule ? condition.priority < effect.priority : condition.priority <= effect.priority;
      if (isCauseOf && (first === undefined || comesBefore(condition, first))) first = condition;
    }
    if (first !== undefined) return `Follows from “${first.title}”.`;
  }
  return undefined;
}
