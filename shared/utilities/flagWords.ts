/** What a meter's or feeder's own word means for judgement. Words that mean nothing here are only shown. */
export type FlagMeaning =
  'lastGasp' | 'restored' | 'tamper' | 'leak' | 'burst' | 'reverse' | 'breakerOpen' | 'breakerClosed';

const meanings: readonly (readonly [RegExp, FlagMeaning])[] = [
  [/^breaker.?open(ed)?$/i, 'breakerOpen'],
  [/^breaker.?closed?$/i, 'breakerClosed'],
  [/last.?gasp|power.?outage|power.?fail/i, 'lastGasp'],
  [/power.?(restored|up)/i, 'restored'],
  [/tamper|sabotage|seal.?broken|module.?removed|cover.?open|magnet/i, 'tamper'],
  [/wrong.?flow|reverse.?flow|flow.?reverse|backflow/i, 'reverse'],
  [/burst/i, 'burst'],
  // "LEAKAGE_OR_NO_USAGE" does not say which.
  [/^(?!.*no.?usage).*leak/i, 'leak'],
];

/** `PREV_LEAKAGE`, `TAMPER_PREV_MONTH`: what was so, and is over. */
const PAST = /prev|histor|past/i;

const known = new Map<string, FlagMeaning | undefined>();

/** Words of Beacon's own events, of wmbusmeters' status tokens and of ERT meters. */
export function flagMeaning(flag: string): FlagMeaning | undefined {
  if (known.has(flag)) return known.get(flag);
  const meaning = PAST.test(flag) ? undefined : meanings.find(([pattern]) => pattern.test(flag))?.[1];
  if (known.size < 1000) known.set(flag, meaning);
  return meaning;
}
