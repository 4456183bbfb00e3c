import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import type { County } from '../../../../shared/county/county.ts';
import type { CitizenReport, Notice } from '../../../../shared/base/values.ts';
import { describeCount } from '../../../../shared/base/display.ts';
import { indexRoads } from '../../registry/indexRoads.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Domain } from '../kit/Domain.ts';
import { ReportTable } from './ReportTable.ts';
import type { Crowd } from './ReportTable.ts';

type Row = StreamMessage<'reports'>['changed'][number];

const MOST_NOTICES = 500;
/** The words of a report that an alarm shows; all of them are in the details of the report. */
const WORDS_LENGTH = 300;
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
    cause: shorten(report.text),
    consequence: 'Somebody saw trouble that no sensor may see.',
    action: 'Compare with the alarms nearby; verify, then open or join an incident.',
    evidence: [],
    onDelayMs: 0,
    offDelayMs: 0,
  };
}

const shorten = (text: string): string => (text.length > WORDS_LENGTH ? `${text.slice(0, WORDS_LENGTH)}…` : text);

/** How many reports of a category came in a minute, and what the first of them says. */
const describeParts = ({ parts }: Crowd): Condition['evidence'] =>
  parts.map(({ category, count, first }) => ({
    label: count === 1 ? category : `${category} (${describeCount(count)})`,
    text: shorten([first.address, first.text].filter(Boolean).join(': ')),
  }));

const crowdTitle = ({ count }: Crowd): string => `${describeCount(count)} citizens’ reports within a minute`;

/** One alarm for all reports of a minute beyond the few that have alarms of their own. */
function toCrowdCondition(crowd: Crowd): Condition {
  return {
    rule: 'citizen.report',
    domain: 'citizen',
    priority: 3,
    subject: { kind: 'report', id: crowd.id },
    title: crowdTitle(crowd),
    place: 'Several places',
    cause: 'Many people report at once: one great trouble, or one sender of many reports.',
    consequence: 'Reports that have nothing to do with the others are easily overlooked.',
    action: 'Read the rarest categories first; look at the map for a place that many name.',
    evidence: describeParts(crowd),
    onDelayMs: 0,
    offDelayMs: 0,
  };
}

function crowdDetail(crowd: Crowd): Detail {
  return {
    subject: { kind: 'report', id: crowd.id },
    title: crowdTitle(crowd),
    subtitle: 'Citizens’ reports',
    facts: describeParts(crowd).map(({ label, text }) => ({ label, text, atMs: crowd.atMs })),
    series: [],
    related: [],
  };
}

/** The newest notices of other authorities. */
class NoticeTable {
  readonly #all = new Map<string, Notice>();

  /** Returns whether the notice is new or newer than the one of the same id. */
  take(notice: Notice): boolean {
    const held = this.#all.get(notice.noticeId);
    if (held !== undefined && held.atMs >= notice.atMs) return false;
    this.#all.set(notice.noticeId, notice);
    const oldest = this.#all.keys().next().value;
    if (this.#all.size > MOST_NOTICES && oldest !== undefined) this.#all.delete(oldest);
    return true;
  }

  get(noticeId: string): Notice | undefined {
    return this.#all.get(noticeId);
  }

  all(): Notice[] {
    return [...this.#all.values()];
  }
}

/** What citizens and other authorities report in words. */
export function createCitizensDomain({ links }: Pick<County, 'links'>): Domain {
  const reports = new ReportTable();
  const notices = new NoticeTable();
  const roadOf = indexRoads(links);
  const place = ({ address, lon, lat }: CitizenReport): string => {
    if (address !== undefined) return address;
    if (lon === undefined || lat === undefined) return 'Place not given';
    return roadOf(lon, lat) ?? 'Away from roads';
  };
  // Increases with every change; a reader begins at 0.
  let version = 1;
  const rows = (): Row[] => [...reports.all(), ...notices.all()].map(toRow).sort((a, b) => b.atMs - a.atMs);

  const detail = (id: string, nowMs: number): Detail | undefined => {
    const found = reports.get(id) ?? notices.get(id);
    if (found === undefined) {
      const crowd = reports.crowds(nowMs).find((each) => each.id === id);
      return crowd && crowdDetail(crowd);
    }
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
      if (value.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
      if (value.kind === 'report' ? reports.take(value, nowMs) : notices.take(value)) version++;
    },
    judge: (nowMs) => [
      ...reports.singles(nowMs).map((report) => toCondition(report, place(report))),
      ...reports.crowds(nowMs).map(toCrowdCondition),
    ],
    figures: () => [],
    detail: (subject, nowMs) => (subject.kind === 'report' ? detail(subject.id, nowMs) : undefined),
    streams: {
      reports: (cursor) =>
        cursor === version ? undefined : { message: { isFull: true, changed: rows() }, cursor: version },
    },
  };
}
