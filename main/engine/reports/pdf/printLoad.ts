import { FLOOD_BEGINS_ABOVE } from '../../../../shared/alarms/alarmLoad.ts';
import type { ReportLoad } from '../../../../shared/shifts/shiftReport.ts';
import { drawBars } from './drawChart.ts';
import { drawTable } from './drawTable.ts';
import { hourTicks } from './hourTicks.ts';
import { inPercent, percent } from './percent.ts';
import type { Press } from './printShiftReport.ts';
import { ink } from './Sheet.ts';

const CHART_HEIGHT = 78;
const WINDOW_HOURS = 1 / 6;

function loadRow(
  { name, raised, maxIn10Min, busyWindows, floodShare, stale, standing, split, byTenMinutes }: ReportLoad,
  lengthMs: number,
): string[] {
  const known = byTenMinutes.filter((count) => count !== null).length;
  const hours = Math.max(WINDOW_HOURS, Math.min(lengthMs / 3_600_000, known * WINDOW_HOURS));
  return [
    name,
    String(raised),
    (raised / hours).toFixed(1),
    String(maxIn10Min),
    percent(busyWindows),
    percent(floodShare),
    String(standing),
    String(stale),
    `${([1, 2, 3, 4] as const).map((priority) => inPercent(split[priority])).join(' / ')} %`,
    percent(byTenMinutes.length === 0 ? 0 : known / byTenMinutes.length),
  ];
}

function printPosition({ sheet, time, report }: Press, load: ReportLoad): void {
  sheet.heading(3, load.name, CHART_HEIGHT + 10);
  const holders = load.holders
    .map(({ name, fromMs, toMs }) => `${name} ${time.clock(fromMs)} to ${time.clock(toMs)}`)
    .join('; ');
  const floods = load.floods.map(({ fromMs, toMs }) => `${time.clock(fromMs)} to ${time.clock(toMs)}`).join(', ');
  sheet.paragraph(
    `Held by ${holders === '' ? 'nobody: fell to the supervisor' : holders}. ${floods === '' ? 'No flood.' : `Flood ${floods}.`}`,
    { size: 8, color: ink.second },
  );
  const alt = `Alarms of ${load.name} by ten minutes: ${load.raised} in all, at most ${load.maxIn10Min} in ten minutes.`;
  drawBars(
    sheet,
    { values: load.byTenMinutes, hours: hourTicks(report.fromMs, load.byTenMinutes.length, time, 14), alt },
    FLOOD_BEGINS_ABOVE,
    { x: sheet.left, y: sheet.y, width: sheet.width, height: CHART_HEIGHT },
  );
  sheet.y += CHART_HEIGHT + 4;
  if (load.topSources.length > 0) {
    const top = load.topSources
      .slice(0, 5)
      .map(({ title, count, share }) => `${title} (${count}, ${percent(share)})`)
      .join('; ');
    sheet.paragraph(`Most from: ${top}.`, { size: 8, color: ink.second });
  }
}

/** Alarms per operating position, against the published targets; never averaged over positions. */
export function printLoad(press: Press): void {
  const { sheet, report } = press;
  sheet.heading(2, 'Alarm load by operating position', 120);
  const number = { align: 'right', isTabular: true, share: 1 } as const;
  drawTable(sheet, {
    summary: 'Alarm load of each position against the targets',
    columns: [
      { head: 'Position', share: 2.6 },
      { head: 'Alarms', ...number },
      { head: 'An hour', ...number },
      { head: 'Most in 10 min', ...number },
      { head: 'Windows above 10', ...number },
      { head: 'In flood', ...number },
      { head: 'Standing at the end', ...number },
      { head: 'Of these over 24 h', ...number },
      { head: 'Priority 1 / 2 / 3 / 4', align: 'right', isTabular: true, share: 3 },
      { head: 'Time known', ...number },
    ],
    rows: [
      ...report.alarmLoad.map((load) => loadRow(load, report.toMs - report.fromMs)),
      ['Target', '', '6', '10', '< 1 %', '< 1 %', '', '< 5', '1 / 5 / 15 / 80 %', ''],
    ],
  });
  sheet.paragraph(
    'Targets of ISA-18.2 / IEC 62682 and EEMUA 191, for one position. Bars: alarms in ten minutes; the broken line is 10, above it is a flood, which ends below 5; hatched: nothing is known.',
    { size: 7.5, color: ink.second },
  );
  for (const load of report.alarmLoad) printPosition(press, load);
}

/** Alarms that were kept from the operators, and until when. */
export function printHidden({ sheet, time, report }: Press): void {
  sheet.heading(2, 'Shelved and out of service');
  if (report.hidden.length === 0) {
    sheet.paragraph('Nothing was.');
    return;
  }
  drawTable(sheet, {
    summary: 'Alarms that were shelved or out of service, by whom, why and until when',
    columns: [
      { head: 'Alarm', share: 4 },
      { head: 'Where', share: 2.5 },
      { head: 'How', share: 1.4 },
      { head: 'By', share: 1.6 },
      { head: 'Reason', share: 3 },
      { head: 'From', width: 58, align: 'right', isTabular: true },
      { head: 'Until', width: 62, align: 'right', isTabular: true },
    ],
    rows: report.hidden.map(({ title, place, how, by, reason, atMs, untilMs, isStillSo }) => [
      title,
      place,
      how === 'shelved' ? 'Shelved' : 'Out of service',
      by,
      reason,
      time.dayClock(atMs),
      {
        text: untilMs === undefined ? 'until returned' : time.dayClock(untilMs),
        isStrong: isStillSo,
        note: isStillSo ? 'still so' : '',
      },
    ]),
  });
}

/** Block 6 of ICS 214. */
export function printPersons({ sheet, time, report }: Press): void {
  sheet.heading(2, 'Persons');
  if (report.persons.length === 0) {
    sheet.paragraph('Nobody wrote anything.');
    return;
  }
  drawTable(sheet, {
    summary: 'Persons of the shift with their roles, positions and times',
    columns: [
      { head: 'Name', share: 3 },
      { head: 'Role', share: 2 },
      { head: 'Positions held', share: 5 },
      { head: 'First entry', width: 66, align: 'right', isTabular: true },
      { head: 'Last entry', width: 66, align: 'right', isTabular: true },
      { head: 'Entries', width: 44, align: 'right', isTabular: true },
    ],
    rows: report.persons.map(({ person, positions, firstAtMs, lastAtMs, entries }) => [
      person.name,
      person.role,
      positions.join(', ') || '–',
      time.dayClock(firstAtMs),
      time.dayClock(lastAtMs),
      String(entries),
    ]),
  });
}
