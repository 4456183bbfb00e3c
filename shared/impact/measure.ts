/**
 * The definition of a measure: what is counted, how, and from which data. A definition is never edited: a change is a
 * new version, and reports name the version by the hash of the canonical form.
 */
export type Measure = {
  /** The name in commands, files and events; it stays over all versions. */
  id: string;
  version: number;
  /** What a person of the county calls it. */
  name: string;
  formula: string;
  unit: string;
  /** The time over which one value is taken. */
  window: string;
  /** What is left out, and why. */
  exclusions: readonly string[];
  /** The least share of the expected data (0..1) from which a value is shown. */
  leastShare: number;
  better: 'higher' | 'lower';
  /** Where the formula is published. */
  source: string;
  /**
   * Where the ledger keeps its hourly values: the scope before the place (`figure` has none), and the
   * quantity or figure. Absent where the values come from the log or by file.
   */
  ledger?: {
    scope: 'figure' | 'link' | 'route' | 'own';
    measure: string;
    /** The lowest of these local hours counts (`to` excluded), in place of the mean of the day. */
    lowestOf?: { fromHour: number; toHour: number };
  };
};
