/**
 * Words of several makers for what Beacon knows by one. Histories ("PREV_LEAKAGE", "TAMPER_PREV_MONTH") are not the
 * present and stay as they are.
 */
const words: readonly (readonly [RegExp, string])[] = [
  [/PREV|HISTOR|_OR_NO_USAGE/, ''],
  [/BURST/, 'burst'],
  [/^(LEAK|LEAKAGE|LEAKING|LEAK_FLOW_HIGH|LEAK_FLOW_LOW|LEAK_CURRENT|LEAKAGE_CURRENT|T_LEAKAGE|P_LEAKAGE)$/, 'leak'],
  [/TAMPER|SABOTAGE|SEAL_BROKEN|MODULE_REMOVED|FRAUD|COIL_MANIPULATION|MAGNETIC/, 'tamper'],
  [/WRONG_FLOW_DIRECTION|REVERSE_FLOW|FLOW_REVERSE|BACK_?FLOW|BACKWARD_FLOW|^REVERSED?(_THIS_MONTH)?$/, 'reverseFlow'],
  [/POWER_LOW|LOW_BATTERY|BATTERY_LOW|BATTERY_END|LOW_POWER/, 'batteryLow'],
  [/^DRY$/, 'dry'],
];

/** A device's own word for its trouble as Beacon's, where it is known; as it came, where it is not. */
export function flagWord(word: string): string {
  const known = words.find(([pattern]) => pattern.test(word.toUpperCase()))?.[1];
  return known === undefined || known === '' ? word : known;
}
