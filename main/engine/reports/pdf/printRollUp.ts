import { describeCount } from '../../../../shared/base/display.ts';
import { incidentTypeNames } from '../../../../shared/incidents/incidentWords.ts';
import { createReportTime, reportDuration } from '../../../../shared/shifts/reportTime.ts';
import type { ReportTime } from '../../../../shared/shifts/reportTime.ts';
import type { RollUp } from '../../../../shared/shifts/rollUp.ts';
import { drawFigureTable } from './drawFigureTable.ts';
import { drawTable } from './drawTable.ts';
import type { Cell, Column } from './drawTable.ts';
import { percent } from './percent.ts';
import { Sheet, ink } from './Sheet.ts';
import type { Paper } from './Sheet.ts';

type Press = { sheet: Sheet; time: ReportTime; rollUp: RollUp };
type Kind = RollUp['incidents']['byPriority'][number] | RollUp['incidents']['byType'][number];

const number = { align: 'right', isTabular: true } as const;

function printShifts({ sheet, time, rollUp }: Press): void {
  sheet.heading(2, 'Signed shift reports');
  if (rollUp.shifts.length === 0) sheet.paragraph('There is none in this period.');
  else {
    drawTable(sheet, {
      summary: 'The signed shift reports that this is made of',
      columns: [
        { head: 'Shift', share: 2 },
        { head: 'From', share: 1.6, ...number },
        { head: 'To', share: 1.6, ...number },
        { head: 'Signed by', share: 2.4 },
        { head: 'New incidents', share: 1.2, ...number },
        { head: 'Left open', share: 1.2, ...number },
        { head: 'Data present', share: 1.2, ...number },
        { head: 'Report', share: 2.4, size: 7 },
      ],
      rows: rollUp.shifts.map(({ shiftId, fromMs, toMs, signedBy, incidents, open, present, hash }) => [
        shiftId,
        time.dayClock(fromMs),
        time.dayClock(toMs),
        signedBy,
        String(incidents),
        String(open),
        percent(present),
        hash.slice(0, 16),
      ]),
    });
  }
  if (rollUp.missing.length === 0) return;
  const missing = rollUp.missing
    .map(({ fromMs, toMs }) => `${time.dayClock(fromMs)} to ${time.dayClock(toMs)}`)
    .join('; ');
  const share =
    rollUp.missing.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / (rollUp.toMs - rollUp.fromMs);
  sheet.paragraph(
    `No signed report covers ${percent(share)} of the period: ${missing}. Nothing is known here of that time.`,
    { isStrong: true },
  );
}

const measureCells = ({ response, roadwayClearance, incidentClearance }: Kind): Cell[] =>
  [response, roadwayClearance, incidentClearance].flatMap(({ measured, medianMs, p90Ms, judged, met }) => [
    medianMs === undefined
      ? '–'
      : { text: reportDuration(medianMs), note: p90Ms === undefined ? '' : `90 %: ${reportDuration(p90Ms)}` },
    judged === 0
      ? measured === 0
        ? '–'
        : { text: '–', note: `of ${measured}` }
      : { text: percent(met / judged), note: `of ${judged}` },
  ]);

function printIncidents({ sheet, rollUp }: Press): void {
  sheet.heading(2, 'Incidents');
  const columns: Column[] = [
    { head: 'Kind', share: 2.4 },
    { head: 'New', share: 0.8, ...number },
    ...['Response', 'Roadway cleared', 'Incident cleared'].flatMap((head): Column[] => [
      { head: `${head}, median`, share: 1.6, ...number },
      { head: 'in time', share: 1, ...number },
    ]),
  ];
  const { byPriority, byType } = rollUp.incidents;
  drawTable(sheet, {
    summary: 'Incidents by priority',
    columns,
    rows: byPriority.map((kind) => [`Priority ${kind.priority}`, String(kind.opened), ...measureCells(kind)]),
  });
  if (byType.length > 0)
    drawTable(sheet, {
      summary: 'Incidents by kind',
      columns,
      rows: byType.map((kind) => [incidentTypeNames[kind.type], String(kind.opened), ...measureCells(kind)]),
    });
  sheet.paragraph(
    'Response T4 − T2, roadway cleared T5 − T1, incident cleared T6 − T1 (FHWA Traffic Incident Management), of incidents that were opened in the period and whose times were given; in time: share of those with a service level that kept it.',
    { size: 7.5, color: ink.second },
  );
}

function printLoad({ sheet, rollUp }: Press): void {
  sheet.heading(2, 'Alarm load by operating position');
  const columns: Column[] = [
    { head: 'Position', share: 2.6 },
    ...['Alarms', 'A day', 'An hour', 'Most in 10 min', 'Windows above 10', 'In flood', 'Time known'].map(
      (head): Column => ({ head, share: 1, ...number }),
    ),
  ];
  const rows = rollUp.alarmLoad.map(
    ({ name, raised, perDay, perHour, maxIn10Min, busyWindows, floodShare, knownShare }) => [
      name,
      describeCount(raised),
      perDay.toFixed(0),
      perHour.toFixed(1),
      String(maxIn10Min),
      percent(busyWindows),
      percent(floodShare),
      percent(knownShare),
    ],
  );
  drawTable(sheet, {
    summary: 'Alarm load of each position against the targets',
    columns,
    rows: [...rows, ['Target', '', '150', '6', '10', '< 1 %', '< 1 %', '']],
  });
  sheet.paragraph(
    'Targets of ISA-18.2 / IEC 62682 and EEMUA 191, for one position, to be judged over 30 days or more.',
    { size: 7.5, color: ink.second },
  );
}

function printFigures({ sheet, rollUp }: Press): void {
  sheet.heading(2, 'Traffic, transit, water and electricity');
  drawFigureTable(sheet, rollUp, rollUp.county.displayUnits, {
    summary: 'Figures of the county over the period',
    sumHead: 'Sum',
  });
  sheet.heading(2, 'Feeds lost');
  if (rollUp.losses.length === 0) sheet.paragraph('None.');
  else
    drawTable(sheet, {
      summary: 'Feeds that were lost',
      columns: [
        { head: 'Feed', share: 3 },
        { head: 'Times', share: 1, ...number },
        { head: 'In all', share: 1, ...number },
      ],
      rows: rollUp.losses.map(({ name, times, lostMs }) => [name, String(times), reportDuration(lostMs)]),
    });
}

type PrintOptions = { rollUp: RollUp; paper: Paper; madeAtMs: number };

/** A week or a month as a document to print. */
export function printRollUp({ rollUp, paper, madeAtMs }: PrintOptions): Promise<Uint8Array> {
  const { county, id, fromMs, toMs } = rollUp;
  const time = createReportTime(county.timeZone);
  const kind = id.includes('W') ? 'Weekly report' : 'Monthly report';
  const sheet = new Sheet({
    paper,
    madeAtMs,
    title: `${kind} ${id}, ${county.name}`,
    subject: `${time.day(fromMs)} to ${time.day(toMs - 1)}`,
    running: {
      left: `${county.name}${county.isSimulated ? ' (simulated)' : ''}`,
      right: `${kind} ${id}`,
      foot: `Printed ${time.dayClock(madeAtMs)} ${time.zone(madeAtMs)}`,
    },
  });
  const press = { sheet, time, rollUp };
  sheet.heading(1, kind);
  sheet.paragraph(`${county.name}, ${id}`, { size: 10.5, isStrong: true });
  sheet.paragraph(
    `${time.day(fromMs)} to ${time.day(toMs - 1)} (${county.timeZone}). Made of the signed shift reports; a shift belongs to the period in which it began.`,
    { color: ink.second },
  );
  printShifts(press);
  printIncidents(press);
  printLoad(press);
  printFigures(press);
  return sheet.finish();
}
