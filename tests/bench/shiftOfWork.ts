import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkstation } from '../../main/engine/log/workstation.ts';
import { lineOf } from '../../main/engine/reports/countyLogLines.ts';
import { countyLogFile } from '../../main/engine/reports/CountyLog.ts';
import { openRecordStore } from '../../main/engine/store/record/openRecordStore.ts';
import { figures } from '../../shared/figures.ts';
import { incidentTypeSchema } from '../../shared/incidents/incident.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { person } from '../support/people.ts';
import { dice } from './monthOfCounty.ts';

const workerPath = join(import.meta.dirname, '../../out/main/storeWorker.js');
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const STEP_MS = 300_000;
const people = ['Ann', 'Ben', 'Chidi'].map((name) => person(name, 'dispatcher'));

/** The actions on one incident, each with its minute after the opening. */
function actions(
  incidentId: string,
  index: number,
  openedAtMs: number,
  place: [number, number],
): [number, RecordEvent][] {
  const type = incidentTypeSchema.options[index % incidentTypeSchema.options.length] ?? 'other';
  const priority = ([1, 2, 3, 3, 4] as const)[index % 5] ?? 3;
  const milestone = (name: 'T2' | 'T4' | 'T5' | 'T6', minute: number): [number, RecordEvent] => [
    minute,
    {
      kind: 'incident.milestone',
      incidentId,
      milestone: name,
      atMs: openedAtMs + minute * MINUTE_MS,
      source: 'person',
    },
  ];
  return [
    [
      0,
      {
        kind: 'incident.opened',
        incidentId,
        type,
        priority,
        title: `Incident ${index} that somebody reported`,
        place: 'Main Street at 3rd Avenue',
        alarmIds: [],
        lon: place[0],
        lat: place[1],
      },
    ],
    [1, { kind: 'incident.acknowledged', incidentId }],
    [2, { kind: 'incident.assigned', incidentId, assignee: people[index % people.length]?.name ?? '' }],
    milestone('T2', 3),
    [4, { kind: 'incident.unitOrdered', incidentId, unitId: `U${index % 9}`, order: 'go' }],
    [
      6,
      {
        kind: 'incident.noted',
        incidentId,
        text: 'Caller says that nobody is hurt; the left lane is blocked, and there is oil on the road down to the traffic light.',
      },
    ],
    milestone('T4', 9),
    [15, { kind: 'incident.noted', incidentId, text: 'Road crew is asked for sand.' }],
    milestone('T5', 24 + (index % 20)),
    milestone('T6', 45 + (index % 20)),
    [70, { kind: 'incident.resolved', incidentId, outcome: 'Cleared' }],
  ];
}

/**
 * Writes a shift into a data folder, as an engine would have left it: its log, its county log and the times of its
 * alarms. Returns the number of entries.
 */
export async function writeShift(
  dataDir: string,
  {
    fromMs,
    hours,
    incidents,
    bounds,
  }: { fromMs: number; hours: number; incidents: number; bounds: readonly [number, number, number, number] },
): Promise<number> {
  const toMs = fromMs + hours * HOUR_MS;
  const [west, south, east, north] = bounds;
  const dated: [number, number, RecordEvent][] = Array.from({ length: incidents }, (_, index) => {
    const openedAtMs = fromMs + Math.floor((index / incidents) * (toMs - fromMs));
    return actions(`I-${String(index)}`, index, openedAtMs, [
      west + dice(index, 1) * (east - west),
      south + dice(index, 2) * (north - south),
    ]).map(([minute, event]): [number, number, RecordEvent] => [openedAtMs + minute * MINUTE_MS, index, event]);
  })
    .flat()
    .filter(([atMs]) => atMs <= toMs)
    .sort(([a], [b]) => a - b);
  const { store: record } = await openRecordStore({
    file: join(dataDir, 'record.db'),
    signer: makeWorkstation('Bench', 'ws-bench'),
    workerPath,
    now: () => toMs,
  });
  const shiftId = 'shift-1';
  await record.append(fromMs, person('Dana'), { kind: 'shift.opened', shiftId, fromMs });
  for (const positionId of ['streets', 'utilities', 'systems'])
    await record.append(fromMs, people[0] ?? person('Ann'), { kind: 'position.taken', positionId });
  for (const [atMs, index, event] of dated)
    await record.append(atMs, people[index % people.length] ?? person('Ann'), event);
  await record.append(toMs, person('Dana'), { kind: 'shift.closed', shiftId, toMs });
  await record.close();
  for (let at = fromMs; at < toMs; at += STEP_MS) {
    const values = Object.keys(figures).map((id, place): [string, [number, number, number, number]] => [
      id,
      [0.5 + dice(at / STEP_MS, place), 0.4, 1.6, 0.95],
    ]);
    appendFileSync(
      join(dataDir, countyLogFile),
      lineOf({ at, toMs: at + STEP_MS, figures: Object.fromEntries(values) }),
    );
  }
  const alarms = Array.from(
    { length: hours * 12 },
    (_, index) => `${fromMs + Math.floor(dice(index, 3) * (toMs - fromMs))} ${1 + (index % 4)}`,
  );
  appendFileSync(join(dataDir, 'alarm-times.txt'), `since ${fromMs - HOUR_MS}\n${alarms.join('\n')}\n`);
  return dated.length + 5;
}
