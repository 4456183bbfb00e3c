import { loadCountyMap } from '../registry/loadCounty.ts';
import { makeDocument } from './makeDocument.ts';
import { keepReport } from './reportShelf.ts';
import { writeReport } from './writeReport.ts';
import type { ReportOrder, WrittenReport } from './writeReport.ts';
import type { SequenceHead } from '../../../shared/people/sequenceHead.ts';

type KeepOrder = { dataDir: string; countyDir: string; shiftId: string };

/** The tasks of the reports' thread, by name. */
export const reportTasks = {
  write: (order: ReportOrder): Promise<WrittenReport | undefined> => writeReport(order),
  /**
   * Makes the report of a shift and keeps it under its hash. Returns the hash and where each sequence of the log ended,
   * or undefined where there is no such shift.
   */
  keep: async ({
    dataDir,
    countyDir,
    shiftId,
  }: KeepOrder): Promise<{ hash: string; heads: SequenceHead[] } | undefined> => {
    const document = makeDocument({ dataDir, county: await loadCountyMap(countyDir), shiftId });
    return document && { hash: keepReport(dataDir, document.report), heads: document.report.heads };
  },
} as const;

export type ReportTasks = typeof reportTasks;
export type ReportTask = {
  [N in keyof ReportTasks]: { name: N; order: Parameters<ReportTasks[N]>[0] };
}[keyof ReportTasks];
/** What the thread answers. */
export type ReportReply = { result: unknown } | { error: string };
