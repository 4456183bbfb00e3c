import { parseArgs } from 'node:util';
import { describeDuration } from '../shared/base/display.ts';
import type { Health } from './engine/base/engine.ts';
import { StartError } from './StartError.ts';

/** The exit codes that plug-ins of monitoring systems have by convention. */
export const exitCodes = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;
export type Grade = keyof typeof exitCodes;

export type StatusCommand = { url: string; token: string | undefined };

const ANSWER_MS = 10_000;
const GB = 1e9;
const WRONG_USE = 2;

/** Reads the options of `npm run engine -- status`. Throws a StartError that names what is wrong. */
export function readStatusCommand(args: readonly string[], token: string | undefined): StatusCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { url: { type: 'string', default: 'http://127.0.0.1:4680' } },
      strict: true,
    });
    if (!/^https?:\/\//.test(values.url) || !URL.canParse(values.url)) throw new Error('no address');
    return { url: values.url.replace(/\/$/, ''), token };
  } catch {
    throw new StartError('status takes --url, an address like http://127.0.0.1:4680. See --help.', WRONG_USE);
  }
}

/** The figures of a text of Prometheus by name with labels. */
function readFigures(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** The figures of a name by the value of its only label. */
function labelled(figures: ReadonlyMap<string, number>, name: string): Map<string, number> {
  return new Map(
    [...figures].flatMap(([key, value]) => {
      const label = key.startsWith(`${name}{`) ? /="(.*)"\}$/.exec(key)?.[1] : undefined;
      return label === undefined ? [] : [[label, value] as const];
    }),
  );
}

const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/**
 * What an engine says of itself, as lines for people, with the grade that a monitoring system takes: `critical` where it
 * takes no data, `warning` where an administrator should look.
 */
export function describeStatus(
  url: string,
  health: Health,
  metrics: string,
  nowS: number,
): { grade: Grade; lines: string[] } {
  const figures = readFigures(metrics);
  const at = (name: string): number => figures.get(name) ?? Number.NaN;
  const [version = 'unknown'] = labelled(figures, 'beacon_info').keys();
  const certificates = labelled(figures, 'beacon_certificate_end_timestamp_seconds');
  const lastBackupS = at('beacon_last_backup_timestamp_seconds');
  const { awaitedFeeds = [], refusedTopics = [], warnings = [] } = health;
  const attention = [
    ...awaitedFeeds.map((id) => `Feed ${id} was never heard.`),
    ...refusedTopics.map(({ topic }) => `The broker refuses ${topic}.`),
    ...warnings,
  ];
  const grade = !health.ok ? 'critical' : attention.length > 0 ? 'warning' : 'ok';
  const backup = lastBackupS === 0 ? 'never' : `${describeDuration(nowS - lastBackupS)} ago`;
  return {
    grade,
    lines: [
      `${grade.toUpperCase()}: Beacon ${version} at ${url}, up for ${describeDuration(nowS - at('process_start_time_seconds'))}`,
      `Broker: ${health.broker}${health.reason === undefined ? '' : `. ${health.reason}`}`,
      `Store: ${health.store}; ${String(at('beacon_queue_rows'))} rows wait to be stored`,
      `Disk: ${gigabytes(at('beacon_disk_free_bytes'))} free; cache ${gigabytes(at('beacon_cache_bytes'))} of ${gigabytes(at('beacon_cache_bound_bytes'))}`,
      ...(Number.isNaN(lastBackupS) ? [] : [`Last backup: ${backup}`]),
      ...[...certificates].map(([use, endsS]) => `Certificate of the ${use}: until ${dayOf(endsS)}`),
      ...attention,
    ],
  };
}

/** Asks a running engine how it is, and returns the exit code. Its token is sent to that address alone. */
export async function showStatus(
  { url, token }: StatusCommand,
  nowS: number,
  say: (line: string) => void,
): Promise<number> {
  const ask = (path: string): Promise<Response> =>
    fetch(`${url}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  try {
    const [health, metrics] = await Promise.all([ask('/healthz'), ask('/metrics')]);
    if (health.status === 401) {
      say(`UNKNOWN: ${url} asks for the token of BEACON_MONITORING_TOKEN.`);
      return exitCodes.unknown;
    }
    const { grade, lines } = describeStatus(url, (await health.json()) as Health, await metrics.text(), nowS);
    lines.forEach(say);
    return exitCodes[grade];
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    say(`UNKNOWN: No engine answers at ${url}: ${cause}`);
    return exitCodes.unknown;
  }
}
