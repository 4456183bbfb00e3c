import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { printShiftReport } from '../../../../../main/engine/reports/pdf/printShiftReport.ts';
import type { ShiftDocument } from '../../../../../shared/shifts/shiftReport.ts';
import { madeUpDocument, madeUpReport } from '../../../../support/madeUpShift.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

type Pdf = { pages: string[]; document: Awaited<ReturnType<typeof getDocumentProxy>> };

async function print(document: ShiftDocument, paper: 'a4' | 'letter' = 'a4'): Promise<Pdf> {
  const bytes = await printShiftReport({ document, map: smallCounty(), paper, madeAtMs: document.report.toMs });
  const opened = await getDocumentProxy(bytes);
  const { text } = await extractText(opened, { mergePages: false });
  return { pages: text.map((page) => page.replace(/\s+/g, ' ')), document: opened };
}

describe('printShiftReport', () => {
  const made = madeUpDocument();
  let pdf: Pdf;
  let text = '';
  beforeAll(async () => {
    pdf = await print(made);
    text = pdf.pages.join(' ');
  });

  it('numbers its pages and names county, shift and report on each', () => {
    expect(pdf.pages.length).toBeGreaterThan(5);
    pdf.pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pdf.pages.length}`);
      expect(page).toContain('Small County (simulated)');
      expect(page).toContain('Shift report 2026-06-01-1');
      expect(page).toContain(made.hash.slice(0, 16));
    });
  });

  it('has an outline and is tagged, so that it can be found through and read aloud', async () => {
    const outline = (await pdf.document.getOutline()).map(({ title }) => title);
    expect(outline).toEqual([
      'Shift report',
      'Handed over: what is open, and whose',
      'Shelved and out of service',
      'Feeds lost',
      'Incidents',
      'Alarm load by operating position',
      'Traffic, transit, water and electricity',
      'Persons',
      'Activity log',
      'Prepared and taken over',
      'Proof',
    ]);
    expect(await pdf.document.getMarkInfo()).toMatchObject({ Marked: true });
    expect(JSON.stringify(await (await pdf.document.getPage(1)).getStructTree())).toContain('"H1"');
  });

  it('gives each incident its times and what became of the service level', () => {
    for (const { id } of made.report.incidents) expect(text).toContain(id);
    const late = made.report.incidents.find(({ clocks }) => clocks[0]?.state === 'late');
    expect(text).toContain(`▲ ${Math.round(late!.responseMs! / 60_000)} min`);
  });

  it('repeats the heads of a table on every page that it goes on to', () => {
    const withLog = pdf.pages.filter((page) => page.includes('Caller says that nobody is hurt'));
    expect(withLog.length).toBeGreaterThan(2);
    for (const page of withLog) expect(page).toContain('Notable activity');
  });

  it('says what share of the data was there, what was lost and that nobody owns something', () => {
    expect(text).toMatch(/Traffic delay .*? 90 %/);
    expect(text).toContain('412,345 kWh');
    expect(text).toMatch(/Vehicles \(HFP\) 1 Jun 09:00 1 Jun 09:24 24 min/);
    expect(text).toMatch(/Meters 1 Jun 17:00 still lost 1 h 00/);
    expect(text).toContain('nobody');
  });

  it('prints the signature, the heads of all sequences, and whether the report is the one that was signed', async () => {
    for (const { sequence, hash } of made.report.heads) expect(text).toMatch(new RegExp(`${sequence} \\d+ ${hash}`));
    expect(text).toContain(`${made.hash}, the one that was signed.`);
    expect(text).toContain('Eve Larsen');
    const other = await print({ ...made, hash: 'f'.repeat(64) });
    expect(other.pages.join(' ')).toContain(`It is NOT the one that was signed: ${made.hash}`);
  });

  it('prints a quiet shift that nobody has closed, on the other paper', async () => {
    const report = {
      ...madeUpReport({ incidents: 0 }),
      isClosed: false,
      open: [],
      losses: [],
      blind: [],
      hidden: [],
      persons: [],
      activities: [],
      comments: [],
      heads: [],
    };
    const { closed: _closed, signed: _signed, takenOver: _takenOver, ...shift } = madeUpDocument(report).shift;
    const quiet = await print({ report, hash: made.hash, shift }, 'letter');
    expect((await quiet.document.getPage(1)).view).toEqual([0, 0, 612, 792]);
    expect(quiet.pages.join(' ')).toMatch(/SHIFT GOES ON .*Nothing is open\..*Not signed/);
  });
});
