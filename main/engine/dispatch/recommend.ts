import { fits, needName, type Need } from '../../../shared/incidents/need.ts';
import type { Proposal, Recommendation } from '../../../shared/dispatch/recommendation.ts';
import { coverWeight } from '../../../shared/dispatch/rules.ts';
import { describeDuration } from '../../../shared/base/display.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import { assign } from './assign.ts';
import { coverOf, type Loss } from './cover.ts';
import { fillNeeds, idleCost, type Slot } from './fillNeeds.ts';
import { judgeUnit, type Readiness } from './judgeUnit.ts';
import type { Way } from '../routing/Reach.ts';
import { reserve } from './reserve.ts';
import { Roads } from './Roads.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';

/** A unit that could go, with its way and what counts for and against it for this incident. */
type Candidate = {
  now: UnitNow;
  way: Way;
  etaS: number;
  weightS: number;
  readiness: Extract<Readiness, { canGo: true }>;
  against: string[];
};
type Refusal = { now: UnitNow; reason: string };

const ALTERNATIVES_A_NEED = 4;
/** There are as many proposals at most as there are digits to choose one by. */
const MOST_PROPOSALS = 9;

/**
 * Who should go to an incident, why, and why not the others. Pure: the same situation gives the same answer. Each unit
 * that can go is weighed by the time that it needs to get there and by what counts against it
 * (shared/dispatch/rules.ts); open needs get the units with the lowest sum. Undefined where the incident is not among
 * those of the situation.
 */
export function recommend(situation: Situation, incidentId: string): Recommendation | undefined {
  const incident = situation.incidents.find(({ id }) => id === incidentId);
  if (incident === undefined) return undefined;
  const roads = new Roads(situation);
  const { candidates, refusals } = weighAll(situation, incident, roads);
  const { unitIds, open } = fillNeeds(incident.needs, engagedUnits(situation, incident));
  const chosen = choose(incident.needs, open, candidates);
  const proposals = propose(roads, incident, open, candidates, chosen);
  const proposed = new Set(proposals.map(({ unitId }) => unitId));
  const rest = candidates
    .filter(({ now }) => !proposed.has(now.unit.id))
    .map(({ now, etaS }) => ({ now, reason: restReason(incident.needs, open, now, etaS) }));
  return {
    incidentId,
    atMs: situation.nowMs,
    travelTimes: situation.times.source,
    notes: roads.notesOn(incident),
    needs: incident.needs.map((need, index) => ({
      name: needName(need),
      count: need.count,
      ...(need.when !== undefined && { when: need.when }),
      unitIds: unitIds[index] ?? [],
    })),
    proposals,
    others: [...rest, ...refusals].map(({ now: { unit }, reason }) => ({
      unitId: unit.id,
      name: unit.name,
      kind: unit.kind,
      reason,
    })),
    missing: missingOf(
      situation,
      incident,
      open.filter((_, slot) => chosen[slot] === undefined),
      refusals,
      proposals,
    ),
  };
}

const isEngagedAt = (incident: IncidentNow, unitId: string): boolean =>
  incident.engagements.some((each) => each.unitId === unitId && isEngaged(each));
const engagedUnits = ({ units }: Situation, incident: IncidentNow): UnitNow['unit'][] =>
  units.filter(({ unit }) => isEngagedAt(incident, unit.id)).map(({ unit }) => unit);

function weighAll(
  situation: Situation,
  incident: IncidentNow,
  roads: Roads,
): { candidates: Candidate[]; refusals: Refusal[] } {
  const candidates: Candidate[] = [];
  const refusals: Refusal[] = [];
  const reserved = reserve(situation, incident, roads);
  const lossOf = coverOf(roads.freeUnits(), situation.coverPlaces);
  for (const now of situation.units) {
    if (isEngagedAt(incident, now.unit.id)) continue;
    const readiness = judgeUnit(situation, incident, now);
    const way = readiness.canGo ? roads.way(now, incident) : undefined;
    if (!readiness.canGo) refusals.push({ now, reason: readiness.reason });
    else if (way === undefined)
      refusals.push({
        now,
        reason: incident.place === undefined ? 'the incident has no place' : 'no way there by road',
      });
    else
      candidates.push(
        weigh({
          now,
          way,
          readiness,
          incident,
          losses: [...lossesOf(roads, now, readiness, lossOf), ...(reserved.get(now.unit.id) ?? [])],
        }),
      );
  }
  return {
    candidates: candidates.sort((a, b) => a.weightS - b.weightS || a.now.unit.id.localeCompare(b.now.unit.id)),
    refusals,
  };
}

/**
 * What others lose when a unit goes: the county its cover, or the incident that it is taken from, to which somebody
 * else then has to go.
 */
function lossesOf(
  roads: Roads,
  { unit }: UnitNow,
  { divertFrom }: Candidate['readiness'],
  coverLossOf: (unitId: string) => Loss | undefined,
): Loss[] {
  if (divertFrom === undefined) {
    const loss = coverLossOf(unit.id);
    return loss === undefined ? [] : [loss];
  }
  const { text, isLacking, inPlaceId } = roads.leftBehind(divertFrom, unit);
  const nobodyS = isLacking ? coverWeight.mostS : 0;
  return [{ text, handicapS: inPlaceId === undefined ? nobodyS : (coverLossOf(inPlaceId)?.handicapS ?? 0) }];
}

function weigh({
  now,
  way,
  readiness,
  incident,
  losses,
}: {
  now: UnitNow;
  way: Way;
  readiness: Candidate['readiness'];
  incident: IncidentNow;
  losses: readonly Loss[];
}): Candidate {
  const etaS = readiness.turnoutS + way.seconds;
  // Where lives may depend on it, what others lose is mentioned but not counted.
  const lossS = incident.priority === 1 ? 0 : losses.reduce((sum, { handicapS }) => sum + handicapS, 0);
  return {
    now,
    way,
    etaS,
    weightS: etaS + readiness.handicapS + lossS,
    readiness,
    against: [...readiness.against, ...losses.map(({ text }) => text)],
  };
}

/** The index in `candidates` of the one that is chosen for each slot. */
function choose(
  needs: readonly Need[],
  open: readonly Slot[],
  candidates: readonly Candidate[],
): (number | undefined)[] {
  const costs = open.map(({ need }) =>
    candidates.map(({ now, weightS }) => (fitsAt(needs, need, now) ? weightS : Number.POSITIVE_INFINITY)),
  );
  return assign(costs, (slot) => idleCost(needs[open[slot]?.need ?? -1]));
}

function fitsAt(needs: readonly Need[], index: number, { unit }: UnitNow): boolean {
  const need = needs[index];
  return need !== undefined && fits(unit, need);
}

function propose(
  roads: Roads,
  incident: IncidentNow,
  open: readonly Slot[],
  candidates: readonly Candidate[],
  chosen: readonly (number | undefined)[],
): Proposal[] {
  const taken = new Set(chosen.filter((index) => index !== undefined));
  const firsts = open.flatMap(({ need }, slot) => {
    const candidate = candidates[chosen[slot] ?? -1];
    return candidate === undefined ? [] : [{ candidate, need }];
  });
  const alternatives = [...new Set(open.map(({ need }) => need))].flatMap((need) => {
    const fitting = candidates.flatMap((candidate, index) =>
      !taken.has(index) && fitsAt(incident.needs, need, candidate.now) ? [{ candidate, need, index }] : [],
    );
    const few = fitting.slice(0, ALTERNATIVES_A_NEED);
    for (const { index } of few) taken.add(index);
    return few;
  });
  const first = firsts.map(({ candidate, need }) => proposalOf(roads, incident, candidate, need));
  const others = alternatives
    .sort((a, b) => a.candidate.weightS - b.candidate.weightS)
    .map(({ candidate, need }) =>
      proposalOf(roads, incident, candidate, need, firsts.findLast((each) => each.need === need)?.candidate),
    );
  return [...first, ...others].slice(0, MOST_PROPOSALS);
}

/** `better` is the one that is proposed for the same need. */
function proposalOf(
  roads: Roads,
  incident: IncidentNow,
  candidate: Candidate,
  need: number,
  better?: Candidate,
): Proposal {
  const {
    now: { unit },
    way,
    etaS,
    readiness,
    against,
  } = candidate;
  const asked = incident.needs[need];
  const than = better === undefined ? [] : [compared(etaS, better)];
  const reason = roads.reasonFor(candidate.now, incident, way);
  return {
    unitId: unit.id,
    name: unit.name,
    kind: unit.kind,
    need,
    isFirst: better === undefined,
    etaS,
    distanceM: way.metres,
    reasons: [
      `there in ${describeDuration(etaS)}`,
      ...(asked === undefined ? [] : [`for ${needName(asked)}${asked.when === undefined ? '' : ` (${asked.when})`}`]),
      ...(reason === undefined ? [] : [reason]),
      ...readiness.reasons,
    ],
    against: [...than, ...against],
    ...(readiness.divertFrom && { divertFrom: readiness.divertFrom.id }),
    route: roads.routeOf(way),
  };
}

function compared(etaS: number, { etaS: betterS, now: { unit } }: Candidate): string {
  const laterS = etaS - betterS;
  if (laterS < 1 && laterS > -1) return `no sooner than ${unit.name}`;
  return laterS > 0
    ? `${describeDuration(laterS)} later than ${unit.name}`
    : `${describeDuration(-laterS)} sooner than ${unit.name}, but more speaks against it`;
}

function restReason(needs: readonly Need[], open: readonly Slot[], now: UnitNow, etaS: number): string {
  if (open.some(({ need }) => fitsAt(needs, need, now)))
    return `could be there in ${describeDuration(etaS)}, later than those proposed`;
  if (needs.some((need) => fits(now.unit, need))) return 'what it can do is there already';
  return needs.length === 0
    ? `nothing says what is needed; could be there in ${describeDuration(etaS)}`
    : `is no help: ${needs.map(needName).join(', ')} needed`;
}

/** For each need that stays open: why nobody fills it. */
function missingOf(
  { units }: Situation,
  { needs }: IncidentNow,
  unfilled: readonly Slot[],
  refusals: readonly Refusal[],
  proposals: readonly Proposal[],
): Recommendation['missing'] {
  return needs.flatMap((need, index) => {
    const count = unfilled.filter((slot) => slot.need === index).length;
    if (count === 0) return [];
    const reasons = refusals
      .filter(({ now }) => fits(now.unit, need))
      .map(({ now, reason }) => `${now.unit.name}: ${reason}`);
    const elsewhere = proposals.filter(
      ({ unitId, need: other, isFirst }) =>
        isFirst && other !== index && units.some(({ unit }) => unit.id === unitId && fits(unit, need)),
    );
    const all = [
      ...reasons,
      ...elsewhere.map(({ name, need: other }) => `${name}: proposed for ${needName(needs[other] ?? need)}`),
    ];
    const hasAny = units.some(({ unit }) => fits(unit, need));
    const text = !hasAny
      ? `The county has no unit for ${needName(need)}.`
      : `No unit for ${needName(need)} can go${all.length === 0 ? '' : `. ${all.join('; ')}`}.`;
    return [{ name: needName(need), count, text }];
  });
}
