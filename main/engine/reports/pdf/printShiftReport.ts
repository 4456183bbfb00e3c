import { createReportTime } from '../../../../shared/shifts/reportTime.ts';
import type { ReportTime } from '../../../../shared/shifts/reportTime.ts';
import type { ShiftDocument, ShiftReport } from '../../../../shared/shifts/shiftReport.ts';
import type { MapSource } from './drawCountyMap.ts';
import { printActivities, printChain, printSignatures } from './printChain.ts';
import { printFigures, printLosses } from './printFigures.ts';
import { printIncidents, printOpenItems } from './printIncidents.ts';
import { printHidden, printLoad, printPersons } from './printLoad.ts';
import { printTitle } from './printTitle.ts';
import { Sheet } from './Sheet.ts';
import type { Paper } from './Sheet.ts';

/** What each part of a document is written with. */
export type Press = { sheet: Sheet; time: ReportTime; report: ShiftReport };

/** `map`: absent where the county's files are not at hand. `madeAtMs`: when the document is made. */
type PrintOptions = { document: ShiftDocument; map: MapSource | undefined; paper: Paper; madeAtMs: number };

/** The shift report as a document to print (PDF/UA), in the shape of ICS 214. */
export function printShiftReport({ document, map, paper, madeAtMs }: PrintOptions): Promise<Uint8Array> {
  const { report, shift, hash } = document;
  const time = createReportTime(report.county.timeZone);
  const title = `Shift report ${report.shiftId}, ${report.county.name}`;
  const sheet = new Sheet({
    paper,
    title,
    madeAtMs,
    subject: `${time.day(report.fromMs)}, ${time.clock(report.fromMs)} to ${time.clock(report.toMs)}`,
    running: {
      left: `${report.county.name}${report.county.isSimulated ? ' (simulated)' : ''}`,
      right: `Shift report ${report.shiftId}${shift.signed === undefined ? ', not signed' : ''}`,
      foot: `Report ${hash.slice(0, 16)} · printed ${time.dayClock(madeAtMs)} ${time.zone(madeAtMs)}`,
    },
  });
  const press = { sheet, time, report };
  printTitle(press, shift);
  // What the next shift must know comes before what has happened.
  printOpenItems(press);
  printHidden(press);
  printLosses(press);
  printIncidents(press, map);
  printLoad(press);
  printFigures(press);
  printPersons(press);
  printActivities(press);
  printSignatures(press, document);
  printChain(press, document);
  return sheet.finish();
}
