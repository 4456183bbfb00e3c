import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import type { County, Link } from '../../../../shared/county/county.ts';
import type { CitizenReport, Notice } from '../../../../shared/base/values.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Domain } from '../kit/Domain.ts';

type Row = StreamMessage<'reports'>['changed'][number];

const MOST_REPORTS = 500;
/** About a kilometre: the name of a road farther away does not help anybody to find the place. */
const NEAR_DEGREES = 0.01;
/** A report asks for an operator's attention for this long; afterwards it can still be read. */
const CALLS_FOR_MS = 30 * 60_000;

/**
 * The nearest road with a name, which is how people say where something is. The distance is measured to the middle of
 * each link, in degrees that are scaled to be equally long in both directions.
 */
function nearestRoad(links: readonly Link[], lon: number, lat: number): string | undefined {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best: { name: string; distance: number } | undefined;
  for (const { name, path } of links) {
    const [linkLon, linkLat] = path[Math.floor(path.length / 2)] ?? [Number.NaN, Number.NaN];
    const distance = Math.hypot((linkLon - lon) * shrink, linkLat - lat);
    if (name !== '' && distance < (best?.distance ?? NEAR_DEGREES)) best = { name, distance };
  }
  return best?.name;
}

const toRow = (value: CitizenReport | Notice): Row => ({
  id: value.kind === 'report' ? value.reportId : value.noticeId,
  kind: value.kind,
  title: value.kind === 'report' ? value.category : value.title,
  text: value.text,
  atMs: value.atMs,
  ...(value.lon !== undefined && value.lat !== undefined && { lon: value.lon, lat: value.lat }),
});

function toCondition(report: CitizenReport, place: string): Condition {
  return {
    rule: 'citizen.report',
    domain: 'citizen',
    priority: 3,
    subject: { kind: 'report', id: report.reportId },
    title: `Citizen report: ${report.category}`,
    place,
    ...(report.lon !== undefined && report.lat !== undefined && { lon: report.lon, lat: report.lat }),
    cause: report.text,
    consequence: 'Somebody saw trouble that no sensor may see.',
    action: 'Compare with the alarms nearby; verify, then open or join an incident.',
    evidence: [{ label: 'Words', text: report.text }],
    onDelayMs: 0,
    offDelayMs: 0,
  };
}

/** What citizens and other authorities report in words. */
export function createCitizensDomain({ links }: Pick<County, 'links'>): Domain {
  const values = new Map<string, CitizenReport | Notice>();
  const places = new Map<string, string>();
  const place = (report: CitizenReport): string => {
    const { reportId, address, lon, lat } = report;
    if (address !== undefined) return address;
    if (lon === undefined || lat === undefined) return 'Place not given';
    // Looked up once per report, because a county has thousands of links.
    const known = places.get(reportId) ?? nearestRoad(links, lon, lat) ?? 'Away from roads';
    places.set(reportId, known);
    return known;
  };
  // Increases with every change; a reader begins at 0.
  let version = 1;
  const rows = (): Row[] => [...values.values()].map(toRow).sort((a, b) => b.atMs - a.atMs);

  const detail = (id: string): Detail | undefined => {
    const found = values.get(id);
    if (found === undefined) return undefined;
    const row = toRow(found);
    const words = [{ label: 'Words', text: row.text, atMs: row.atMs }];
    const facts =
      found.kind === 'report'
        ? [...words, { label: 'Address', text: place(found) }]
        : [...words, { label: 'Source', text: found.source }];
    const where = row.lon !== undefined && row.lat !== undefined ? { lon: row.lon, lat: row.lat } : {};
    return {
      subject: { kind: 'report', id },
      title: row.title,
      subtitle: found.kind === 'report' ? 'Citizen report' : 'Road message',
      ...where,
      facts,
      series: [],
      related: [],
    };
  };

  return {
    id: 'citizens',
    alarmDomains: [{ id: 'citizen', label: 'Citizens', icon: 'message', incidentType: 'citizen' }],
    apply(value, nowMs) {
      if (value.kind !== 'report' && value.kind !== 'notice') return;
      const id = value.kind === 'report' ? value.reportId : value.noticeId;
      const held = values.get(id);
      if (value.atMs > nowMs + FUTURE_TOLERANCE_MS || (held !== undefined && held.atMs >= value.atMs)) return;
      values.set(id, value);
      version++;
      const oldest = values.keys().next().value;
      if (values.size <= MOST_REPORTS || oldest === undefined) return;
      values.delete(oldest);
      places.delete(oldest);
    },
    judge: (nowMs) =>
      [...values.values()].flatMap((value) =>
        value.kind === 'report' && nowMs - value.atMs < CALLS_FOR_MS ? [toCondition(value, place(value))] : [],
      ),
    figures: () => [],
    detail: (subject) => (subject.kind === 'report' ? detail(subject.id) : undefined),
    streams: {
      reports: (cursor) =>
        cursor === version ? undefined : { message: { isFull: true, changed: rows() }, cursor: version },
    },
  };
}
