import { createHash } from 'node:crypto';
import { HOUR_MS } from '../../../shared/base/durations.ts';
import type { CustomerAccount, CustomerMeter } from '../../../shared/public/publicContract.ts';
import { element, xmlDocument } from '../feeds/xml.ts';
import type { Xml } from '../feeds/xml.ts';
import { localTimeParameters } from './localTimeParameters.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const ESPI = 'http://naesb.org/espi';
const HOUR_S = HOUR_MS / 1000;

type Hour = CustomerMeter['hours'][number];
/** Codes of ESPI 4.0. `perUnit`: how many of what a reading counts are in a kWh or a m³. */
type Codes = { service: number; commodity: number; kind: number; uom: number; powerOfTen: number; perUnit: number };
const codes: Readonly<Record<CustomerMeter['commodity'], Codes>> = {
  // Energy in Wh, of electricity that is metered after the transformer.
  electricity: { service: 0, commodity: 1, kind: 12, uom: 72, powerOfTen: 0, perUnit: 1000 },
  // Volume in thousandths of a m³, of drinking water.
  water: { service: 2, commodity: 9, kind: 58, uom: 42, powerOfTen: -3, perUnit: 1000 },
};
const names = { electricity: 'Electricity', water: 'Water' } as const;
/** Validated, and estimated by linear interpolation. What is not known has no reading. */
const qualityCodes = { good: 17, estimated: 9 } as const;

/** A UUID that is the same for the same thing in every file. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(`beacon:${text}`).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const espi = (name: string, content: Xml['content']): Xml => element(name, content, { xmlns: ESPI });
const link = (rel: string, href: string): Xml => element('link', undefined, { rel, href });

/** A resource of the feed, and the resources to which it belongs. */
type Entry = { self: string; up: string; related: readonly string[]; title: string; resource: Xml };

const entryOf = ({ self, up, related, title, resource }: Entry, updated: string): Xml =>
  element('entry', [
    element('id', uuidOf(self)),
    link('self', self),
    link('up', up),
    ...related.map((each) => link('related', each)),
    element('title', title),
    element('content', [resource], { type: 'application/xml' }),
    element('published', updated),
    element('updated', updated),
  ]);

const interval = (name: string, startMs: number, hours: number): Xml =>
  element(name, [element('duration', hours * HOUR_S), element('start', startMs / 1000)]);

/** Hours that follow each other without a gap. */
function runsOf(hours: readonly Hour[]): Hour[][] {
  const runs: Hour[][] = [];
  let lastMs = Number.NaN;
  for (const hour of hours) {
    if (hour.quality === 'missing') continue;
    if (hour.startMs - lastMs === HOUR_MS) runs.at(-1)?.push(hour);
    else runs.push([hour]);
    lastMs = hour.startMs;
  }
  return runs;
}

function reading({ startMs, use, quality }: Hour, perUnit: number): Xml {
  const code = quality === 'estimated' ? qualityCodes.estimated : qualityCodes.good;
  return element('IntervalReading', [
    element('ReadingQuality', [element('quality', code)]),
    interval('timePeriod', startMs, 1),
    element('value', Math.round(use * perUnit)),
  ]);
}

const readingType = ({ commodity, kind, uom, powerOfTen }: Codes): Xml =>
  espi('ReadingType', [
    element('accumulationBehaviour', 4),
    element('commodity', commodity),
    element('dataQualifier', 12),
    element('defaultQuality', qualityCodes.good),
    element('flowDirection', 1),
    element('intervalLength', HOUR_S),
    element('kind', kind),
    element('powerOfTenMultiplier', powerOfTen),
    element('timeAttribute', 0),
    element('uom', uom),
  ]);

/** A usage point with its reading, and a block for each run of hours without a gap. */
function entriesOf({ id, commodity, hours }: CustomerMeter, base: string, timeHref: string): Entry[] {
  const { service, perUnit } = codes[commodity];
  const title = names[commodity];
  const point = `${base}/UsagePoint/${encodeURIComponent(id)}`;
  const meterReading = `${point}/MeterReading/1`;
  const blocks = `${meterReading}/IntervalBlock`;
  return [
    {
      self: point,
      up: `${base}/UsagePoint`,
      related: [`${point}/MeterReading`, timeHref],
      title: `${title}, meter ${id}`,
      resource: espi('UsagePoint', [element('ServiceCategory', [element('kind', service)])]),
    },
    {
      self: meterReading,
      up: `${point}/MeterReading`,
      related: [blocks, `${base}/ReadingType/${commodity}`],
      title: `${title} by hour`,
      resource: espi('MeterReading', undefined),
    },
    ...runsOf(hours).map((run, at): Entry => ({
      self: `${blocks}/${String(at + 1)}`,
      up: blocks,
      related: [],
      title,
      resource: espi('IntervalBlock', [
        interval('interval', run[0]?.startMs ?? 0, run.length),
        ...run.map((hour) => reading(hour, perUnit)),
      ]),
    })),
  ];
}

/** The use of an account as a Green Button file (ESPI 4.0): an Atom feed whose times are UTC seconds. */
export function greenButton(account: CustomerAccount, county: { timeZone: string; nowMs: number }): string {
  const { id, meters } = account;
  const updated = new Date(county.nowMs).toISOString();
  const base = `/espi/1_1/resource/Subscription/${encodeURIComponent(id)}`;
  const times = '/espi/1_1/resource/LocalTimeParameters';
  const commodities = [...new Set(meters.map(({ commodity }) => commodity))];
  const entries: Entry[] = [
    {
      self: `${times}/1`,
      up: times,
      related: [],
      title: county.timeZone,
      resource: espi('LocalTimeParameters', localTimeParameters(county.timeZone, county.nowMs)),
    },
    ...commodities.map((commodity): Entry => ({
      self: `${base}/ReadingType/${commodity}`,
      up: `${base}/ReadingType`,
      related: [],
      title: `${names[commodity]} by hour`,
      resource: readingType(codes[commodity]),
    })),
    ...meters.flatMap((meter) => entriesOf(meter, base, `${times}/1`)),
  ];
  const head = [element('id', uuidOf(base)), element('title', 'Green Button'), element('updated', updated)];
  const content = [...head, link('self', base), ...entries.map((entry) => entryOf(entry, updated))];
  return xmlDocument(element('feed', content, { xmlns: ATOM }));
}
