/**
 * Sends items one after another with at most `most` unanswered at a time. Ends early when `isStopped`. Rejects with the
 * first failure.
 */
export async function sendBounded<T>(
  items: Iterable<T>,
  send: (item: T) => Promise<void>,
  most: number,
  isStopped: () => boolean,
): Promise<number> {
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  for (const item of items) {
    if (isStopped()) break;
    const sending: Promise<void> = send(item).finally(() => underWay.delete(sending));
    underWay.add(sending);
    sent++;
    if (underWay.size >= most) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return sent;
}
