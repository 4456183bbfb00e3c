import { defaultPositions, positionOf } from '../../shared/alarms/positions.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import type { StreamMessage } from '../../shared/contract/contract.ts';
import type { Incident } from '../../shared/incidents/incident.ts';
import { encodeFrame, makeColumns } from '../../shared/live/frame.ts';
import type { FrameData, FrameKind } from '../../shared/live/frame.ts';
import { onRouteDegrees, seeded } from './fixtureCounty.ts';
import type { fixtureCounty } from './fixtureCounty.ts';

export const VEHICLES = 40;
type County = ReturnType<typeof fixtureCounty>;

const frame = <K extends FrameKind>(
  kind: K,
  count: number,
  atMs: number,
  fill: (columns: FrameData<K>) => void,
): ArrayBuffer => {
  const columns = makeColumns(kind, count);
  for (let i = 0; i < count; i++) columns.index[i] = i;
  fill(columns);
  return encodeFrame({ kind, count, atMs, seq: 0, isFull: true, columns });
};

/** Forty vehicles on four loops, each with one fix per second; some are late, one is stale. */
export const vehiclesFrame = (atMs: number): ArrayBuffer =>
  frame('vehicles', VEHICLES, atMs, (columns) => {
    const fixAtMs = Math.floor(atMs / 1000) * 1000;
    for (let i = 0; i < VEHICLES; i++) {
      const route = (i % 4) + 1;
      const share = (fixAtMs / (1_800_000 + route * 400_000) + i / VEHICLES) % 1;
      const [lon, lat] = onRouteDegrees(route, share);
      columns.lon[i] = lon;
      columns.lat[i] = lat;
      columns.headingDeg[i] = NaN;
      columns.speedMps[i] = 11;
      columns.delayS[i] = i % 7 === 0 ? 420 + i * 10 : (i % 5) * 30 - 40;
      columns.seenAtMs[i] = fixAtMs;
      columns.quality[i] = i === 5 ? 3 : 0;
    }
  });

export const unitsFrame = (atMs: number, county: County): ArrayBuffer =>
  frame('units', county['county.units'].units.length, atMs, (columns) => {
    for (let i = 0; i < columns.index.length; i++) {
      const [lon, lat] = onRouteDegrees((i % 4) + 1, i < 4 ? (atMs / 900_000 + i / 12) % 1 : i / 12);
      columns.lon[i] = lon;
      columns.lat[i] = lat;
      columns.headingDeg[i] = NaN;
      columns.seenAtMs[i] = Math.floor(atMs / 2000) * 2000;
      columns.status[i] = i < 2 ? 2 : i === 2 ? 3 : i === 11 ? 5 : 0;
    }
  });

/** Links with a detector have a speed; there is a queue on the freeway, and a few detectors are faulty. */
export function linksFrame(atMs: number, county: County): ArrayBuffer {
  const { detectors } = county['county.network'];
  const random = seeded(Math.floor(atMs / 30_000));
  const columns = makeColumns('links', detectors.length);
  detectors.forEach((detector, i) => {
    columns.index[i] = detector.linkIndex;
    const isQueue = detector.linkIndex >= 12 && detector.linkIndex <= 20 && detector.linkIndex % 2 === 0;
    columns.speedRatio[i] = isQueue ? 0.18 + (detector.linkIndex - 12) * 0.06 : 1 - random() ** 7 * 0.7;
    columns.flowVph[i] = 400 + random() * 900;
    columns.seenAtMs[i] = atMs;
    columns.quality[i] = i % 37 === 5 ? 2 : 0;
    columns.anomaly[i] = isQueue ? 1 : 0;
  });
  return encodeFrame({ kind: 'links', count: detectors.length, atMs, seq: 0, isFull: true, columns });
}

export const metersFrame = (atMs: number, county: County): ArrayBuffer =>
  frame('meters', county['county.meters'].ids.length, atMs, (columns) => {
    const random = seeded(7);
    for (let i = 0; i < columns.index.length; i++) {
      const isOut = county['county.meters'].zoneIndex[i] === 6 && random() < 0.5;
      columns.rate[i] = random() * 2;
      columns.seenAtMs[i] = atMs - random() * 900_000;
      columns.state[i] = isOut ? 4 : random() < 0.01 ? 2 + Math.floor(random() * 8) : 1;
    }
  });

export const zonesFrame = (atMs: number, county: County): ArrayBuffer =>
  frame('zones', county['county.map'].zones.length, atMs, (columns) => {
    for (let i = 0; i < columns.index.length; i++) {
      columns.typical[i] = 24 + i;
      columns.value[i] = i === 4 ? 51 : i === 6 ? 9 : 23 + i;
      columns.present[i] = 0.97;
      columns.seenAtMs[i] = atMs;
      columns.state[i] = i === 4 ? 2 : i === 6 ? 4 : 1;
    }
  });

const alarm = (
  id: string,
  priority: Alarm['priority'],
  domain: Alarm['domain'],
  title: string,
  subject: Alarm['subject'],
  at: readonly [number, number],
  nowMs: number,
): Alarm => ({
  id,
  rule: `${domain}.fixture`,
  domain,
  priority,
  state: 'active',
  subject,
  title,
  place: title,
  lon: at[0],
  lat: at[1],
  position: positionOf(defaultPositions, domain),
  respondWithinMs: [0, 300_000, 900_000, 3_600_000, 28_800_000][priority] ?? 0,
  causeGroup: `${subject.kind}:${subject.id}`,
  cause: 'Made up for a test.',
  consequence: 'None.',
  action: 'Look at it.',
  evidence: [{ label: 'Speed', text: '12 km/h (typical 96 km/h)' }],
  raisedAtMs: nowMs - 120_000,
  changedAtMs: nowMs - 120_000,
});

export function firstAlarms(county: County, nowMs: number): Alarm[] {
  const { links } = county['county.network'];
  const { zones } = county['county.map'];
  const onLink = links[14]?.path[1] ?? [0, 0];
  const zone = (i: number): readonly [number, number] => zones[i]?.center ?? [0, 0];
  return [
    alarm('A1', 1, 'traffic', 'Standing traffic on Freeway 35', { kind: 'link', id: 'L14' }, onLink, nowMs),
    alarm('A2', 2, 'electricity', 'Feeder without voltage', { kind: 'feeder', id: zones[6]?.id ?? '' }, zone(6), nowMs),
    alarm('A3', 2, 'water', 'High inflow at night', { kind: 'zone', id: zones[4]?.id ?? '' }, zone(4), nowMs),
    alarm(
      'A4',
      3,
      'transit',
      'Vehicles bunched on line 20',
      { kind: 'route', id: 'R2' },
      onRouteDegrees(2, 0.3),
      nowMs,
    ),
    alarm(
      'A5',
      4,
      'maintenance',
      'Detector stuck',
      { kind: 'detector', id: 'D20' },
      links[20]?.path[1] ?? [0, 0],
      nowMs,
    ),
  ];
}

export function firstIncidents(county: County, nowMs: number): Incident[] {
  const [lon, lat] = county['county.network'].links[16]?.path[1] ?? [0, 0];
  return [
    {
      id: 'I1',
      type: 'crash',
      priority: 1,
      status: 'verified',
      title: 'Crash on Freeway 35',
      place: 'Freeway 35 eastbound',
      lon,
      lat,
      alarmIds: ['A1'],
      unitIds: ['U0'],
      openedAtMs: nowMs - 600_000,
      changedAtMs: nowMs - 60_000,
      milestones: { T1: { atMs: nowMs - 600_000, by: 'operator', source: 'detector' } },
      log: [{ id: '1', atMs: nowMs - 600_000, actor: 'operator', text: 'Opened', kind: 'incident.opened' }],
    },
  ];
}

export function figures(nowMs: number): StreamMessage<'figures'> {
  const labels = [
    ['delay', 'Delay', 'veh·h', 42.5],
    ['onTime', 'Buses on time', '%', 81],
    ['gaps', 'Headway gaps', '', 2],
    ['power', 'Power', 'kW', 18_400],
    ['water', 'Water', 'm³/h', 412],
    ['faults', 'Open faults', '', 5],
  ] as const;
  return {
    figures: labels.map(([id, label, unit, value], i) => ({
      id,
      label,
      unit,
      value: value * (1 + 0.01 * Math.sin(nowMs / 20_000 + i)),
      digits: value < 100 ? 1 : 0,
      typical: value * 0.9,
      low: value * 0.8,
      high: value,
      present: i === 4 ? 0.82 : 1,
      sources: [{ feed: 'beacon', name: 'Beacon', atMs: nowMs, isSilent: false }],
      isAbnormal: i === 0,
      spark: Array.from({ length: 60 }, (_, k) => (k === 20 ? null : value * (0.9 + 0.1 * Math.sin(k / 6 + i)))),
    })),
  };
}

export function vitals(nowMs: number, startedAtMs: number): StreamMessage<'vitals'> {
  return {
    nowMs,
    clockSpeed: 1,
    broker: { state: 'connected', url: 'mqtt://127.0.0.1', sinceMs: startedAtMs, protocol: 'MQTT 5' },
    feeds: [
      {
        id: 'beacon',
        name: 'Beacon JSON',
        received: 1200,
        refused: 2,
        perSecond: 40,
        isSteady: true,
        isExpected: true,
        lastAtMs: nowMs - 200,
        state: 'live',
      },
    ],
    store: { state: 'ok', queue: 3, commitP95Ms: 4, samples: 120_000 },
    disk: { state: 'ok', freeBytes: 5e10, totalBytes: 1e11 },
    messagesPerSecond: 40,
    refusedTotal: 2,
    shedTotal: 0,
    unplaced: 1,
    unplacedRefused: 0,
    alarmLoad: { last10Min: 3, lastHour: 9 },
    loopDelayP99Ms: 2,
  };
}
