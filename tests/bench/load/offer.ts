import { Child } from './Child.ts';
import type { PublisherOrder, PublisherReport } from './publisherProcess.ts';

export type Publisher = Child<PublisherOrder, PublisherReport>;
/** The receiver of the messages: the engine or a client that only counts. */
export type Receiver = { /** Messages so far. */ received: () => Promise<number> };
export type Trial = { offeredPerSecond: number; published: number; received: number; lost: number; perSecond: number };

const LOOK_EVERY_MS = 200;
/** After a silence this long, no more messages are expected. */
const SILENT_MS = 3000;
/** A rate counts as held if this share of it was published and received in its time. */
const HELD = 0.97;
const STEP = 1.25;
/** The factor by which the rate is lowered until it is held for the whole time. */
const BACK = 0.9;

export async function startPublisher(port: number, qos: 0 | 1, meterIds: string[], sockets = 4): Promise<Publisher> {
  const publisher: Publisher = new Child('publisherProcess.ts');
  await publisher.ask({ port, qos, meterIds, sockets });
  return publisher;
}

/** Offers a rate for a time and waits until everything has been received, or nothing more comes. */
export async function offer(
  publisher: Publisher,
  receiver: Receiver,
  offeredPerSecond: number,
  seconds: number,
): Promise<Trial> {
  const before = await receiver.received();
  const startedMs = performance.now();
  let published: number | undefined;
  void publisher.ask({ perSecond: offeredPerSecond, seconds }).then((report) => (published = report.published));
  let received = 0;
  let newestMs = startedMs;
  while (published === undefined || (received < published && performance.now() - newestMs < SILENT_MS)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = (await receiver.received()) - before;
    if (now > received) newestMs = performance.now();
    received = now;
  }
  return {
    offeredPerSecond,
    published,
    received,
    lost: published - received,
    perSecond: received / ((newestMs - startedMs) / 1000),
  };
}

/** True if all messages were received, at about the rate at which they were offered. */
function isHeld({ offeredPerSecond, published, lost, perSecond }: Trial, seconds: number): boolean {
  return lost === 0 && published >= HELD * offeredPerSecond * seconds && perSecond >= HELD * HELD * offeredPerSecond;
}

const describe = ({ offeredPerSecond, published, lost, perSecond }: Trial): string =>
  `  ${Math.round(offeredPerSecond)} a second offered: ${published} published, ${lost} lost, ${Math.round(perSecond)} a second received`;

/**
 * Raises the rate until the first loss, or until the publisher cannot reach it; returns all trials. These trials last
 * seconds only, so it is left to `hold` to find a queue that grows slowly.
 */
export async function raise(
  publisher: Publisher,
  receiver: Receiver,
  from: number,
  trialSeconds: number,
  say: (line: string) => void,
): Promise<(Trial & { isWhole: boolean })[]> {
  const trials: (Trial & { isWhole: boolean })[] = [];
  do {
    const trial = await offer(
      publisher,
      receiver,
      (trials.at(-1)?.offeredPerSecond ?? from / STEP) * STEP,
      trialSeconds,
    );
    say(describe(trial));
    trials.push({
      ...trial,
      isWhole: trial.lost === 0 && trial.published >= HELD * trial.offeredPerSecond * trialSeconds,
    });
  } while (trials.at(-1)?.isWhole === true);
  return trials;
}

/**
 * Holds a rate for a time, or else the next lower one that can be held; every rate is tried for a fourth of the time
 * first. Throws if no rate down to `least` can be held.
 */
export async function hold(
  publisher: Publisher,
  receiver: Receiver,
  { from, least, seconds }: { from: number; least: number; seconds: number },
  say: (line: string) => void,
): Promise<Trial> {
  for (let rate = from; rate >= least; rate *= BACK) {
    for (const time of [seconds / 4, seconds]) {
      const trial = await offer(publisher, receiver, rate, time);
      say(`${describe(trial)}, over ${time} s`);
      if (!isHeld(trial, time)) break;
      if (time === seconds) return trial;
    }
  }
  throw new Error(`No rate could be held down to ${least} messages a second.`);
}
