import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join as joinPath } from 'node:path';
import { writeDeskFile } from '../../main/engine/sync/deskFile.ts';
import { fingerprintOf } from '../../main/engine/sync/foldTrust.ts';
import { DeskKey } from '../../main/engine/people/DeskKey.ts';
import { loadWorkstation } from '../../main/engine/log/workstation.ts';
import { openRecordStore } from '../../main/engine/store/record/openRecordStore.ts';
import type { RecordStore } from '../../main/engine/store/store.ts';
import { beaconPerson } from '../../shared/people/person.ts';
import type { Person } from '../../shared/people/person.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { smallCounty } from '../support/smallCounty.ts';
import { builtEntry, startBuilt } from '../support/startBuilt.ts';
import type { BuiltProcess } from '../support/startBuilt.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { writeCounty } from '../support/writeCounty.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';

const BATCH = 1000;
const EVERY_MS = 1000;
const PATIENCE_MS = 120_000;
const administrator: Person = { id: 'root', name: 'Root', role: 'administrator' };
const ann: Person = { id: 'ann', name: 'Ann', role: 'dispatcher' };

/** The events of an incident from its opening to its end. */
const storyOf = (incidentId: string): RecordEvent[] => [
  {
    kind: 'incident.opened',
    incidentId,
    type: 'crash',
    priority: 3,
    title: `Crash ${incidentId}`,
    place: 'Oak Street',
    alarmIds: [],
  },
  { kind: 'incident.acknowledged', incidentId },
  { kind: 'incident.noted', incidentId, text: 'Two vehicles, one lane closed, nobody hurt.' },
  { kind: 'incident.milestone', incidentId, milestone: 'T2', atMs: 0, source: 'operator' },
  { kind: 'incident.resolved', incidentId, outcome: 'Cleared' },
];

/**
 * Writes the sequences of all members, as each has them: the first founds the desk and admits the others, and all of
 * them work on incidents.
 */
async function fill(folders: readonly string[], incidents: number, nowMs: number): Promise<number> {
  const members = folders.map((folder) => {
    mkdirSync(folder, { recursive: true });
    return loadWorkstation(folder);
  });
  let atMs = nowMs - incidents * EVERY_MS;
  const workerPath = joinPath(dirname(builtEntry('host')), 'storeWorker.js');
  const records = await Promise.all(
    members.map(
      async (signer, index) =>
        (
          await openRecordStore({
            file: joinPath(folders[index] ?? '', 'record.db'),
            signer,
            workerPath,
            now: () => atMs,
          })
        ).store,
    ),
  );
  const known = members.map(({ id, name, publicKey }) => ({ id, name, publicKey }));
  const [founder, ...others] = known;
  if (founder === undefined) throw new Error('a desk needs a workstation');
  const deskId = fingerprintOf(founder.publicKey);
  const lettingIn = others.map((workstation): RecordEvent => ({ kind: 'workstation.joined', workstation }));
  const write = async (
    record: RecordStore | undefined,
    author: Person,
    events: readonly RecordEvent[],
  ): Promise<LogEntry[]> =>
    record === undefined ? [] : await Promise.all(events.map((event) => record.append(atMs, author, event)));
  const founding = await write(records[0], beaconPerson, [{ kind: 'desk.founded', deskId, workstation: founder }]);
  const written = [founding, await write(records[0], administrator, lettingIn)];
  for (let number = 0; number < incidents; number += BATCH) {
    atMs += BATCH * EVERY_MS;
    const stories = Array.from({ length: Math.min(BATCH, incidents - number) }, (_, index) =>
      storyOf(`I-${number + index}`),
    ).flat();
    written.push(await write(records[(number / BATCH) % records.length], ann, stories));
  }
  const keys = Object.fromEntries(known.map(({ id, publicKey }) => [id, publicKey]));
  for (const [index, record] of records.entries()) {
    for (const entries of written) await record.merge(entries, keys);
    await record.close();
    writeDeskFile(folders[index] ?? '', { deskId, known, isJoining: false });
    // All members of a desk share one key.
    if (index === 0) DeskKey.load(joinPath(folders[0] ?? '', 'desk-key.json'));
    else copyFileSync(joinPath(folders[0] ?? '', 'desk-key.json'), joinPath(folders[index] ?? '', 'desk-key.json'));
  }
  return written.reduce((sum, entries) => sum + entries.length, 0);
}

const startStation = (brokerUrl: string, countyDir: string, dataDir: string): Promise<BuiltProcess> =>
  startBuilt(
    'host',
    ['engine', '--broker', brokerUrl, '--county', countyDir, '--data', dataDir, '--listen', '127.0.0.1:0'],
    /^Beacon is at (http:\S+)/,
  );

async function openAt(station: BuiltProcess | undefined): Promise<ProbeScreen> {
  const screen = new ProbeScreen((station?.ready[1] ?? '').replace(/\/$/, ''));
  await screen.open();
  return screen;
}

/**
 * Measures from the use of the code to the moment at which a member of the desk learns that the new one has everything.
 */
async function measure(member: ProbeScreen, joining: ProbeScreen): Promise<number> {
  const { code } = await member.ask('desk.makeCode', {});
  const before = new Set((await member.ask('desk.state', {})).workstations.map(({ id }) => id));
  const startedMs = performance.now();
  await joining.ask('desk.join', { code });
  await eventually(
    'The whole log at the new workstation',
    async () => {
      const { workstations } = await member.ask('desk.state', {});
      return (
        workstations.some(({ id, state, behind }) => !before.has(id) && state === 'live' && behind === 0) || undefined
      );
    },
    PATIENCE_MS,
  );
  return performance.now() - startedMs;
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [workstations, incidents] = [options.number('workstations', 5), options.number('incidents', 10_000)];
  const folder = mkdtempSync(joinPath(tmpdir(), 'beacon-join-'));
  const folders = Array.from({ length: workstations }, (_, index) => joinPath(folder, `data-${index}`));
  const countyDir = joinPath(folder, 'county');
  const broker = await startMosquitto();
  const stations: BuiltProcess[] = [];
  const screens: ProbeScreen[] = [];
  try {
    await writeCounty(countyDir, smallCounty());
    const entries = await fill(folders.slice(0, -1), incidents, Date.now());
    say(
      `A desk of ${workstations - 1} workstations with ${incidents.toLocaleString('en')} incidents (${entries.toLocaleString('en')} entries) runs at a broker, and one more joins by a code.`,
    );
    for (const dataDir of folders) stations.push(await startStation(broker.url, countyDir, dataDir));
    const [member, joining] = [await openAt(stations[0]), await openAt(stations.at(-1))];
    screens.push(member, joining);
    await eventually(
      'The desk',
      async () =>
        (await member.ask('desk.state', {})).workstations.filter(
          ({ state, behind }) => state === 'live' && behind === 0,
        ).length ===
          workstations - 2 || undefined,
      PATIENCE_MS,
    );
    const joinMs = Math.round(await measure(member, joining));
    say(`It has all of it ${(joinMs / 1000).toFixed(1)} s after its code was typed, with its start anew.`);
    return { joinMs, events: entries, incidents, workstations };
  } finally {
    for (const screen of screens) screen.close();
    for (const station of stations) await station.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how long it takes until a workstation that joins has everything. */
export const join: Bench = {
  what: 'from a code for joining until the new workstation has the whole log of the desk',
  options: { workstations: 'with the one that joins (5)', incidents: 'incidents of five entries each (10000)' },
  run,
};
