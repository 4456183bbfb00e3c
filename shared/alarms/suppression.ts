import type { Alarm, Subject } from './alarm.ts';
import type { AlarmRule } from './alarmRules.ts';
import { isGroupOfFeed } from './causeGroup.ts';

/** How cause and effect are known to belong together. */
type Relation = 'sameSubject' | 'sameGroup' | 'anywhere';
type Rule = {
  effect: AlarmRule;
  cause: AlarmRule;
  relation: Relation;
  /** Only where the effect is the silence of a feed's devices, and not some other trouble of them. */
  isSilence?: true;
};

/**
 * Suppressed by design: alarms that only tell once more what another active alarm tells, each with its reason to be
 * here. An alarm is never suppressed by one that is less urgent, nor by one that is out of service and so not to be
 * believed.
 */
const rules: readonly Rule[] = [
  // Meters without voltage, and what they do to sums and voltage, under an open feeder.
  { effect: 'electricity.singleMeters', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'electricity.voltage', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'electricity.loadLost', cause: 'electricity.outage', relation: 'sameSubject' },
  { effect: 'maintenance.meters', cause: 'electricity.outage', relation: 'sameSubject', isSilence: true },
  // The leak that the night saw is the main that burst.
  { effect: 'water.nightFlow', cause: 'water.burst', relation: 'sameSubject' },
  { effect: 'water.nightFlow', cause: 'water.highInflow', relation: 'sameSubject' },
  { effect: 'water.highInflow', cause: 'water.burst', relation: 'sameSubject' },
  // One late vehicle of a route that is late.
  { effect: 'transit.veryLate', cause: 'transit.veryLate', relation: 'sameGroup' },
  // What hangs on a feed that has failed.
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

/** Where the cause is to be looked for. */
function placeOf({ cause, relation }: Rule, { subject }: Facts, causeGroup: string): string {
  if (relation === 'anywhere') return cause;
  return relation === 'sameSubject' ? subjectPlace(cause, subject) : groupPlace(cause, causeGroup);
}

/** Whether an alarm of this rule can be the cause of others. */
export const isCause = (rule: string): boolean => causes.has(rule);

/** Whether an alarm of this rule can be suppressed at all. */
export const isSuppressible = (rule: string): boolean => byEffect.has(rule);

/** The places at which a cause is to be found by its effects. */
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

/** The most urgent comes first, and of two alike always the same one. */
const comesBefore = (a: Facts, b: Facts): boolean =>
  a.priority < b.priority || (a.priority === b.priority && a.subject.id < b.subject.id);

/**
 * Why an alarm is suppressed, as a sentence; undefined where nothing suppresses it. `causesAt`: the causes that stand
 * now, by their places.
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
