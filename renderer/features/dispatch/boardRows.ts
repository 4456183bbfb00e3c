import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { formatShift } from '../../../shared/county/shift.ts';
import { unitKindNames } from '../../../shared/incidents/need.ts';
import { unitStatusNames } from '../../../shared/dispatch/unitWords.ts';
import type { UnitStatus } from '../../../shared/base/values.ts';

export type CountyUnit = RequestOutput<'county.units'>['units'][number];
/** A unit as it is now: `seenAtMs` is NaN until it is heard. */
export type HeardUnit = {
  index: number;
  id: string;
  incidentId?: string | undefined;
  status: UnitStatus;
  seenAtMs: number;
  where: string;
};
export type BoardRow = {
  id: string;
  index: number;
  name: string;
  kind: string;
  status: string;
  tone: 'free' | 'busy' | 'off' | 'unanswered';
  incidentId: string | undefined;
  where: string;
  shift: string;
  seenAtMs: number;
};

const kinds = Object.keys(unitKindNames) as (keyof typeof unitKindNames)[];
const tones: Record<UnitStatus, BoardRow['tone']> = {
  available: 'free',
  returning: 'free',
  dispatched: 'busy',
  accepted: 'busy',
  enRoute: 'busy',
  onScene: 'busy',
  offDuty: 'off',
};
const toneRank = { unanswered: 0, free: 1, busy: 2, off: 3 } as const;

/**
 * Sorts the board: by kind, then units that do not answer, free ones, busy ones and those off duty, each group by name.
 * `unanswered` holds the units whose order is not accepted, and where each was sent.
 */
export function boardRows(
  units: readonly CountyUnit[],
  heard: ReadonlyMap<string, HeardUnit>,
  unanswered: ReadonlyMap<string, string>,
): BoardRow[] {
  const rank = ({ kind }: CountyUnit): number => kinds.indexOf(kind);
  const rows = units.map((unit) => {
    const now = heard.get(unit.id);
    const isHeard = now !== undefined && !Number.isNaN(now.seenAtMs);
    const orderedTo = unanswered.get(unit.id);
    const tone = orderedTo !== undefined ? 'unanswered' : tones[now?.status ?? 'offDuty'];
    const row: BoardRow = {
      id: unit.id,
      index: now?.index ?? -1,
      name: unit.name,
      kind: unitKindNames[unit.kind][0],
      tone,
      status: orderedTo !== undefined ? 'does not answer' : isHeard ? unitStatusNames[now.status] : 'not heard',
      incidentId: orderedTo ?? now?.incidentId,
      where: now?.where ?? '',
      shift: unit.shift === undefined ? 'always' : formatShift(unit.shift),
      seenAtMs: now?.seenAtMs ?? NaN,
    };
    return { unit, row };
  });
  return rows
    .sort(
      (a, b) =>
        rank(a.unit) - rank(b.unit) ||
        toneRank[a.row.tone] - toneRank[b.row.tone] ||
        a.unit.name.localeCompare(b.unit.name, 'en', { numeric: true }),
    )
    .map(({ row }) => row);
}
