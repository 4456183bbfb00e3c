import type { Page } from '@playwright/test';
import type * as Electron from 'electron';

/** The module as the main process sees it; a type only, since importing it under plain Node would run its installer. */
export type ElectronModule = typeof Electron;

/** A running application, whether on Electron or on the stand-in; the specs know no more than this. */
export type ShellApp = {
  runtime: 'Electron' | 'stand-in';
  pid: number;
  /** The page of the first window, once it exists. */
  page: () => Promise<Page>;
  /** Runs a function in the main process; it is sent as source text, so it may use its two parameters only. */
  evaluateMain: <Result, Argument>(
    run: (electron: ElectronModule, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ) => Promise<Result>;
  /** Everything that the application wrote so far. */
  output: () => string;
  exited: Promise<number | null>;
  /** Asks the application to quit; resolves with the exit code. */
  quit: () => Promise<number | null>;
};
