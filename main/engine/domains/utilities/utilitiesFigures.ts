import type { Figure } from '../../../../shared/contract/contract.ts';
import type { FigureId } from '../../../../shared/figures.ts';
import type { FigureHistory } from '../kit/FigureHistory.ts';
import { joinSources } from '../kit/SourceTimes.ts';
import type { Outage } from './electricityConditions.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import type { ZoneState } from './ZoneState.ts';

function total(
  state: UtilitiesState,
  book: FigureHistory,
  id: FigureId,
  kind: ZoneState['zone']['kind'],
  nowMs: number,
): Figure {
  const zones = state.zones.filter(({ zone }) => zone.kind === kind);
  const sources = state.sources[kind].ofZones.at(nowMs);
  const fresh = zones.filter((zone) => state.isFresh(zone, nowMs));
  const typical = fresh.reduce((sum, zone) => sum + (state.usualOf(zone, nowMs)?.typical ?? Number.NaN), 0);
  const value = fresh.length === 0 ? undefined : fresh.reduce((sum, zone) => sum + (zone.value?.value ?? 0), 0);
  return book.read(
    id,
    {
      value,
      typical: fresh.length === 0 ? undefined : typical,
      present: zones.length === 0 ? 0 : fresh.length / zones.length,
      sources,
      deviation: deviationOf(zones, value, typical),
    },
    nowMs,
  );
}

/** A part of the county with trouble says on which side of normal the sum is only where the sum is on that side. */
function deviationOf(zones: readonly ZoneState[], value: number | undefined, typical: number): Figure['deviation'] {
  const sides = new Set(
    zones.flatMap(({ trouble, isBreakerOpen }) => {
      if (isBreakerOpen || trouble?.kind === 'outage' || trouble?.kind === 'loadLost') return ['below'];
      return trouble === undefined ? [] : ['above'];
    }),
  );
  if (sides.size === 0) return undefined;
  if ((value ?? Number.NaN) > typical && sides.has('above')) return 'above';
  return (value ?? Number.NaN) < typical && sides.has('below') ? 'below' : 'part';
}

/** Customers behind feeders and transformers that are out, and single meters elsewhere. */
function customersOut(state: UtilitiesState, outages: readonly Outage[]): number {
  const inOutages = outages.reduce((sum, { customers }) => sum + customers, 0);
  const out = new Set(outages.map(({ zone }) => zone));
  return state.zones.reduce(
    (sum, zone) => sum + (out.has(zone) ? 0 : state.table.countOf(zone.index, 'noVoltage')),
    inOutages,
  );
}

function meterShare(
  state: UtilitiesState,
  kind: ZoneState['zone']['kind'] | 'all',
  isTimely: boolean,
): { share: number; heard: number; faults: number } {
  const sums = { meters: 0, heard: 0, faults: 0 };
  for (const zone of state.zones) {
    if (kind !== 'all' && zone.zone.kind !== kind) continue;
    const stale = state.table.countOf(zone.index, 'stale');
    sums.meters += zone.meterRows.length;
    sums.heard += state.table.heardIn(zone.index) - (isTimely ? stale : 0);
    sums.faults +=
      stale +
      state.table.countOf(zone.index, 'stuck') +
      state.table.countOf(zone.index, 'tamper') +
      state.table.countOf(zone.index, 'suspect');
  }
  return { share: sums.meters === 0 ? 0 : sums.heard / sums.meters, heard: sums.heard, faults: sums.faults };
}

/** Load, inflow, customers without power and faulty meters, as defined in shared/figures.ts. */
export function utilitiesFigures(
  state: UtilitiesState,
  book: FigureHistory,
  outages: readonly Outage[],
  nowMs: number,
): Figure[] {
  const out = customersOut(state, outages);
  const { dma, feeder } = state.sources;
  const isWatched = state.zones.some((zone) => zone.zone.kind === 'feeder' && state.isFresh(zone, nowMs));
  const electric = meterShare(state, 'feeder', true);
  const all = meterShare(state, 'all', false);
  return [
    total(state, book, 'electricityLoad', 'feeder', nowMs),
    total(state, book, 'waterInflow', 'dma', nowMs),
    book.read(
      'customersOut',
      {
        value: isWatched || electric.heard > 0 || out > 0 ? out : undefined,
        present: electric.share,
        sources: joinSources(feeder.ofZones.at(nowMs), feeder.ofMeters.at(nowMs)),
        deviation: outages.length > 0 && 'above',
      },
      nowMs,
    ),
    book.read(
      'meterFaults',
      {
        value: all.heard === 0 ? undefined : all.faults,
        present: all.share,
        sources: joinSources(dma.ofMeters.at(nowMs), feeder.ofMeters.at(nowMs)),
      },
      nowMs,
    ),
  ];
}
