import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { describeMany } from '../../../../shared/base/display.ts';
import type { County, Link, MapFeature } from '../../../../shared/county/county.ts';
import type { Box } from './drawChart.ts';
import { ink } from './Sheet.ts';
import type { Sheet } from './Sheet.ts';

type Place = [lon: number, lat: number];
/** An incident to mark: `number` is its line in the table. */
export type Mark = { number: number; lon: number; lat: number; priority: AlarmPriority };

/** The parts of a county that its map is drawn from. */
export type MapSource = Pick<County, 'profile' | 'map' | 'links'>;

const fills: Partial<Record<MapFeature['kind'], string>> = {
  water: '#dfe4e8',
  wood: '#f3f5f4',
  park: '#f3f5f4',
  builtUp: '#f1f1ef',
};
const roads: Record<Link['roadClass'], { width: number; color: string } | undefined> = {
  freeway: { width: 1.6, color: '#8a9299' },
  ramp: undefined,
  arterial: { width: 0.9, color: '#a3aab0' },
  collector: { width: 0.4, color: '#c2c8cd' },
  local: undefined,
};
/** Corners of each priority's mark, 0 for a circle: shape and number go together, as on the screen. */
const corners: Record<AlarmPriority, number> = { 1: 4, 2: 3, 3: 4, 4: 0 };

function projection({ profile }: MapSource, { x, y, width, height }: Box): (place: Place) => [number, number] {
  const [west, south, east, north] = profile.bounds;
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(width / ((east - west) * narrow), height / (north - south));
  const [left, top] = [x + (width - (east - west) * narrow * scale) / 2, y + (height - (north - south) * scale) / 2];
  return ([lon, lat]) => [left + (lon - west) * narrow * scale, top + (north - lat) * scale];
}

/** The width, in points, of a map of the county that has this height. */
export function mapWidth({ profile }: MapSource, height: number): number {
  const [west, south, east, north] = profile.bounds;
  return (height * (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180)) / (north - south);
}

/** The path of a line or ring, without points that are too close together to be seen apart. */
function trace(doc: PDFKit.PDFDocument, line: readonly Place[], project: (place: Place) => [number, number]): void {
  let last: [number, number] | undefined;
  line.forEach((place, index) => {
    const [x, y] = project(place);
    if (last === undefined) doc.moveTo(x, y);
    else if (index < line.length - 1 && Math.hypot(x - last[0], y - last[1]) < 0.7) return;
    else doc.lineTo(x, y);
    last = [x, y];
  });
}

function drawLand(doc: PDFKit.PDFDocument, { map }: MapSource, project: (place: Place) => [number, number]): void {
  for (const kind of ['builtUp', 'park', 'wood', 'water'] as const) {
    for (const { rings } of map.filter((feature) => feature.kind === kind)) {
      for (const ring of rings) trace(doc, ring, project);
      if (rings.length > 0) doc.fill(fills[kind] ?? ink.wash, 'even-odd');
    }
  }
  for (const { kind, rings } of map) {
    if (kind !== 'river' && kind !== 'boundary') continue;
    for (const ring of rings) trace(doc, ring, project);
    if (rings.length === 0) continue;
    doc.lineWidth(kind === 'river' ? 1.2 : 0.5).strokeColor(kind === 'river' ? '#dfe4e8' : ink.rule);
    if (kind === 'boundary') doc.dash(3, { space: 2 });
    doc.stroke().undash();
  }
}

/** Draws the roads; one of the two directions of a road is enough. */
function drawRoads(doc: PDFKit.PDFDocument, { links }: MapSource, project: (place: Place) => [number, number]): void {
  for (const roadClass of ['collector', 'arterial', 'freeway'] as const) {
    const style = roads[roadClass];
    const drawn = new Set<string>();
    for (const link of links) {
      const ends = [link.fromNode, link.toNode].sort().join(' ');
      if (link.roadClass !== roadClass || drawn.has(ends)) continue;
      drawn.add(ends);
      trace(doc, link.path, project);
    }
    if (style !== undefined && drawn.size > 0)
      doc.lineWidth(style.width).lineCap('round').lineJoin('round').strokeColor(style.color).stroke();
  }
}

function drawMark(doc: PDFKit.PDFDocument, priority: AlarmPriority, x: number, y: number): void {
  const r = 3.4;
  if (priority === 4) doc.circle(x, y, r - 0.4);
  else if (priority === 3) doc.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1);
  else if (corners[priority] === 3) doc.polygon([x, y - r], [x + r, y + r - 0.6], [x - r, y + r - 0.6]);
  else doc.polygon([x, y - r - 0.6], [x + r + 0.6, y], [x, y + r + 0.6], [x - r - 0.6, y]);
  doc.lineWidth(0.8).fillAndStroke(ink.text, '#ffffff');
}

/** Numbers are set where they cover least: right of the mark, or around it where one stands there already. */
function placeNumbers(
  points: readonly [number, number][],
  { x: left, y: top, width, height }: Box,
): [number, number][] {
  const taken: [number, number][] = [...points];
  return points.map(([x, y]) => {
    const choices: [number, number][] = [
      [x + 5, y - 4],
      [x - 14, y - 4],
      [x - 3, y - 13],
      [x - 3, y + 4],
      [x + 5, y + 3],
      [x + 5, y - 11],
    ];
    const isInside = ([cx, cy]: [number, number]): boolean =>
      cx > left + 1 && cx < left + width - 10 && cy > top + 1 && cy < top + height - 9;
    const room = ([cx, cy]: [number, number]): number =>
      !isInside([cx, cy])
        ? -2
        : Math.min(
            ...taken.filter(([tx, ty]) => tx !== x || ty !== y).map(([tx, ty]) => Math.hypot(cx + 4 - tx, cy + 4 - ty)),
            20,
          );
    const best = choices.reduce((chosen, each) => (room(each) > room(chosen) + 1 ? each : chosen));
    taken.push([best[0] + 4, best[1] + 4]);
    return best;
  });
}

/** Draws the county with what happened where, as vectors from the county's own files. */
export function drawCountyMap(sheet: Sheet, source: MapSource, marks: readonly Mark[], box: Box): void {
  const { doc } = sheet;
  const project = projection(source, box);
  const alt = `Map of ${source.profile.name} with the numbers of ${describeMany(marks.length, 'incident')} at their places.`;
  sheet.tag(
    'Figure',
    () => {
      doc.save().rect(box.x, box.y, box.width, box.height).clip();
      drawLand(doc, source, project);
      drawRoads(doc, source, project);
      for (const { name, point, rank = 1 } of source.map) {
        if (name === undefined || point === undefined || rank < 2) continue;
        const [x, y] = project(point);
        sheet.text(name, x - 50, y - 4, 100, {
          size: rank >= 3 ? 9 : 7.5,
          color: ink.second,
          align: 'center',
          isOneLine: true,
        });
      }
      const points = marks.map(({ lon, lat }) => project([lon, lat]));
      const numbers = placeNumbers(points, box);
      marks.forEach(({ number, priority }, index) => {
        const [[x = 0, y = 0] = [], [nx = 0, ny = 0] = []] = [points[index], numbers[index]];
        drawMark(doc, priority, x, y);
        doc.font('strong').fontSize(7).lineWidth(1.6).strokeColor('#ffffff').fillColor(ink.text);
        doc.text(String(number), nx, ny, { lineBreak: false, stroke: true, fill: false });
        doc.text(String(number), nx, ny, { lineBreak: false, stroke: false, fill: true });
      });
      doc.restore();
      doc.rect(box.x, box.y, box.width, box.height).lineWidth(0.5).strokeColor(ink.rule).stroke();
    },
    { alt },
  );
}
