import type { IntervalsMessage } from '../../shared/wire/topics.ts';

/** The fields of a message or a block that are not values. */
const head = new Set([
  'at',
  'from',
  'everyS',
  'periodS',
  'quality',
  'flags',
  'breaker',
  'event',
  'status',
  'lon',
  'lat',
  'headingDeg',
  'incident',
  'category',
  'text',
  'address',
]);

/**
 * An acknowledged message as an entry of the ledger: its topic, its time (`at`, or `from` and `everyS` of a block), and
 * how many values it carried. A message that was sent twice has two entries.
 */
export function ledgerEntry(
  topic: string,
  payload: string,
): { topic: string; at?: number; from?: number; everyS?: number; n: number } {
  const body = JSON.parse(payload) as Partial<IntervalsMessage> & { at?: number };
  const isUnit = topic.includes('/unit/');
  const counts = Object.entries(body).map(([name, value]) =>
    head.has(name) || isUnit
      ? 0
      : Array.isArray(value)
        ? value.filter((item) => item !== null).length
        : Number(typeof value === 'number'),
  );
  const n = counts.reduce((sum, count) => sum + count, 0);
  return {
    topic,
    ...(body.at === undefined ? {} : { at: body.at }),
    ...(body.from === undefined ? {} : { from: body.from }),
    ...(body.everyS === undefined ? {} : { everyS: body.everyS }),
    n,
  };
}
