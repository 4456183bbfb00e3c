import { reportDuration } from '../../../../shared/shifts/reportTime.ts';
import type { Shift } from '../../../../shared/shifts/shift.ts';
import { summarize } from '../../../../shared/shifts/summarizeReport.ts';
import { percent } from './percent.ts';
import type { Press } from './printShiftReport.ts';
import { ink } from './Sheet.ts';
import type { Sheet } from './Sheet.ts';

type KeyFigure = { label: string; value: string; note: string };

function printKeyFigures(sheet: Sheet, figures: readonly KeyFigure[]): void {
  const width = sheet.width / figures.length;
  const top = sheet.y;
  sheet.rule(top, 0.75, ink.text);
  figures.forEach(({ label, value, note }, index) => {
    const [x, inner] = [sheet.left + index * width + (index === 0 ? 0 : 8), width - 12];
    sheet.tag('P', () => {
      sheet.text(label, x, top + 7, inner, { size: 7.5, color: ink.second });
      sheet.text(value, x, top + 18, inner, { size: 19, isStrong: true, isTabular: true, isOneLine: true });
      sheet.text(note, x, top + 43, inner, { size: 7.5, color: ink.second });
    });
  });
  sheet.y = top + 68;
  sheet.rule(sheet.y, 0.5);
  sheet.y += 6;
}

/** A word in a frame at the right of the title: what one must not overlook. */
function printStamp(sheet: Sheet, text: string, y: number): void {
  const width = 118;
  const x = sheet.left + sheet.width - width;
  sheet.tag('P', () => {
    sheet.doc.rect(x, y, width, 18).lineWidth(1).strokeColor(ink.text).stroke();
    sheet.text(text, x, y + 4.5, width, { size: 8, isStrong: true, align: 'center', isOneLine: true });
  });
}

/** The title: the shift in five numbers, with stamps that say whether it is simulated and signed. */
export function printTitle({ sheet, time, report }: Press, shift: Shift): void {
  const { county, fromMs, toMs } = report;
  const top = sheet.y;
  sheet.heading(1, 'Shift report');
  const stamps = [
    ...(county.isSimulated ? ['SIMULATED COUNTY'] : []),
    report.isClosed ? (shift.signed === undefined ? 'NOT SIGNED' : 'SIGNED') : 'SHIFT GOES ON',
  ];
  stamps.forEach((stamp, index) => printStamp(sheet, stamp, top + index * 23));
  const days = time.day(fromMs) === time.day(toMs) ? time.day(fromMs) : `${time.day(fromMs)} to ${time.day(toMs)}`;
  sheet.paragraph(`${county.name}, shift ${report.shiftId}`, { size: 10.5, isStrong: true });
  sheet.paragraph(
    `${days}\nOperational period ${time.clock(fromMs)} to ${time.clock(toMs)} ${time.zone(fromMs)} (${county.timeZone}), ${reportDuration(toMs - fromMs)}. In the shape of ICS 214, activity log.`,
    { size: 8.5, color: ink.second },
  );
  sheet.y += 6;
  const {
    opened,
    carriedOver,
    open,
    resolved,
    timesMeasured,
    timesMet,
    timesMissed,
    busiest,
    flooded,
    present,
    lostMs,
  } = summarize(report);
  printKeyFigures(sheet, [
    {
      label: 'Incidents',
      value: String(opened + carriedOver),
      note: `${opened} new, ${carriedOver} taken over;\n${resolved} resolved, ${open} open`,
    },
    {
      label: 'Service level kept',
      value: timesMeasured === 0 ? '–' : percent(timesMet / timesMeasured),
      note: `${timesMet} of ${timesMeasured} times that could\nbe measured, ${timesMissed} missed`,
    },
    {
      label: 'Alarms an hour',
      value: busiest === undefined ? '–' : busiest.perHour.toFixed(1),
      note: busiest === undefined ? 'no position' : `at the busiest position,\n${busiest.name}`,
    },
    {
      label: 'Time in flood',
      value: flooded === undefined ? '–' : percent(flooded.share),
      note:
        flooded === undefined || flooded.share === 0
          ? 'at no position;\nshould be below 1 %'
          : `at ${flooded.name};\nshould be below 1 %`,
    },
    {
      label: 'Data present',
      value: percent(present),
      note: lostMs === 0 ? 'no feed was lost' : `feeds lost for ${reportDuration(lostMs)}\nin all`,
    },
  ]);
}
