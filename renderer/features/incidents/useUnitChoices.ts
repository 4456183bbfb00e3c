import type { Incident } from '../../../shared/incidents/incident.ts';
import { useLive, useNow, useStream } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import type { UnitChoice } from './unitChoices.ts';
import { sortUnits, withAdvice } from './unitChoices.ts';

/** The recommendation is refreshed this often, because units move and traffic changes. */
const REFRESH_MS = 5000;

/** Every unit with its status and what is recommended for the incident, updated once per second. */
export function useUnitChoices({ id, status, unitIds, type, changedAtMs }: Incident): UnitChoice[] {
  const { tables } = useLive();
  const roster = useStream('units');
  const asked = status === 'resolved' ? undefined : { incidentId: id };
  const answer = useAnswer('dispatch.recommend', asked, REFRESH_MS, changedAtMs);
  const advice = answer.state === 'done' ? answer.value : undefined;
  useNow(1000);
  const units = [...(roster?.values() ?? [])].map((unit) => ({
    ...unit,
    status: tables.units.state(unit.index).status,
    isOrdered: unitIds.includes(unit.id),
  }));
  return sortUnits(withAdvice(units, advice), type, advice);
}
