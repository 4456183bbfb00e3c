/** Beacon's words for the flags of a meter or feeder. */
export const flagWords = [
  'lastGasp',
  'powerRestored',
  'tamper',
  'reverseFlow',
  'leak',
  'burst',
  'dry',
  'batteryLow',
  'breakerOpen',
  'breakerClosed',
] as const;
/** One of Beacon's words for what a device says of itself. */
export type FlagWord = (typeof flagWords)[number];

/**
 * Patterns over a device's word in small letters with single hyphens between its parts. The first that matches counts.
 * They cover Beacon's own events, the status words of wmbusmeters' drivers, the OMS status byte and ERT meters.
 */
const dictionary: readonly (readonly [RegExp, FlagWord])[] = [
  [/^breaker-?open(ed)?$/, 'breakerOpen'],
  [/^breaker-?closed?$/, 'breakerClosed'],
  [/last-?gasp|power-?(outage|fail)/, 'lastGasp'],
  [/power-?(restored|up)\b/, 'powerRestored'],
  [/tamper|sabotage|fraud|manipulat|magnet/, 'tamper'],
  [/seal-?broken|module-?removed|(cover|case|terminal|enclosure|lid)-?(is-)?open/, 'tamper'],
  [/(wrong|reverse|backward|negative)-?flow|flow-?(reverse|backward)|back-?flow/, 'reverseFlow'],
  // The pattern must match the whole word: "PHASE_SEQUENCE_REVERSED" is about the wiring.
  [/^reversed?(-this-month)?$/, 'reverseFlow'],
  [/burst/, 'burst'],
  [/leak/, 'leak'],
  [/battery-?(is-)?(low|end|empty)|low-?battery|power-?low|low-?power/, 'batteryLow'],
  [/^(dry|(empty|air-in)-pipe)$/, 'dry'],
];

/**
 * Parts of words that contain a word of the dictionary and do not mean that it is so now: `PREV_LEAKAGE` and
 * `TAMPER_PREV_MONTH` are over, `LEAKAGE_OR_NO_USAGE` does not say which of the two.
 */
const NOT_SAID = /prev|hist|past|no-?usage|^no-|not-/;

/** Brings `leakFlowHigh`, `LEAK_FLOW_HIGH` and `leak-flow-high` into one form. */
const normalized = (word: string): string =>
  word
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[\s_.-]+/g, '-')
    .toLowerCase();

const MOST_REMEMBERED = 1000;
const remembered = new Map<string, FlagWord | undefined>();

/** Beacon's word for a device's own; undefined for a word that means nothing to Beacon and is only shown. */
export function flagWord(word: string): FlagWord | undefined {
  if (remembered.has(word)) return remembered.get(word);
  const plain = normalized(word);
  const found = NOT_SAID.test(plain) ? undefined : dictionary.find(([pattern]) => pattern.test(plain))?.[1];
  if (remembered.size < MOST_REMEMBERED) remembered.set(word, found);
  return found;
}
