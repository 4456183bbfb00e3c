import { onTestFinished } from 'vitest';
import { keepConnected } from '../../renderer/client/carrier.ts';
import { createClient } from '../../renderer/client/client.ts';
import type { Client } from '../../renderer/client/client.ts';
import { openSocketLine } from '../../renderer/client/openSocketLine.ts';
import { RequestError } from '../../renderer/client/RequestError.ts';
import type { Seat } from '../../renderer/client/seat.ts';
import type { Frame, FrameData, FrameKind } from '../../shared/live/frame.ts';
import { seatOf, signIn } from './signIn.ts';
import type { Known } from './signIn.ts';
import { eventually } from './startHost.ts';

/** The last row of each index of a kind of frame. It is a copy, so that it can be read at any time. */
type FrameRow<K extends FrameKind> = Record<keyof FrameData<K>, number>;
export type Screen = Client & { seat: Seat; rows: <K extends FrameKind>(kind: K) => ReadonlyMap<number, FrameRow<K>> };

function copyRows(into: Map<number, Record<string, number>>, frame: Frame): void {
  const columns = Object.entries<ArrayLike<number>>(frame.columns);
  if (frame.isFull) into.clear();
  for (let at = 0; at < frame.count; at++) {
    const row = Object.fromEntries(columns.map(([name, values]) => [name, values[at] ?? Number.NaN]));
    into.set(row['index'] ?? -1, row);
  }
}

/**
 * On a busy machine the engine can be silent for so long that the client reconnects. The test then sends its request
 * again, as a person would; if only the answer was lost, it learns that the first administrator exists already.
 */
function whereBroken(error: unknown): undefined {
  const isBroken =
    error instanceof RequestError &&
    (error.code === 'disconnected' || error.message === 'There is an administrator already.');
  if (!isBroken) throw error;
}

/**
 * A screen without a picture: the application's own client at an engine's WebSocket, signed in (see signIn.ts). It is
 * returned once the engine has said what is the matter: its vitals, alarms, incidents and notices.
 */
export async function openScreen(
  url: string,
  kinds: readonly FrameKind[] = [],
  who: string | Known | { token: string } = 'Supervisor',
): Promise<Screen> {
  const setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const every = (ms: number, run: () => void): (() => void) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  };
  const carrier = keepConnected(openSocketLine(`${url.replace('http', 'ws')}/contract`), { random: () => 0, setTimer });
  const client = createClient(carrier, { monotonicMs: () => performance.now(), every });
  onTestFinished(client.stop);
  const tables = new Map(kinds.map((kind) => [kind, new Map<number, Record<string, number>>()]));
  for (const [kind, table] of tables) client.onFrame(kind, (frame) => copyRows(table, frame));
  const seat = seatOf(client);
  client.start();
  const enter = (): Promise<unknown> =>
    typeof who === 'object' && 'token' in who
      ? client.request('people.showToken', who)
      : signIn(client.request, seat, who);
  await eventually('The way in', async () => {
    if (seat.state.get().state !== 'away') return undefined;
    return enter().then(() => true, whereBroken);
  });
  for (const name of ['vitals', 'alarms', 'incidents', 'notices'] as const)
    await eventually(`The first ${name} of the engine`, () => client.stream(name).get() !== undefined || undefined);
  return {
    ...client,
    seat,
    rows: <K extends FrameKind>(kind: K) =>
      (tables.get(kind) ?? new Map<number, never>()) as ReadonlyMap<number, FrameRow<K>>,
  };
}
