import type { Notice } from '../../../../shared/base/values.ts';
import type { Registry } from '../../registry/Registry.ts';
import type { Alert, TranslatedString } from './gtfsRealtimeSchema.ts';
import { GTFS_ID_PREFIX } from './gtfsVehicle.ts';
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
  return (all.find(isEnglish) ?? all.find(({ language }) => language === undefined) ?? all[0])?.text.trim() ?? '';
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
  const bound = (seconds: number | undefined): number | undefined =>
    seconds === undefined || seconds <= 0 || seconds > 4_102_444_800 ? undefined : seconds * 1000;
  const periods = activePeriod.map(({ start, end }) => present({ startsMs: bound(start), endsMs: bound(end) }));
  return periods.find(({ endsMs }) => endsMs === undefined || endsMs > atMs) ?? periods.at(-1) ?? {};
}

/** A service alert. It has a place only where it concerns exactly one stop that is in the timetable. */
export function gtfsAlert(entityId: string, alert: Alert, atMs: number, registry: Registry): Notice {
  const stopIds = [...new Set((alert.informedEntity ?? []).flatMap(({ stopId }) => stopId ?? []))];
  const stop = stopIds.length === 1 && stopIds[0] !== undefined ? registry.timetable?.stops.get(stopIds[0]) : undefined;
  const title = textOf(alert.headerText);
  const text = textOf(alert.descriptionText);
  return {
    kind: 'notice',
    noticeId: `${GTFS_ID_PREFIX}:${entityId}`,
    source: 'Transit agency',
    title: title === '' ? (text.split('\n')[0] ?? '') : title,
    text,
    severity: severityOf(alert),
    atMs,
    quality: 'good',
    ...periodOf(alert, atMs),
    ...(stop !== undefined && { lon: stop.lon, lat: stop.lat }),
  };
}
