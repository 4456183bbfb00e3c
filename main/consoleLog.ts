import { pino } from 'pino';
import { plainLine, plainValues } from '../shared/base/plainLine.ts';
import type { Log } from './engine/base/engine.ts';

/**
 * Makes the log on standard error: sentences for a person at a terminal, lines of JSON for everything else. Both are
 * looked at in terminals, and hold what others wrote.
 */
export function consoleLog(isTerminal: boolean): Log {
  if (!isTerminal) {
    const logger = pino(
      { base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
    );
    return (level, message, details) => logger[level](plainValues(details ?? {}), plainLine(message));
  }
  return (level, message, details) => {
    const more = details === undefined ? '' : ` ${JSON.stringify(details)}`;
    process.stderr.write(
      `${new Date().toISOString().slice(11, 19)}Z ${level === 'info' ? '' : `${level}: `}${plainLine(message + more)}\n`,
    );
  };
}
