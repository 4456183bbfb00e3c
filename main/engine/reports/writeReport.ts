import { z } from 'zod';
import type { CountyProfile } from '../../../shared/county/county.ts';
import { reportCsv } from '../../../shared/shifts/reportCsv.ts';
import { rollUpCsv } from '../../../shared/shifts/rollUpCsv.ts';
import { loadCountyMap } from '../registry/loadCounty.ts';
import { makeDocument } from './makeDocument.ts';
import { makeRollUp } from './makeRollUp.ts';

export const reportFormatSchema = z.enum(['pdf', 'csv', 'json']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;
export const paperSchema = z.enum(['a4', 'letter']);

/** What is asked for: a shift, a week or a month by its name, or the latest. */
export type ReportQuestion = { kind: 'shift' | 'week' | 'month'; id: string };
export type ReportOrder = ReportQuestion & {
  dataDir: string;
  countyDir: string;
  format: ReportFormat;
  /** By the county's units where it is not given. */ paper?: z.infer<typeof paperSchema> | undefined;
  madeAtMs: number;
};

/** `warnings`: what is missing in it, in sentences. */
export type WrittenReport = { name: string; bytes: Uint8Array; warnings: string[] };

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const paperOf = ({ displayUnits }: CountyProfile): z.infer<typeof paperSchema> =>
  displayUnits === 'us' ? 'letter' : 'a4';

async function writeShift({
  dataDir,
  countyDir,
  id,
  format,
  paper,
  madeAtMs,
}: ReportOrder): Promise<WrittenReport | undefined> {
  const map = await loadCountyMap(countyDir);
  const document = makeDocument({ dataDir, county: map, shiftId: id });
  if (document === undefined) return undefined;
  const name = `shift-${document.report.shiftId}.${format}`;
  const { signed } = document.shift;
  const warnings =
    signed === undefined || signed.reportHash === document.hash
      ? []
      : ['The report that was signed is not at this workstation; this one was made anew, and is not the signed one.'];
  switch (format) {
    case 'json':
      return { name, warnings, bytes: encode(`${JSON.stringify(document, null, 2)}\n`) };
    case 'csv':
      return { name, warnings, bytes: encode(reportCsv(document)) };
    case 'pdf': {
      // Fonts and charts are needed only for printing.
      const { printShiftReport } = await import('./pdf/printShiftReport.ts');
      return {
        name,
        warnings,
        bytes: await printShiftReport({ document, map, paper: paper ?? paperOf(map.profile), madeAtMs }),
      };
    }
  }
}

async function writeRollUp({
  dataDir,
  countyDir,
  kind,
  id,
  format,
  paper,
  madeAtMs,
}: ReportOrder & { kind: 'week' | 'month' }): Promise<WrittenReport | undefined> {
  const { profile } = await loadCountyMap(countyDir);
  const made = makeRollUp({ dataDir, profile, kind, id });
  if (made === undefined) return undefined;
  const { rollUp, absent } = made;
  const name = `${kind}-${rollUp.id}.${format}`;
  const warnings = absent.map(
    (shiftId) => `The signed report of shift ${shiftId} is not at this workstation, and is missing here.`,
  );
  switch (format) {
    case 'json':
      return { name, warnings, bytes: encode(`${JSON.stringify(rollUp, null, 2)}\n`) };
    case 'csv':
      return { name, warnings, bytes: encode(rollUpCsv(rollUp)) };
    case 'pdf': {
      const { printRollUp } = await import('./pdf/printRollUp.ts');
      return { name, warnings, bytes: await printRollUp({ rollUp, paper: paper ?? paperOf(profile), madeAtMs }) };
    }
  }
}

/**
 * Makes a report from the files of a data folder and of a county, without a screen. Undefined where there is none of
 * that name.
 */
export function writeReport(order: ReportOrder): Promise<WrittenReport | undefined> {
  return order.kind === 'shift' ? writeShift(order) : writeRollUp({ ...order, kind: order.kind });
}
