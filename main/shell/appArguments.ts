/** Switches that Chromium, Node or a test driver put on the same command line. */
const FOREIGN =
  /^--(ozone-platform|ozone-platform-hint|enable-unsafe-swiftshader|disable-gpu|no-sandbox|inspect|remote-debugging-port|user-data-dir)(=|$)/;

/**
 * Returns the arguments that are Beacon's own. A development runtime has the application's folder as its first
 * argument, a packaged one has not. Electron has already applied Chromium's switches; those passed here must have their
 * value after `=`.
 */
export function appArguments(argv: readonly string[], isPackaged: boolean): string[] {
  return argv.slice(isPackaged ? 1 : 2).filter((argument) => !FOREIGN.test(argument));
}
