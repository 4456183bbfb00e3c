import { incidentStatusNames, incidentTypeNames } from '../../../../shared/incidents/incidentWords.ts';
import { reportDuration } from '../../../../shared/shifts/reportTime.ts';
import type { ReportClock, ReportIncident } from '../../../../shared/shifts/shiftReport.ts';
import { drawCountyMap, mapWidth } from './drawCountyMap.ts';
import type { MapSource } from './drawCountyMap.ts';
import { drawTable } from './drawTable.ts';
import type { Cell } from './drawTable.ts';
import type { Press } from './printShiftReport.ts';
import { ink } from './Sheet.ts';

const MAP_HEIGHT = 250;
/** Shape and number, as on the screen. */
const priorityMarks = { 1: '◆ 1', 2: '▲ 2', 3: '■ 3', 4: '● 4' } as const;
const kinds = { incident: 'Incident', alarm: 'Alarm', position: 'Position' } as const;

/** What is open and who owns it, which the next shift reads first. */
export function printOpenItems({ sheet, time, report }: Press): void {
  sheet.heading(2, 'Handed over: what is open, and whose');
  for (const { text, by, atMs } of report.comments)
    sheet.paragraph(`“${text}” ${by.name}, ${time.clock(atMs)}`, { size: 9 });
  if (report.open.length === 0) {
    sheet.paragraph('Nothing is open.');
    return;
  }
  drawTable(sheet, {
    summary: 'Open incidents, standing alarms and positions, with their owners',
    columns: [
      { head: 'Pr.', width: 26 },
      { head: 'What', share: 5 },
      { head: 'Where', share: 3 },
      { head: 'State', share: 2 },
      { head: 'Whose', share: 2.4 },
      { head: 'Since', width: 62, align: 'right', isTabular: true },
    ],
    rows: report.open.map(({ kind, id, priority, title, place, state, owner, sinceMs }) => [
      priority === undefined ? '' : priorityMarks[priority],
      { text: title, note: kind === 'incident' ? id : kinds[kind] },
      place,
      state,
      owner === undefined ? { text: 'nobody', isStrong: true } : owner,
      time.dayClock(sinceMs),
    ]),
  });
}

/** An elapsed time with its mark: a plain number was in time. */
function clockCell(ms: number | undefined, clock: ReportClock | undefined, isOver: boolean): Cell {
  const target = clock === undefined ? '' : `of ${reportDuration(clock.targetMs)}`;
  if (ms !== undefined)
    return {
      text: `${clock?.state === 'late' ? '▲ ' : ''}${reportDuration(ms)}`,
      isStrong: clock?.state === 'late',
      note: target,
    };
  if (clock?.state === 'missed') return { text: isOver ? '▲ never' : '▲ open', isStrong: true, note: target };
  return { text: clock?.state === 'running' ? 'open' : '–', note: clock?.state === 'running' ? target : '' };
}

function incidentRow({ time }: Press, incident: ReportIncident, number: number): Cell[] {
  const at = (milestone: keyof ReportIncident['milestones']): string => {
    const ms = incident.milestones[milestone];
    return ms === undefined ? '–' : time.clock(ms);
  };
  const clockOf = (measure: string): ReportClock | undefined =>
    incident.clocks.find((clock) => clock.measure === measure);
  const isOver = incident.status === 'resolved';
  const owner = incident.assignee === undefined ? '' : `, ${incident.assignee}`;
  return [
    String(number),
    priorityMarks[incident.priority],
    {
      text: incident.title,
      note: `${incident.id} ${incidentTypeNames[incident.type]}, ${incident.place}. ${incidentStatusNames[incident.status]}${owner}${incident.isCarriedOver ? ', taken over' : ''}`,
    },
    at('T1'),
    at('T2'),
    at('T3'),
    at('T4'),
    at('T5'),
    at('T6'),
    at('T7'),
    clockCell(incident.responseMs, clockOf('response'), isOver),
    clockCell(incident.roadwayClearanceMs, clockOf('roadwayClearance'), isOver),
    clockCell(incident.incidentClearanceMs, clockOf('incidentClearance'), isOver),
  ];
}

/** The county with the incidents, and beside it how many of which kind. */
function printMap({ sheet, report }: Press, map: MapSource): void {
  const top = sheet.y;
  const width = Math.min(mapWidth(map, MAP_HEIGHT), sheet.width * 0.68);
  const placed = report.incidents.flatMap(({ lon, lat, priority }, index) =>
    lon === undefined || lat === undefined ? [] : [{ number: index + 1, lon, lat, priority }],
  );
  drawCountyMap(sheet, map, placed, { x: sheet.left, y: top, width, height: MAP_HEIGHT });
  const counts = Object.entries(incidentTypeNames)
    .map(([type, name]) => ({ name, of: report.incidents.filter((incident) => incident.type === type) }))
    .filter(({ of }) => of.length > 0);
  const x = sheet.left + width + 16;
  drawTable(sheet, {
    summary: 'Incidents by kind',
    span: { x, width: sheet.left + sheet.width - x },
    columns: [
      { head: 'Kind', share: 3 },
      { head: 'All', share: 1, align: 'right', isTabular: true },
      { head: 'Open', share: 1, align: 'right', isTabular: true },
    ],
    rows: counts.map(({ name, of }) => [
      name,
      String(of.length),
      String(of.filter(({ status }) => status !== 'resolved').length),
    ]),
  });
  sheet.y = Math.max(sheet.y, top + MAP_HEIGHT + 4);
  const missing = report.incidents.length - placed.length;
  sheet.paragraph(
    `Numbers are those of the table; ${Object.values(priorityMarks).join(', ')} is the priority.${missing > 0 ? ` ${missing} without a place are not on the map.` : ''}`,
    { size: 7.5, color: ink.second },
  );
}

/** All incidents of the shift on the map and with their times. */
export function printIncidents(press: Press, map: MapSource | undefined): void {
  const { sheet, report } = press;
  sheet.heading(2, 'Incidents', map === undefined ? 60 : MAP_HEIGHT + 30);
  if (map !== undefined) printMap(press, map);
  if (report.incidents.length === 0) {
    sheet.paragraph('There was none.');
    return;
  }
  const narrow = { width: 27, align: 'right', isTabular: true, size: 7 } as const;
  const measured = { width: 43, align: 'right', isTabular: true, size: 7 } as const;
  drawTable(sheet, {
    summary: 'Incidents with their times T1 to T7 and how they stand against the service level',
    columns: [
      { head: 'No.', width: 19, align: 'right', isTabular: true, size: 7.5 },
      { head: 'Pr.', width: 23, size: 7 },
      { head: 'Incident', share: 1 },
      ...['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'].map((head) => ({ head, ...narrow })),
      { head: 'Response', ...measured },
      { head: 'Roadway cleared', ...measured },
      { head: 'Incident cleared', ...measured },
    ],
    rows: report.incidents.map((incident, index) => incidentRow(press, incident, index + 1)),
  });
  sheet.paragraph(
    'T1 first awareness, T2 verified, T3 response dispatched, T4 response on scene, T5 lanes or service restored, T6 last unit left, T7 normal again (FHWA Traffic Incident Management); “–” was not given and is not computed. Response T4 − T2, roadway cleared T5 − T1, incident cleared T6 − T1, each with the service level of its class; ▲ is beyond it, “never” was not reached before the incident was resolved.',
    { size: 7.5, color: ink.second },
  );
}
