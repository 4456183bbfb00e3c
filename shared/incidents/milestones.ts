import type { Incident, Milestone } from './incident.ts';

/** The milestones in words, as they stand in an incident's log and on the screen. */
export const milestoneNames = {
  T0: 'Occurred',
  T1: 'First awareness',
  T2: 'Verified',
  T3: 'Response dispatched',
  T4: 'Response on scene',
  T5: 'Service restored',
  T6: 'Last unit left',
  T7: 'Normal again',
} as const satisfies Record<Milestone, string>;

/**
 * Pairs of milestones of which the second cannot come before the first. Lanes may be cleared before anybody arrives,
 * and units may stay long after.
 */
const laws: readonly (readonly [Milestone, Milestone])[] = [
  ['T0', 'T1'],
  ['T1', 'T2'],
  ['T1', 'T3'],
  ['T3', 'T4'],
  ['T1', 'T4'],
  ['T1', 'T5'],
  ['T4', 'T6'],
  ['T5', 'T7'],
];

type Times = { readonly [M in Milestone]?: { atMs: number } | undefined };

/** Why a milestone cannot have that time beside the others, in a sentence, or undefined where it can. */
export function milestoneConflict(times: Times, milestone: Milestone, atMs: number): string | undefined {
  for (const [earlier, later] of laws) {
    const other = milestone === earlier ? times[later] : milestone === later ? times[earlier] : undefined;
    const isBroken = other !== undefined && (milestone === earlier ? atMs > other.atMs : atMs < other.atMs);
    if (isBroken)
      return `${milestoneNames[later]} (${later}) cannot be before ${milestoneNames[earlier].toLowerCase()} (${earlier}).`;
  }
  return undefined;
}

/**
 * The first time that a milestone can have beside the others, if it is only known to lie within `precisionMs` from
 * `atMs` on: "14:03" may mean any second of that minute. `atMs` itself where none fits.
 */
export function fittingTime(times: Times, milestone: Milestone, atMs: number, precisionMs: number): number {
  const others = Object.values(times).flatMap((other) => other?.atMs ?? []);
  const within = others.filter((otherMs) => otherMs > atMs && otherMs < atMs + precisionMs).sort((a, b) => a - b);
  return [atMs, ...within].find((each) => milestoneConflict(times, milestone, each) === undefined) ?? atMs;
}

/**
 * The beginning of the source of milestones that come from a unit's report; these never overrule what a person said.
 */
export const UNIT_SOURCE = 'unit ';

/**
 * The milestones of an incident with one more report of a time. The first report counts, unless a person corrects it.
 * The departure of the last unit is the exception: a later one replaces an earlier one.
 */
export function withMilestone(
  incident: Pick<Incident, 'milestones'>,
  milestone: Milestone,
  said: { atMs: number; by: string; source: string },
): { milestones?: Incident['milestones'] } {
  const known = incident.milestones[milestone];
  const isByUnit = said.source.startsWith(UNIT_SOURCE);
  const isLaterDeparture = milestone === 'T6' && known?.source.startsWith(UNIT_SOURCE) === true;
  return known !== undefined && isByUnit && !isLaterDeparture
    ? {}
    : { milestones: { ...incident.milestones, [milestone]: said } };
}
