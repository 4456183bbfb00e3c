import { describeQuantity, toDisplay } from '../../../../shared/base/display.ts';
import { reportDuration } from '../../../../shared/shifts/reportTime.ts';
import type { ReportFigure } from '../../../../shared/shifts/shiftReport.ts';
import { drawCourse } from './drawChart.ts';
import { drawFigureTable } from './drawFigureTable.ts';
import { drawTable } from './drawTable.ts';
import { hourTicks } from './hourTicks.ts';
import type { Press } from './printShiftReport.ts';
import { ink } from './Sheet.ts';

const CHART_HEIGHT = 62;
const GAP = 18;

/** A ratio is drawn in per cent, all else in the county's units. */
function shown(
  value: number | null,
  { unit, digits }: ReportFigure,
  units: Press['report']['county']['displayUnits'],
): number | null {
  if (value === null) return null;
  return unit === '1' ? value * 100 : toDisplay(value, unit, digits, units).value;
}

/** Small charts, two abreast. */
function printCourses({ sheet, time, report }: Press): void {
  const width = (sheet.width - GAP) / 2;
  const units = report.county.displayUnits;
  const drawn = report.figures.filter(({ course }) => course.some((value) => value !== null));
  for (let at = 0; at < drawn.length; at += 2) {
    sheet.ensure(CHART_HEIGHT + 16);
    const top = sheet.y;
    drawn.slice(at, at + 2).forEach((figure, column) => {
      const x = sheet.left + column * (width + GAP);
      const unit = figure.unit === '1' ? '%' : toDisplay(0, figure.unit, 0, units).unit;
      sheet.tag('P', () =>
        sheet.text(`${figure.label}${unit === '' ? '' : `, ${unit}`}`, x, top, width, {
          size: 8,
          isStrong: true,
          isOneLine: true,
        }),
      );
      const alt = `${figure.label} over the shift: mean ${figure.mean === null ? 'unknown' : describeQuantity(figure.mean, figure.unit, figure.digits, units)}.`;
      const values = figure.course.map((value) => shown(value, figure, units));
      drawCourse(
        sheet,
        { values, hours: hourTicks(report.fromMs, values.length, time, 7), alt },
        { x, y: top + 11, width, height: CHART_HEIGHT },
      );
    });
    sheet.y = top + CHART_HEIGHT + 18;
  }
}

/** Traffic, transit and utilities, each with the share of its data that was present. */
export function printFigures(press: Press): void {
  const { sheet, report } = press;
  sheet.heading(2, 'Traffic, transit, water and electricity', 120);
  drawFigureTable(sheet, report, report.county.displayUnits, {
    summary: 'Figures of the county over the shift',
    sumHead: 'Sum of the shift',
  });
  printCourses(press);
}

/** Feeds that were lost: a figure of such a time is no better than the data that was present. */
export function printLosses({ sheet, time, report }: Press): void {
  sheet.heading(2, 'Feeds lost');
  const rows = [
    ...report.losses.map(({ name, fromMs, toMs, lostMs }) => [
      name,
      time.dayClock(fromMs),
      toMs === undefined ? { text: 'still lost', isStrong: true } : time.dayClock(toMs),
      reportDuration(lostMs),
    ]),
    ...report.blind.map(({ fromMs, toMs }) => [
      'Beacon was not running here',
      time.dayClock(fromMs),
      time.dayClock(toMs),
      reportDuration(toMs - fromMs),
    ]),
  ];
  if (rows.length === 0) {
    sheet.paragraph('None.');
    return;
  }
  const number = { width: 74, align: 'right', isTabular: true } as const;
  drawTable(sheet, {
    summary: 'Feeds that were silent, since when and how long',
    columns: [
      { head: 'Feed', share: 1 },
      { head: 'From', ...number },
      { head: 'Until', ...number },
      { head: 'In this shift', ...number },
    ],
    rows,
  });
  sheet.paragraph(
    'Figures of these times are made of what was there; their share of data present says how much that was.',
    { size: 7.5, color: ink.second },
  );
}
