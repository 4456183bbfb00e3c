import { incidentStatusNames, incidentTypeNames } from '../incidents/incidentWords.ts';
import { factsCsv, factsOf, figureFacts, iso, minutes } from './facts.ts';
import type { Fact, Measures } from './facts.ts';
import type { ReportIncident, ShiftDocument, ShiftReport } from './shiftReport.ts';

/** A report as comma-separated values (RFC 4180): one fact per line, times in UTC, values in SI units. */
export function reportCsv(document: ShiftDocument): string {
  const { report } = document;
  return factsCsv('shift', report.shiftId, [
    ...shiftFacts(document),
    ...report.incidents.flatMap(incidentFacts),
    ...loadFacts(report),
    ...figureFacts(report),
    ...lossFacts(report),
    ...hiddenFacts(report),
    ...openFacts(report),
  ]);
}

function shiftFacts({ report, hash, shift: { signed, takenOver } }: ShiftDocument): Fact[] {
  return factsOf('shift', report.shiftId, report.county.name, {
    from: [iso(report.fromMs)],
    to: [iso(report.toMs)],
    reportHash: [hash],
    signedBy: [signed?.by.name],
    signedAt: [iso(signed?.atMs)],
    takenOverBy: [takenOver?.by.name],
    takenOverAt: [iso(takenOver?.atMs)],
  });
}

function incidentFacts(incident: ReportIncident): Fact[] {
  const { id, title, type, priority, place, status, assignee, milestones, clocks } = incident;
  return factsOf('incident', id, title, {
    type: [incidentTypeNames[type]],
    priority: [priority],
    place: [place],
    status: [incidentStatusNames[status]],
    assignee: [assignee],
    ...named(Object.entries(milestones), ([milestone, atMs]) => [milestone, [iso(atMs)]]),
    response: [minutes(incident.responseMs), 'min'],
    roadwayClearance: [minutes(incident.roadwayClearanceMs), 'min'],
    incidentClearance: [minutes(incident.incidentClearanceMs), 'min'],
    ...named(clocks, ({ measure, state }) => [`${measure} against service level`, [state]]),
  });
}

const named = <T>(items: readonly T[], of: (item: T) => [string, Measures[string]]): Measures =>
  Object.fromEntries(items.map(of));

const loadFacts = ({ alarmLoad }: ShiftReport): Fact[] =>
  alarmLoad.flatMap(({ positionId, name, raised, maxIn10Min, floodShare, stale, standing }) =>
    factsOf('alarm load', positionId, name, {
      raised: [raised],
      'most in 10 min': [maxIn10Min],
      'time in flood': [floodShare, '1'],
      standing: [standing],
      'standing over 24 h': [stale],
    }),
  );

const lossFacts = ({ losses }: ShiftReport): Fact[] =>
  losses.flatMap(({ feed, name, fromMs, toMs, lostMs }) =>
    factsOf('feed lost', feed, name, { from: [iso(fromMs)], to: [iso(toMs)], lost: [minutes(lostMs), 'min'] }),
  );

const hiddenFacts = ({ hidden }: ShiftReport): Fact[] =>
  hidden.flatMap(({ title, how, by, reason, atMs, untilMs }) =>
    factsOf('hidden alarm', title, title, {
      how: [how],
      by: [by],
      reason: [reason],
      from: [iso(atMs)],
      until: [iso(untilMs)],
    }),
  );

const openFacts = ({ open }: ShiftReport): Fact[] =>
  open.flatMap(({ id, kind, title, owner, state, sinceMs }) =>
    factsOf('open', id, title, { kind: [kind], owner: [owner], state: [state], since: [iso(sinceMs)] }),
  );
