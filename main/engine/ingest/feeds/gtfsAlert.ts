import type { Notice } from '../../../../shared/base/values.ts';
import type { Registry } from '../../registry/Registry.ts';
import { countyIds } from './countyIds.ts';
import type { Alert, TranslatedString } from '../../../../shared/public/gtfsRealtime.ts';
import { gtfsTimeS } from './gtfsTrip.ts';
import { present } from './present.ts';

const INFO = 2;
const WARNING = 3;
const SEVERE = 4;
/**
 * No service, reduced service, significant delays, detour: these hold passengers up, whether or not the agency gives a
 * severity.
 */
const HINDERING_EFFECTS = new Set([1, 2, 3, 4]);

/**
 * The English text where there is one, otherwise the text without a language, otherwise the first (gtfs-realtime.proto,
 * TranslatedString).
 */
function textOf(string: TranslatedString | undefined): string {
  const all = string?.translation ?? [];
  const isEnglish = ({ language }: { language?: string }): boolean => /^en\b/i.test(language ?? '');
  return (all.find(isEnglish) ?? all.find(({ language }) => language === undefined) ?? all[0])?.text?.trim() ?? '';
}

function severityOf({ severityLevel, effect }: Alert): Notice['severity'] {
  if (severityLevel === SEVERE) return 'severe';
  if (severityLevel === WARNING) return 'warning';
  if (severityLevel === INFO) return 'info';
  return HINDERING_EFFECTS.has(effect ?? 0) ? 'warning' : 'info';
}

/** The period that is active now, otherwise the next one. */
function periodOf({ activePeriod = [] }: Alert, atMs: number): { startsMs?: number; endsMs?: number } {
  // Some producers write 0 or the largest number for "open".
  const bound = (time: number | undefined): number | undefined => {
    const seconds = gtfsTimeS(time);
    return seconds === undefined || seconds > 4_102_444_800 ? undefined : seconds * 1000;
  };
  const periods = activePeriod.map(({ start, end }) => present({ startsMs: bound(start), endsMs: bound(end) }));
  return periods.find(({ endsMs }) => endsMs === undefined || endsMs > atMs) ?? periods.at(-1) ?? {};
}

/** The content of an alert, by which it is recognised where the producer gives it another entity id each time. */
export const alertContent = ({ headerText, descriptionText, informedEntity, effect }: Alert): string =>
  JSON.stringify([textOf(headerText), textOf(descriptionText), informedEntity, effect]);

/** A service alert. It has a place only where it concerns exactly one stop that is in the timetable. */
export function gtfsAlert(
  noticeId: string,
  alert: Alert,
  atMs: number,
  agency: string | undefined,
  registry: Registry,
): Notice {
  const ids = countyIds(registry, agency);
  const informed = alert.informedEntity ?? [];
  const stopIds = [...new Set(informed.flatMap(({ stopId }) => (stopId === undefined ? [] : ids.stop(stopId))))];
  const routeIds = [
    ...new Set(
      informed.flatMap(({ routeId, trip }) => {
        const named = routeId ?? trip?.routeId;
        return named === undefined ? (ids.trip(trip?.tripId ?? '')?.routeId ?? []) : ids.route(named);
      }),
    ),
  ];
  const stop = stopIds.length === 1 && stopIds[0] !== undefined ? registry.timetable?.stops.get(stopIds[0]) : undefined;
  const title = textOf(alert.headerText);
  const text = textOf(alert.descriptionText);
  return {
    kind: 'notice',
    noticeId,
    source: 'Transit agency',
    title: title === '' ? (text.split('\n')[0] ?? '') : title,
    text,
    severity: severityOf(alert),
    atMs,
    quality: 'good',
    ...periodOf(alert, atMs),
    ...(routeIds.length > 0 && { routeIds }),
    ...(stopIds.length > 0 && { stopIds }),
    ...(stop !== undefined && { lon: stop.lon, lat: stop.lat }),
  };
}
