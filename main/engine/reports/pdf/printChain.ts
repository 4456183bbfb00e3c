import type { ShiftDocument } from '../../../../shared/shifts/shiftReport.ts';
import { drawTable } from './drawTable.ts';
import type { Press } from './printShiftReport.ts';
import { ink } from './Sheet.ts';
import type { Sheet } from './Sheet.ts';

/** Groups consecutive items of the same day. */
function byDay<T>(items: readonly T[], dayOf: (item: T) => string): { day: string; items: T[] }[] {
  const days: { day: string; items: T[] }[] = [];
  for (const item of items) {
    const day = dayOf(item);
    if (days.at(-1)?.day !== day) days.push({ day, items: [] });
    days.at(-1)?.items.push(item);
  }
  return days;
}

/** Block 7 of ICS 214: what was done, as it was written down. */
export function printActivities({ sheet, time, report }: Press): void {
  sheet.heading(2, 'Activity log');
  if (report.activities.length === 0) {
    sheet.paragraph('Nothing was written down.');
    return;
  }
  for (const [index, part] of byDay(report.activities, ({ atMs }) => time.day(atMs)).entries()) {
    if (index > 0 || part.day !== time.day(report.fromMs)) sheet.heading(3, part.day);
    drawTable(sheet, {
      summary: 'The log of the shift: time, incident, what was done, and by whom',
      padding: 1.5,
      columns: [
        { head: 'Time', width: 32, isTabular: true, size: 7.5 },
        { head: 'Incident', width: 66, isTabular: true, size: 7.5 },
        { head: 'Notable activity', share: 1, size: 7.5 },
        { head: 'By', width: 100, size: 7.5 },
      ],
      rows: part.items.map(({ atMs, by, text, incidentId }) => [time.clock(atMs), incidentId ?? '', text, by]),
    });
  }
}

type Box = { label: string; name: string; detail: string; /** Prints a line to sign on. */ isLine: boolean };

function printBox(sheet: Sheet, { label, name, detail, isLine }: Box, x: number, width: number, top: number): void {
  sheet.tag('P', () => {
    sheet.text(label, x, top, width, { size: 7.5, color: ink.second });
    sheet.text(name, x, top + 12, width, { size: 11, isStrong: true, isOneLine: true });
    sheet.text(detail, x, top + 28, width, { size: 7.5, color: ink.second });
  });
  if (isLine) sheet.rule(top + 78, 0.5, ink.text, x, width);
  sheet.artifact(() =>
    sheet.text('Signature by hand, where one is kept', x, top + 81, width, { size: 6.5, color: ink.faint }),
  );
}

/** Block 8 of ICS 214, and who takes over. */
export function printSignatures({ sheet, time }: Press, { shift }: ShiftDocument): void {
  sheet.heading(2, 'Prepared and taken over', 110);
  const width = (sheet.width - 24) / 2;
  const top = sheet.y;
  const { signed, takenOver, closed } = shift;
  const at = (ms: number): string => `${time.dayClock(ms)} ${time.zone(ms)}`;
  printBox(
    sheet,
    {
      label: 'Prepared and signed by',
      isLine: true,
      name: signed?.by.name ?? 'Not signed',
      detail:
        signed === undefined
          ? closed === undefined
            ? 'The shift is not closed.'
            : `Closed by ${closed.by.name}, ${at(closed.atMs)}`
          : `${signed.by.role}, ${at(signed.atMs)}, entry ${signed.entry} of the log`,
    },
    sheet.left,
    width,
    top,
  );
  printBox(
    sheet,
    {
      label: 'Taken over by',
      isLine: true,
      name: takenOver?.by.name ?? 'Not taken over yet',
      detail:
        takenOver === undefined
          ? 'The next shift confirms in Beacon that it has read this.'
          : `${takenOver.by.role}, ${at(takenOver.atMs)}, entry ${takenOver.entry} of the log; shift ${takenOver.nextShiftId}`,
    },
    sheet.left + width + 24,
    width,
    top,
  );
  sheet.y = top + 100;
  for (const { by, atMs, text } of shift.comments.filter(({ isLate }) => isLate))
    sheet.paragraph(`Said after the signing, and not covered by it: “${text}” ${by.name}, ${at(atMs)}`, { size: 8 });
  for (const { field, rivals } of shift.conflicts)
    sheet.paragraph(
      `Done at two workstations without knowing of each other (${field}): also by ${rivals.map(({ by, atMs }) => `${by.name}, ${at(atMs)}`).join('; ')}.`,
      { size: 8, isStrong: true },
    );
}

/** What proves later that neither the log nor this report was changed. */
export function printChain({ sheet, report }: Press, { hash, shift }: ShiftDocument): void {
  sheet.heading(2, 'Proof', 90);
  const isSame = shift.signed === undefined || shift.signed.reportHash === hash;
  sheet.paragraph(
    `SHA-256 of this report’s data: ${hash}${shift.signed === undefined ? ' (nobody has signed it).' : isSame ? ', the one that was signed.' : `. It is NOT the one that was signed: ${shift.signed.reportHash}.`}`,
    { size: 8, ...(isSame ? {} : { isStrong: true }) },
  );
  if (report.heads.length === 0) return;
  drawTable(sheet, {
    summary: 'Where each sequence of the log ended when the report was made',
    columns: [
      { head: 'Sequence of the log', share: 2 },
      { head: 'Last entry', width: 56, align: 'right', isTabular: true },
      { head: 'Hash of the last entry', share: 5, size: 7 },
    ],
    rows: report.heads.map(({ sequence, seq, hash: end }) => [sequence, String(seq), end]),
  });
  sheet.paragraph(
    'Each entry’s hash covers all entries before it. If the log is rewritten from any earlier point on, it no longer leads to these.',
    { size: 7.5, color: ink.second },
  );
}
