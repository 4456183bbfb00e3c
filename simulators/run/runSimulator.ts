import { generateCounty } from '../county/generateCounty.ts';
import { beaconMessage, type Message } from '../devices/message.ts';
import { type RunOptions, UsageError } from './options.ts';
import { Simulation } from './Simulation.ts';
import { readCountyFolder } from '../world/readCountyFolder.ts';
import { readWorld, type World } from '../world/World.ts';
import { CountyClock } from './CountyClock.ts';
import { ledgerEntry } from './ledgerEntry.ts';
import { LineFile } from './LineFile.ts';
import { Publisher } from './Publisher.ts';
import { sendBounded } from './sendBounded.ts';

const TICK_MS = 100;
/** The most unacknowledged blocks of history at a time, so that live messages can go out between them. */
const HISTORY_WINDOW = 500;
/** A pause of the machine longer than this (in county time) is skipped instead of being caught up. */
const LONGEST_CATCH_UP_MS = 15 * 60_000;

/**
 * Runs the county until the signal; if history is wanted, it is sent at the same time as the present. Throws a
 * UsageError where the run cannot begin.
 */
export async function runSimulator(
  options: RunOptions,
  signal: AbortSignal,
  say: (sentence: string) => void,
): Promise<void> {
  const world = await loadWorld(options);
  const [ledger, truths] = [options.ledgerFile, options.truthFile].map((path) =>
    path === undefined ? undefined : new LineFile(path),
  );
  const holder: { simulation?: Simulation } = {};
  const publisher = new Publisher({
    ...options,
    say,
    onDispatch: (unitId, order) => holder.simulation?.dispatch(unitId, order),
    onAcknowledged: ({ topic, payload }) => ledger?.write(ledgerEntry(topic, payload)),
  });
  const stopped = aborted(signal);
  await Promise.race([publisher.connected(), stopped]);
  if (!signal.aborted) {
    const startMs = options.startMs ?? Date.now();
    const simulation = new Simulation(world, {
      seed: options.seed,
      startMs,
      scenarios: options.scenarios,
      busPeriodS: Math.max(1, Math.round(options.speed / 2)),
    });
    holder.simulation = simulation;
    say(
      `${world.profile.name} is live on ${options.broker}: ${world.meters.length} meters, ${world.detectors.length} detectors, ${world.units.length} units.`,
    );
    // The present starts first: it publishes the time, and without that no receiver can know how old history is.
    const present = liveOn(
      simulation,
      publisher,
      new CountyClock(startMs, options.speed),
      { signal, stopped },
      (entry) => truths?.write(entry),
    );
    const history = sendHistory(simulation, publisher, options.historyDays, signal, say);
    await present;
    await Promise.race([history, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  await publisher.close();
  await Promise.all([ledger?.close(), truths?.close()]);
}

async function loadWorld({ county, seed, scale }: RunOptions): Promise<World> {
  try {
    return readWorld(county === undefined ? generateCounty(seed, scale) : await readCountyFolder(county));
  } catch (error) {
    if (county === undefined) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The county folder ${county} cannot be used: ${reason}`, { cause: error });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function sendHistory(
  simulation: Simulation,
  publisher: Publisher,
  days: number,
  signal: AbortSignal,
  say: (sentence: string) => void,
): Promise<void> {
  if (days === 0) return;
  const began = performance.now();
  try {
    const count = await sendBounded(
      simulation.history(days),
      (message) => publisher.send(message),
      HISTORY_WINDOW,
      () => signal.aborted,
    );
    if (!signal.aborted)
      say(
        `History of ${days} days delivered: ${count} blocks in ${((performance.now() - began) / 1000).toFixed(1)} s.`,
      );
  } catch (error) {
    if (!signal.aborted)
      say(`The history could not be delivered: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Steps the present ten times per second until the signal. */
async function liveOn(
  simulation: Simulation,
  publisher: Publisher,
  clock: CountyClock,
  { signal, stopped }: { signal: AbortSignal; stopped: Promise<void> },
  tell: (truth: object) => void,
): Promise<void> {
  const send = (message: Message): void => {
    // A message that is pending when the connection is finally closed is not acknowledged and not in the ledger;
    // nothing else needs to be done about it.
    publisher.send(message).catch(() => undefined);
  };
  let [saidClockMs, lastMs] = [Number.NEGATIVE_INFINITY, clock.nowMs()];
  while (!signal.aborted) {
    const nowMs = clock.nowMs();
    if (nowMs - saidClockMs >= 1000 * clock.speed) {
      send({ ...beaconMessage('clock', [], nowMs, { at: nowMs, speed: clock.speed }), isRetained: true });
      saidClockMs = nowMs;
    }
    if (nowMs - lastMs > LONGEST_CATCH_UP_MS) simulation.skipTo(nowMs - 1000);
    lastMs = nowMs;
    for (const message of simulation.step(nowMs)) send(message);
    for (const truth of simulation.takeTruths()) tell(truth);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, TICK_MS)), stopped]);
  }
}
