import type { Handlers } from '../base/Handlers.ts';
import type { Displays } from '../health/Displays.ts';

/** Answers requests of wall displays, and about them. */
export function displayHandlers(
  displays: Displays,
  wallMs: () => number,
): Pick<Handlers, Extract<keyof Handlers, `display.${string}`>> {
  return {
    'display.report': (report, person) => displays.report(person, report),
    'display.list': () => ({ displays: displays.list(), nowMs: wallMs() }),
    'display.reload': ({ id }) => {
      displays.reload(id);
      return {};
    },
    'display.forget': ({ id }) => {
      displays.forget(id);
      return {};
    },
  };
}
