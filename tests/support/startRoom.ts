import { onTestFinished } from 'vitest';
import { entryId } from '../../shared/record/logEntry.ts';
import { cuttableLine } from './cuttableLine.ts';
import type { CuttableLine } from './openCuttableLine.ts';
import { administrator } from './people.ts';
import { startDesk } from './startDesk.ts';
import type { RunningDesk, StartOptions } from './startDesk.ts';
import { eventually } from './startHost.ts';
import { startMosquitto } from './startMosquitto.ts';
import { temporaryFolder } from './temporaryFolder.ts';

type Broker = Awaited<ReturnType<typeof startMosquitto>>;
export type Room = { lines: CuttableLine[]; desks: RunningDesk[]; broker: Broker };

/** Starts a Mosquitto that has kept nothing. It is removed when the test is over. */
export async function startBroker(port?: number): Promise<Broker> {
  const broker = await startMosquitto(port === undefined ? {} : { port });
  onTestFinished(() => broker.dispose());
  return broker;
}

/**
 * Makes a workstation join by a code that was made at another one, as its application does: it restarts with the desk's
 * log.
 */
async function joined(at: RunningDesk, options: StartOptions): Promise<RunningDesk> {
  const before = await startDesk(options);
  await eventually('A connection', () => before.replication.state().isConnected || undefined);
  await before.join(at.replication.makeCode(administrator).code);
  await before.stop();
  const desk = await startDesk(options);
  await desk.replication.ready;
  return desk;
}

/**
 * Starts workstations of one desk, each with a connection of its own to one broker. `parts` holds, by workstation, the
 * options that are particular to it.
 */
export async function startRoom(
  count: number,
  parts: readonly Omit<StartOptions, 'folder' | 'url'>[] = [],
): Promise<Room> {
  const broker = await startBroker();
  const lines = await Promise.all(Array.from({ length: count }, () => cuttableLine(broker.port)));
  const options = lines.map(({ url }, index) => ({ folder: temporaryFolder(), url, ...parts[index] }));
  const desks = [await startDesk(options[0]!)];
  await eventually('A connection', () => desks[0]!.replication.state().isConnected || undefined);
  for (const each of options.slice(1)) desks.push(await joined(desks[0]!, each));
  await eventually(
    'The public key of each',
    () =>
      count === 1 ||
      desks.every(
        (desk) => desk.entries().filter(({ event }) => event.kind === 'workstation.keyTold').length === count,
      ) ||
      undefined,
  );
  await sameLog(desks);
  return { lines, desks, broker };
}

const idsOf = (desk: RunningDesk): string => desk.entries().map(entryId).join(' ');
export const sameLog = (desks: readonly RunningDesk[]): Promise<unknown> =>
  eventually('The same log everywhere', () => new Set(desks.map(idsOf)).size === 1 || undefined);

export const leaders = (desks: readonly RunningDesk[]): RunningDesk[] =>
  desks.filter(({ replication }) => replication.isLeader());
const smallest = (desks: readonly RunningDesk[]): RunningDesk => [...desks].sort((a, b) => (a.id < b.id ? -1 : 1))[0]!;
/** Waits until exactly one workstation leads, the one with the smallest id. */
export const oneLeader = (desks: readonly RunningDesk[]): Promise<RunningDesk> =>
  eventually('One leader', () =>
    leaders(desks).length === 1 && leaders(desks)[0] === smallest(desks) ? smallest(desks) : undefined,
  );
