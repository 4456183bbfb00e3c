import type { AlarmPriority } from './alarm.ts';
import { responses } from './priorities.ts';
import type { Response, Severity } from './priorities.ts';

/** Why a rule has a priority. `when` distinguishes the grades of one rule. */
export type Grade = { severity: Severity; response: Response; when: string };

/**
 * All rules that raise alarms, rationalised (ISA-18.2): for each priority that a rule may have, the consequence and the
 * time to respond from which `priorityMatrix` derives it. A rule that is missing here has not been rationalised.
 */
export const alarmRules = {
  'electricity.outage': {
    1: {
      severity: 'severe',
      response: 'prompt',
      when: '500 customers or more: people on life support, signals and lifts are among them',
    },
    2: { severity: 'major', response: 'prompt', when: '10 customers or more' },
    3: { severity: 'moderate', response: 'soon', when: 'fewer than 10 customers' },
  },
  'electricity.loadLost': { 2: { severity: 'major', response: 'prompt', when: 'part of a feeder is probably dark' } },
  'electricity.voltage': {
    2: { severity: 'major', response: 'prompt', when: 'at the substation: every customer of the feeder' },
    3: { severity: 'moderate', response: 'soon', when: 'at some meters' },
  },
  'electricity.singleMeters': { 4: { severity: 'minor', response: 'soon', when: 'house connections' } },
  'water.burst': { 2: { severity: 'major', response: 'prompt', when: 'pressure is lost and roads are undermined' } },
  'water.highInflow': { 3: { severity: 'moderate', response: 'soon', when: 'pressure holds' } },
  'water.nightFlow': { 4: { severity: 'moderate', response: 'shift', when: 'a leak to be looked for by day' } },
  'water.continuousFlow': { 3: { severity: 'moderate', response: 'soon', when: 'a pipe has burst behind a meter' } },
  'traffic.queue': {
    2: { severity: 'major', response: 'prompt', when: 'standing on a freeway: the next crash happens at the tail' },
    3: { severity: 'moderate', response: 'prompt', when: 'slow on a freeway; standing or long elsewhere' },
    4: { severity: 'minor', response: 'soon', when: 'short and slow' },
  },
  'transit.bunching': { 3: { severity: 'moderate', response: 'prompt', when: 'passengers of one route' } },
  'transit.gap': { 4: { severity: 'minor', response: 'soon', when: 'passengers of one route wait twice as long' } },
  'transit.missedTrip': {
    3: { severity: 'moderate', response: 'prompt', when: 'three trips of a route or more' },
    4: { severity: 'minor', response: 'prompt', when: 'one or two trips' },
  },
  'transit.latePullOut': { 4: { severity: 'minor', response: 'prompt', when: 'one vehicle at its first stop' } },
  'transit.early': { 4: { severity: 'minor', response: 'soon', when: 'passengers miss one vehicle' } },
  'transit.unmatched': { 4: { severity: 'minor', response: 'shift', when: 'missing trips cannot be found' } },
  'transit.veryLate': {
    3: { severity: 'moderate', response: 'soon', when: 'three vehicles of a route or more' },
    4: { severity: 'minor', response: 'soon', when: 'one vehicle' },
  },
  'transit.feedClock': { 4: { severity: 'minor', response: 'shift', when: 'delays of a fleet cannot be judged' } },
  'transit.timetableValid': { 4: { severity: 'minor', response: 'shift', when: 'vehicles cannot be judged' } },
  'transit.feedOutage': { 3: { severity: 'moderate', response: 'soon', when: 'positions and delays are old' } },
  'citizen.report': { 3: { severity: 'moderate', response: 'prompt', when: 'what a person saw is not verified yet' } },
  'incident.serviceLevel': {
    2: { severity: 'moderate', response: 'immediate', when: 'the time agreed on has passed' },
    3: { severity: 'moderate', response: 'prompt', when: 'the time agreed on is nearly over' },
  },
  'dispatch.notAccepted': {
    1: { severity: 'severe', response: 'immediate', when: 'nobody is on the way to an incident of priority 1' },
    2: { severity: 'major', response: 'immediate', when: 'to one of priority 2' },
    3: { severity: 'minor', response: 'immediate', when: 'to one of priority 3' },
    4: { severity: 'minor', response: 'prompt', when: 'to one of priority 4' },
  },
  'system.broker': { 2: { severity: 'major', response: 'prompt', when: 'the picture stands still' } },
  'system.store': { 2: { severity: 'major', response: 'prompt', when: 'nothing is kept' } },
  'system.disk': {
    2: { severity: 'major', response: 'prompt', when: 'full: telemetry is not kept' },
    3: { severity: 'moderate', response: 'soon', when: 'nearly full' },
  },
  'system.display': { 3: { severity: 'moderate', response: 'soon', when: 'an old picture hangs on the wall' } },
  'system.domainFault': { 2: { severity: 'major', response: 'prompt', when: 'a part of the picture is not judged' } },
  'system.feedQuiet': { 3: { severity: 'moderate', response: 'prompt', when: 'part of the picture is old' } },
  'system.playbook': { 4: { severity: 'minor', response: 'shift', when: 'the last good one stays in use' } },
  'system.notifications': {
    4: { severity: 'minor', response: 'shift', when: 'people have to notify others meanwhile' },
  },
  'maintenance.backup': { 4: { severity: 'minor', response: 'shift', when: 'the work of some days has no copy' } },
  'maintenance.certificate': {
    3: { severity: 'moderate', response: 'soon', when: 'it has ended: devices or people are refused' },
    4: { severity: 'minor', response: 'shift', when: 'it ends within 30 days' },
  },
  'maintenance.detectorsSilent': {
    3: { severity: 'moderate', response: 'soon', when: 'queues are not seen on many roads' },
  },
  'maintenance.detector': { 4: { severity: 'minor', response: 'shift', when: 'one road is not watched' } },
  'maintenance.meters': { 4: { severity: 'minor', response: 'shift', when: 'consumption is not measured rightly' } },
} as const satisfies Record<string, Partial<Record<AlarmPriority, Grade>>>;

/** The name of a rule that raises alarms, such as `traffic.queue`. */
export type AlarmRule = keyof typeof alarmRules;

const table: Record<string, Partial<Record<AlarmPriority, Grade>>> = alarmRules;
/**
 * Whether this version has a rule of that name: a rule from another version's files or workstation may be unknown here.
 */
export const isAlarmRule = (rule: string): rule is AlarmRule => Object.hasOwn(alarmRules, rule);

/** The usual time to respond by priority, where a rule's own grade is not known. */
const usualResponse = { 1: 'prompt', 2: 'prompt', 3: 'soon', 4: 'shift' } as const satisfies Record<
  AlarmPriority,
  Response
>;

/** Why a rule has a priority; undefined where it should not have it. */
export const gradeOf = (rule: string, priority: AlarmPriority): Grade | undefined => table[rule]?.[priority];

/** The time within which a person must respond to an alarm of this rule and priority, in ms. */
export const respondWithinMs = (rule: string, priority: AlarmPriority): number =>
  responses[gradeOf(rule, priority)?.response ?? usualResponse[priority]];
