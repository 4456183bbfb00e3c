import { describeCount, describeDuration, describeSpeed, formatDistance } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { delayRate } from '../../../../shared/traffic/delayRate.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Held } from './incidents/IncidentWatch.ts';
import type { LinkState } from './LinkState.ts';
import { describeQueueEnd } from './queueForecast.ts';
import type { Queue } from './QueueTracker.ts';
import type { TrafficState } from './TrafficState.ts';

/** Below this share of free flow, traffic stands more than it moves. */
const STANDING_RATIO = 0.3;
const LONG_LINKS = 3;

/**
 * Priority 1 is reserved for a known danger to life (an outage that leaves thousands without power); a queue is only a
 * hint of a crash. Standing traffic on a freeway has priority 2, because the next crash happens at its tail; a slow
 * freeway and standing or long queues elsewhere have priority 3; the rest has priority 4.
 */
function priorityOf(front: LinkState, slowestRatio: number, queue: Queue): AlarmPriority {
  const isStanding = slowestRatio < STANDING_RATIO;
  if (front.link.roadClass === 'freeway') return isStanding ? 2 : 3;
  return isStanding || queue.links.length >= LONG_LINKS ? 3 : 4;
}

type Facts = {
  front: LinkState;
  links: LinkState[];
  slowestRatio: number;
  typicalMps: number | undefined;
  downstream: LinkState | undefined;
  /** What incident detection says of its links, the most certain verdict. */
  incident: Held;
  /** How long it will last, in words. */
  lastsFor: string | undefined;
};

function look(state: TrafficState, queue: Queue, nowMs: number): Facts | undefined {
  const links = queue.links.flatMap((index) => state.links.get(index) ?? []);
  const front = links.at(-1);
  if (front === undefined) return undefined;
  const next = state.next.get(front.index);
  return {
    front,
    links,
    slowestRatio: Math.min(...links.map(({ speedRatio }) => speedRatio)),
    typicalMps: state.usualSpeed.usual(front.index, nowMs)?.typical,
    downstream: next === undefined ? undefined : state.links.get(next.linkIndex),
    incident: links
      .map(({ index }) => state.incidents.verdict(index))
      .reduce((most, each) => (each.certainty > most.certainty ? each : most)),
    lastsFor: describeQueueEnd(front.clearMps(state.usualSpeed.usual(front.index, nowMs)), (aheadMs) =>
      state.forecasts.speedAt(front.index, nowMs + aheadMs, nowMs),
    ),
  };
}

function causeOf(facts: Facts): string {
  if (facts.incident.isIncident)
    return 'Probably a crash or a blocked lane: on other days traffic flows here at this hour, and beyond it flows now.';
  if (facts.typicalMps === undefined)
    return 'More traffic than the road carries, or an obstacle. Nothing is known yet of what is usual here at this hour.';
  return 'Slower than on any of the remembered days at this hour: an obstacle, an event or a diversion; it is not the daily queue.';
}

/** Why it is taken for an incident, since when, and how sure that is. */
function incidentEvidence({ isIncident, certainty, evidence, sinceMs }: Held, nowMs: number): Condition['evidence'] {
  if (!isIncident) return [];
  const since = `${Math.round(100 * certainty)} % sure, for ${describeDuration((nowMs - sinceMs) / 1000)}`;
  return [{ label: 'Incident', text: since }, ...evidence.map((text) => ({ label: 'Sign', text }))];
}

function evidenceOf(facts: Facts, queue: Queue, nowMs: number, units: DisplayUnits): Condition['evidence'] {
  const { front, links, typicalMps, downstream } = facts;
  const usual = typicalMps === undefined ? 'typical not known yet' : `typical ${describeSpeed(typicalMps, units)}`;
  const delay = links.reduce(
    (sum, { flowVph, link, speedMps }) =>
      sum + (Number.isFinite(flowVph) ? delayRate(flowVph, link.lengthM, speedMps, link.freeFlowMps) : 0),
    0,
  );
  return [
    {
      label: 'Speed',
      text: `${describeSpeed(front.speedMps, units)} (${usual}, free flow ${describeSpeed(front.link.freeFlowMps, units)})`,
    },
    {
      label: 'Queue',
      text: `${formatDistance(queue.lengthM, units)}, ${queue.links.length} watched ${queue.links.length === 1 ? 'link' : 'links'}`,
    },
    ...incidentEvidence(facts.incident, nowMs),
    ...(Number.isNaN(front.slowSinceMs)
      ? []
      : [{ label: 'Slow for', text: describeDuration((nowMs - front.slowSinceMs) / 1000) }]),
    ...(facts.lastsFor === undefined ? [] : [{ label: 'Will last', text: `${facts.lastsFor}, by the forecast` }]),
    ...(downstream !== undefined && Number.isFinite(downstream.speedMps)
      ? [{ label: 'Downstream', text: describeSpeed(downstream.speedMps, units) }]
      : []),
    ...(Number.isFinite(front.flowVph) ? [{ label: 'Flow', text: `${describeCount(front.flowVph)} veh/h` }] : []),
    { label: 'Delay', text: `${delay.toFixed(1)} vehicle-hours per hour` },
  ];
}

/** The condition of a queue, in words that an operator can use. */
export function queueCondition(state: TrafficState, queue: Queue, nowMs: number, units: DisplayUnits): Condition[] {
  const facts = look(state, queue, nowMs);
  const head = state.roads.links[queue.headLink];
  if (facts === undefined || head === undefined) return [];
  const place = state.roads.placeName(facts.front.index);
  const middle = state.roads.middle(facts.front.index);
  return [
    {
      rule: 'traffic.queue',
      domain: 'traffic',
      priority: priorityOf(facts.front, facts.slowestRatio, queue),
      subject: { kind: 'link', id: head.id },
      title: `${facts.incident.isIncident ? 'Probable crash' : 'Queue'} on ${place}`,
      place,
      ...(middle !== undefined && { lon: middle[0], lat: middle[1] }),
      cause: causeOf(facts),
      consequence:
        facts.front.link.roadClass === 'freeway'
          ? 'Rear-end crashes at the tail of the queue; drivers divert into towns.'
          : 'Delays, and buses and response units are held up.',
      action: facts.incident.isIncident
        ? 'Verify by camera or call, open an incident, send police; warn upstream of the tail.'
        : 'Look for a cause (works, signals, an event); watch the length.',
      evidence: evidenceOf(facts, queue, nowMs, units),
      onDelayMs: 0,
      offDelayMs: 120_000,
    },
  ];
}
