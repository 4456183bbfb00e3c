/** Figures of a bench by their names. What could not be measured is reported as an error and not as a figure. */
export type Figures = Record<
  string,
  number | string | boolean | readonly object[] | Readonly<Record<string, number | Readonly<Record<string, number>>>>
>;

/** The options of the command line: `--name value`. */
export type BenchOptions = {
  number: (name: string, byDefault: number) => number;
  text: (name: string, byDefault: string) => string;
};

export type Bench = {
  /** A line that describes the bench in the list. */
  what: string;
  /** Its options, each with a line that describes it. */
  options?: Readonly<Record<string, string>>;
  /** Measures, and says in plain words what it does. Throws if it cannot measure. */
  run: (options: BenchOptions, say: (line: string) => void) => Promise<Figures>;
};
