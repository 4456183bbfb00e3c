/** Figures of a bench by their names; what could not be measured is an error and no figure. */
export type Figures = Record<string, number | string | boolean | readonly object[] | Readonly<Record<string, number>>>;

/** The options of the command line: `--name value`. */
export type BenchOptions = {
  number: (name: string, byDefault: number) => number;
  text: (name: string, byDefault: string) => string;
};

export type Bench = {
  /** A line for the list. */
  what: string;
  /** Its options with a line each. */
  options?: Readonly<Record<string, string>>;
  /** Measures, and says what it does in plain words. Throws where it cannot measure. */
  run: (options: BenchOptions, say: (line: string) => void) => Promise<Figures>;
};
