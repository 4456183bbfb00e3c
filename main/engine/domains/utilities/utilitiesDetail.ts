import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import { describeCount, describeDuration, describeMany, describeQuantity } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { meterStates } from '../../../../shared/live/frame.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { quantities } from '../../../../shared/base/quantities.ts';
import { readCounter } from '../../../../shared/utilities/statusCounters.ts';
import { describeStatus } from '../../../../shared/utilities/statusWords.ts';
import { customerMinutes } from './OutageCourses.ts';
import { zoneFinding } from './zoneFindings.ts';
import type { ZoneReading, ZoneState } from './ZoneState.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';

type Fact = Detail['facts'][number];

const stateWords = {
  noData: 'never heard',
  normal: 'normal',
  leak: 'continuous flow: probably a leak',
  highUse: 'very high flow for hours',
  noVoltage: 'without power',
  voltage: 'voltage out of range',
  tamper: 'tampered with',
  stuck: 'register stuck',
  stale: 'silent',
  suspect: 'register went backwards',
} as const satisfies Record<(typeof meterStates)[number], string>;

const eventWords = { registerExchanged: 'another meter from here', registerRolledOver: 'rolled over' } as const;

/** A value with its time; without a time there is no value to show. */
const fact = (
  label: string,
  text: string,
  atMs: number | undefined,
  quality: keyof typeof qualityCode = 'good',
): Fact[] =>
  atMs === undefined || !Number.isFinite(atMs) ? [] : [{ label, text, atMs, quality: qualityCode[quality] }];

function meterFacts(
  { table, supply, status }: UtilitiesState,
  row: number,
  isWater: boolean,
  units: DisplayUnits,
): Fact[] {
  const quality = table.has(row, 'suspect') ? 'suspect' : table.has(row, 'stale') ? 'stale' : 'good';
  const registerAtMs = table.registerAtMs[row];
  const perUnit = supply.voltagePu[row] ?? Number.NaN;
  const event = table.registerEvent(row);
  const leak = table.has(row, 'leak') ? table.leakLitersPerHour(row) : Number.NaN;
  const quantity = (value: number | undefined, unit: string, digits: number): string =>
    describeQuantity(value ?? Number.NaN, unit, digits, units);
  return [
    { label: 'State', text: stateWords[meterStates[table.stateOf(row)] ?? 'noData'] },
    ...fact(
      isWater ? 'Flow' : 'Power',
      isWater ? quantity(table.rate[row], 'm³/h', 3) : quantity(table.rate[row], 'kW', 2),
      registerAtMs,
      quality,
    ),
    ...fact(
      'Register',
      isWater ? quantity(table.register[row], 'm³', 3) : quantity(table.register[row], 'kWh', 2),
      registerAtMs,
      quality,
    ),
    ...(Number.isNaN(perUnit)
      ? []
      : fact('Voltage', `${(perUnit * 100).toFixed(1)} % of nominal`, table.seenAtMs[row])),
    ...(Number.isNaN(leak)
      ? []
      : [{ label: 'Least flow in any hour', text: `${quantity(leak / 1000, 'm³', 3)} an hour` }]),
    ...status
      .of(row)
      .flatMap(({ word, lastMs }) =>
        fact('Says', describeStatus(word, isWater ? 'water' : 'electricity').says, lastMs),
      ),
    ...(table.has(row, 'stuck') ? fact('Register', 'has not moved since', table.movedAtMs(row)) : []),
    ...(event === undefined ? [] : fact('Register', eventWords[event.event], event.atMs)),
  ];
}

function meterDetail(state: UtilitiesState, row: number, units: DisplayUnits): Detail | undefined {
  const meter = state.table.meters[row];
  if (meter === undefined) return undefined;
  const isWater = meter.commodity === 'water';
  const zone = state.zone(meter.zoneId);
  return {
    subject: { kind: 'meter', id: meter.id },
    title: meter.address ?? meter.id,
    subtitle: `${isWater ? 'Water' : 'Electricity'} meter ${meter.id}`,
    lon: meter.lon,
    lat: meter.lat,
    facts: [
      ...meterFacts(state, row, isWater, units),
      { label: 'Customer', text: meter.customerClass },
      ...(meter.collector === undefined || meter.collector === ''
        ? []
        : [{ label: 'Collector', text: meter.collector }]),
      ...(meter.transformerId === undefined ? [] : [{ label: 'Transformer', text: meter.transformerId }]),
    ],
    series: isWater
      ? [{ deviceId: meter.id, quantity: 'registerM3', label: 'Consumption', asRate: true }]
      : [
          { deviceId: meter.id, quantity: 'registerKwh', label: 'Consumption', asRate: true },
          { deviceId: meter.id, quantity: 'voltageV', label: 'Voltage', asRate: false },
        ],
    related: zone === undefined ? [] : [{ subject: whereIs(zone).at.subject, label: whereIs(zone).name }],
  };
}

function counts(state: UtilitiesState, zone: ZoneState): Fact[] {
  const rows = (
    [
      ['Without power', 'noVoltage'],
      ['Voltage out of range', 'voltage'],
      ['Continuous flow', 'leak'],
      ['Tampered with', 'tamper'],
      ['Stuck', 'stuck'],
      ['Silent', 'stale'],
    ] as const
  ).map(([label, mark]) => ({ label, count: state.table.countOf(zone.index, mark) }));
  return rows
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => ({ label, text: `${describeCount(count)} ${count === 1 ? 'meter' : 'meters'}` }));
}

/** The outage of now, or the last one, with who has proved since that the supply is back. */
function outageFacts(state: UtilitiesState, zone: ZoneState): Fact[] {
  const course = state.courses.of(zone);
  if (course === undefined) return [];
  const { sinceMs, endMs, most, customers } = course;
  const lasted = describeDuration(((endMs ?? course.atMs) - sinceMs) / 1000);
  const minutes = describeMany(customerMinutes(course), 'customer minute');
  const awaited = state.supply.awaitedOf(zone.meterRows);
  return [
    ...fact(
      endMs === undefined ? 'Out since' : 'Last outage',
      `${lasted}, ${describeMany(most, 'customer')}, ${minutes}`,
      sinceMs,
    ),
    ...(endMs === undefined ? [] : fact('Restored', describeMany(most - customers, 'customer'), endMs)),
    ...(awaited === 0
      ? []
      : [
          {
            label: 'Not verified yet',
            text: `${describeMany(awaited, 'meter')} that lost power and must report first`,
          },
        ]),
  ];
}

/** What the detector finds unusual, with the time since when. */
function unusual(state: UtilitiesState, zone: ZoneState, units: DisplayUnits): Fact[] {
  const found = zoneFinding(state, zone, units);
  return found === undefined ? [] : fact('Unusual', found.text, found.finding.sinceMs, 'suspect');
}

function zoneDetail(state: UtilitiesState, zone: ZoneState, nowMs: number, units: DisplayUnits): Detail {
  const isWater = zone.zone.kind === 'dma';
  const usual = state.usualOf(zone, nowMs);
  const where = whereIs(zone);
  const show = (value: number): string => describeQuantity(value, isWater ? 'm³/h' : 'kW', isWater ? 2 : 0, units);
  const quality = state.isFresh(zone, nowMs) ? 'good' : 'stale';
  const reading = (label: string, held: ZoneReading | undefined, text: (value: number) => string): Fact[] =>
    held === undefined ? [] : fact(label, text(held.value), held.atMs, quality);
  return {
    subject: where.at.subject,
    title: where.name,
    subtitle: isWater ? 'Water zone' : 'Electricity feeder',
    lon: zone.zone.center[0],
    lat: zone.zone.center[1],
    facts: [
      ...reading(isWater ? 'Inflow' : 'Load', zone.value, show),
      {
        label: 'Usual at this hour',
        text: usual === undefined ? 'not known yet: needs two days' : show(usual.typical),
      },
      ...unusual(state, zone, units),
      ...reading('Pressure', zone.pressureKpa, (value) => describeQuantity(value, 'kPa', 0, units)),
      ...reading('Voltage', zone.voltagePu, (value) => `${(value * 100).toFixed(1)} % of nominal`),
      ...fact('Breaker', zone.isBreakerOpen ? 'open' : 'closed', zone.breaker?.sinceMs),
      ...outageFacts(state, zone),
      {
        label: 'Meters',
        text: `${describeCount(state.table.heardIn(zone.index))} of ${describeCount(zone.meterRows.length)} heard`,
      },
      ...counts(state, zone),
    ],
    series: isWater
      ? [
          { deviceId: zone.zone.id, quantity: 'flowM3h', label: 'Inflow', asRate: false, hasForecast: true },
          { deviceId: zone.zone.id, quantity: 'pressureKpa', label: 'Pressure', asRate: false },
        ]
      : [
          { deviceId: zone.zone.id, quantity: 'powerKw', label: 'Load', asRate: false, hasForecast: true },
          { deviceId: zone.zone.id, quantity: 'voltageV', label: 'Voltage', asRate: false },
        ],
    related: [],
  };
}

function strangerDetail(state: UtilitiesState, id: string, units: DisplayUnits): Detail | undefined {
  const stranger = state.strangers.get(id);
  if (stranger === undefined) return undefined;
  const readings = [...stranger.readings.values()];
  return {
    subject: { kind: 'meter', id },
    title: stranger.flags?.name ?? id,
    subtitle: `${stranger.flags?.media ?? 'Device'} without a place in the county's lists`,
    facts: [
      ...readings.map(({ quantity, value, quality, atMs, reason }): Fact => {
        const { label, unit, digits } = quantities[quantity];
        return {
          label,
          text: describeQuantity(value, unit, digits, units),
          quality: qualityCode[quality],
          atMs,
          ...(reason !== undefined && { note: reason }),
        };
      }),
      ...(stranger.flags === undefined
        ? []
        : fact(
            'Says',
            stranger.flags.flags.filter((word) => readCounter(word) === undefined).join(', ') || 'nothing special',
            stranger.flags.atMs,
          )),
    ],
    series: readings.map(({ quantity }) => ({
      deviceId: id,
      quantity,
      label: quantities[quantity].label,
      asRate: quantities[quantity].kind === 'counter',
    })),
    related: [],
  };
}

/** The details page of a meter, a water zone or a feeder. */
export function utilitiesDetail(
  state: UtilitiesState,
  subject: Subject,
  nowMs: number,
  units: DisplayUnits,
): Detail | undefined {
  if (subject.kind === 'meter') {
    const row = state.table.rowOf(subject.id);
    return row === undefined ? strangerDetail(state, subject.id, units) : meterDetail(state, row, units);
  }
  const zone = subject.kind === 'zone' || subject.kind === 'feeder' ? state.zone(subject.id) : undefined;
  return zone === undefined ? undefined : zoneDetail(state, zone, nowMs, units);
}
