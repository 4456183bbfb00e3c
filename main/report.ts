import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LATEST } from '../shared/shifts/findShift.ts';
import { paperSchema, reportFormatSchema, writeReport } from './engine/reports/writeReport.ts';
import type { ReportOrder } from './engine/reports/writeReport.ts';
import { leaveNoTrace } from './engine/maintenance/leaveNoTrace.ts';
import { findCountyDir } from './findCountyDir.ts';
import { defaultDataDir } from './options.ts';
import { StartError } from './StartError.ts';

const WRONG_USE = 2;
const wrong = (sentence: string): StartError => new StartError(`${sentence} See --help.`, WRONG_USE);

const flags = {
  data: { type: 'string' },
  county: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  paper: { type: 'string' },
  shift: { type: 'string' },
  week: { type: 'string' },
  month: { type: 'string' },
} as const;

/** `out`: the file to write; if absent, the report is written to the current folder under its own name. */
type ReportCommand = Omit<ReportOrder, 'madeAtMs'> & { out: string | undefined };

function valuesOf(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ args: string[]; options: typeof flags }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch (error) {
    throw wrong(`${error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error)}.`);
  }
}

function countyDir(given: string | undefined, dataDir: string): string {
  const found = findCountyDir(given, dataDir);
  if (found === undefined) throw wrong(`The report needs the county's files: give --county DIR.`);
  return found;
}

/** Reads the arguments of `npm run engine -- report …`. Throws a StartError that names what is wrong. */
export function readReportCommand(args: readonly string[]): ReportCommand {
  const { data, county, out, format, paper, ...names } = valuesOf(args);
  const asked = Object.entries(names).map(([kind, id]) => ({ kind: kind as ReportOrder['kind'], id }));
  if (asked.length > 1) throw wrong('--shift, --week and --month are asked for one at a time.');
  const chosen = reportFormatSchema.safeParse(format ?? /\.(\w+)$/.exec(out ?? '')?.[1] ?? 'pdf');
  if (!chosen.success) throw wrong(`--format is pdf, csv or json, not ${format ?? out ?? ''}.`);
  const size = paperSchema.optional().safeParse(paper);
  if (!size.success) throw wrong(`--paper is a4 or letter, not ${paper ?? ''}.`);
  const dataDir = resolve(data ?? defaultDataDir());
  return {
    ...(asked[0] ?? { kind: 'shift', id: LATEST }),
    dataDir,
    countyDir: countyDir(county, dataDir),
    format: chosen.data,
    paper: size.data,
    out: out === undefined ? undefined : resolve(out),
  };
}

/**
 * Makes a report, with or without an engine running, and says where it is. Throws a StartError where there is no report
 * of that name.
 */
export async function report(
  { out, ...order }: ReportCommand,
  madeAtMs: number,
  say: (line: string) => void,
): Promise<void> {
  if (!existsSync(join(order.dataDir, 'record.db')))
    throw new StartError(
      `There is no operators' record in ${order.dataDir}. Choose the data folder with --data DIR.`,
      1,
    );
  const leave = leaveNoTrace(order.dataDir);
  try {
    const written = await writeReport({ ...order, madeAtMs });
    if (written === undefined)
      throw new StartError(
        order.kind === 'shift'
          ? order.id === LATEST
            ? 'No shift has been opened yet.'
            : `There is no shift ${order.id}.`
          : `There is no signed shift report for --${order.kind} ${order.id}.`,
        1,
      );
    const file = out ?? resolve(written.name);
    writeFileSync(file, written.bytes);
    for (const warning of written.warnings) say(warning);
    say(`${file} (${written.bytes.length} bytes)`);
  } finally {
    leave();
  }
}
