import { incidentTypeNames } from '../incidents/incidentWords.ts';
import { factsCsv, factsOf, figureFacts, iso, minutes } from './facts.ts';
import type { Fact, Measures } from './facts.ts';
import type { RollUp } from './rollUp.ts';

/** A week or a month as comma-separated values: one fact per line, times in UTC, values in SI units. */
export function rollUpCsv(rollUp: RollUp): string {
  return factsCsv('period', rollUp.id, [
    ...shiftFacts(rollUp),
    ...rollUp.missing.flatMap(({ fromMs, toMs }) =>
      factsOf('not reported', iso(fromMs) ?? '', '', { until: [iso(toMs)] }),
    ),
    ...incidentFacts(rollUp),
    ...loadFacts(rollUp),
    ...figureFacts(rollUp),
    ...rollUp.losses.flatMap(({ feed, name, times, lostMs }) =>
      factsOf('feed lost', feed, name, { times: [times], lost: [minutes(lostMs), 'min'] }),
    ),
  ]);
}

const shiftFacts = ({ shifts }: RollUp): Fact[] =>
  shifts.flatMap(({ shiftId, fromMs, toMs, hash, signedBy, incidents, present }) =>
    factsOf('shift', shiftId, shiftId, {
      from: [iso(fromMs), undefined, present],
      to: [iso(toMs), undefined, present],
      reportHash: [hash, undefined, present],
      signedBy: [signedBy, undefined, present],
      incidents: [incidents, undefined, present],
    }),
  );

type Kind = Pick<RollUp['incidents']['byType'][number], 'opened' | MeasureName>;
type MeasureName = 'response' | 'roadwayClearance' | 'incidentClearance';

const incidentFacts = ({ incidents: { byType, byPriority } }: RollUp): Fact[] => [
  ...byType.flatMap((kind) => kindFacts(kind.type, incidentTypeNames[kind.type], kind)),
  ...byPriority.flatMap((kind) => kindFacts(String(kind.priority), `Priority ${kind.priority}`, kind)),
];

const kindFacts = (id: string, name: string, kind: Kind): Fact[] =>
  factsOf('incidents', id, name, {
    opened: [kind.opened],
    ...measures(kind, 'response'),
    ...measures(kind, 'roadwayClearance'),
    ...measures(kind, 'incidentClearance'),
  });

function measures(kind: Kind, name: MeasureName): Measures {
  const { medianMs, p90Ms, judged, met } = kind[name];
  return {
    [`${name} median`]: [minutes(medianMs), 'min'],
    [`${name} 90th percentile`]: [minutes(p90Ms), 'min'],
    [`${name} service level kept`]: [judged === 0 ? undefined : met / judged, '1'],
  };
}

const loadFacts = ({ alarmLoad }: RollUp): Fact[] =>
  alarmLoad.flatMap(({ positionId, name, raised, perDay, perHour, maxIn10Min, floodShare, knownShare }) =>
    factsOf('alarm load', positionId, name, {
      raised: [raised, undefined, knownShare],
      'a day': [perDay, undefined, knownShare],
      'an hour': [perHour, undefined, knownShare],
      'most in 10 min': [maxIn10Min, undefined, knownShare],
      'time in flood': [floodShare, '1', knownShare],
    }),
  );
