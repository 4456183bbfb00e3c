import type { AlarmPriority } from '../../../shared/alarms/alarm.ts';
import { alarmPrioritySchema } from '../../../shared/alarms/alarm.ts';
import { unitKindSchema } from '../../../shared/county/county.ts';
import type { Unit } from '../../../shared/county/county.ts';
import type { ColorToken } from '../../ui/tokens.ts';
import { alarmToken } from './colors.ts';
import { alarmIconName, incidentIconName, unitIconName } from './iconNames.ts';
import type { UnitIconState, VehicleIcon } from './iconNames.ts';

/** Icons are drawn in a box of 24 × 24 with the origin at its centre. */
type Pen = CanvasRenderingContext2D;
export type Css = (token: ColorToken) => string;
type Draw = (pen: Pen, css: Css) => void;
type UnitKind = Unit['kind'];

const polygon = (...points: readonly (readonly [number, number])[]): Path2D => {
  const path = new Path2D();
  points.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
  path.closePath();
  return path;
};

const circle = (radius: number): Path2D => {
  const path = new Path2D();
  path.arc(0, 0, radius, 0, 2 * Math.PI);
  return path;
};

function fillAndEdge(pen: Pen, path: Path2D, fill: string, edge: string, width: number): void {
  pen.lineJoin = 'round';
  pen.lineWidth = width;
  pen.strokeStyle = edge;
  pen.stroke(path);
  pen.fillStyle = fill;
  pen.fill(path);
}

function edgeOnly(pen: Pen, path: Path2D, edge: string, width: number): void {
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.lineWidth = width;
  pen.strokeStyle = edge;
  pen.stroke(path);
}

const arrow = polygon([0, -7], [5.2, 6], [0, 3], [-5.2, 6]);

/** The tail of a second arrow, close behind the first. */
const chaser = polygon([-5.2, 7.4], [0, 4.4], [5.2, 7.4], [5.2, 10.6], [0, 7.6], [-5.2, 10.6]);

/**
 * These icons point up; the layer turns them to the heading. A late vehicle has a shape of its own: its arrow stands in
 * a ring. A bunched vehicle is one arrow close behind another.
 */
const vehicleIcons: Record<VehicleIcon, Draw> = {
  vehicle: (pen, css) => fillAndEdge(pen, arrow, css('text-2'), css('ground'), 2.5),
  vehicleLate: (pen, css) => {
    fillAndEdge(pen, circle(10), css('panel'), css('ground'), 4);
    edgeOnly(pen, circle(10), css('text'), 1.6);
    fillAndEdge(pen, arrow, css('text'), css('panel'), 1);
  },
  vehicleBunched: (pen, css) => {
    for (const path of [arrow, chaser]) fillAndEdge(pen, path, css('text'), css('ground'), 2.5);
  },
  vehicleStale: (pen, css) => {
    fillAndEdge(pen, arrow, css('map-land'), css('ground'), 4);
    edgeOnly(pen, arrow, css('bad'), 1.5);
  },
  vehicleStill: (pen, css) => fillAndEdge(pen, circle(4.6), css('text-2'), css('ground'), 2.5),
  vehicleOff: (pen, css) => fillAndEdge(pen, circle(3), css('bad'), css('ground'), 2),
};

const glyphs: Record<UnitKind, Path2D> = {
  police: polygon(
    [0, -6],
    [1.6, -2],
    [5.8, -1.8],
    [2.5, 0.9],
    [3.6, 5],
    [0, 2.7],
    [-3.6, 5],
    [-2.5, 0.9],
    [-5.8, -1.8],
    [-1.6, -2],
  ),
  fire: new Path2D(
    'M0 -6.5 C2 -3.5 4.6 -1.5 4.6 1.6 A4.6 4.6 0 0 1 -4.6 1.6 C-4.6 0 -3.6 -1 -2.8 -2.2 C-2.2 -1 -1.6 -0.8 -1 -0.8 C-1.6 -3 -1 -5 0 -6.5 Z',
  ),
  ambulance: polygon(
    [-1.8, -5.5],
    [1.8, -5.5],
    [1.8, -1.8],
    [5.5, -1.8],
    [5.5, 1.8],
    [1.8, 1.8],
    [1.8, 5.5],
    [-1.8, 5.5],
    [-1.8, 1.8],
    [-5.5, 1.8],
    [-5.5, -1.8],
    [-1.8, -1.8],
  ),
  tow: new Path2D('M-1.2 -6 H1.2 V0.5 A3 3 0 1 1 -4.4 2.6 H-2.2 A1 1 0 1 0 -0.2 1.6 L-1.2 0.5 Z'),
  waterCrew: new Path2D('M0 -6.2 C2.2 -3 4.4 -0.6 4.4 1.9 A4.4 4.4 0 0 1 -4.4 1.9 C-4.4 -0.6 -2.2 -3 0 -6.2 Z'),
  lineCrew: polygon([1.4, -6.5], [-4, 1], [-0.6, 1], [-1.4, 6.5], [4, -1.4], [0.6, -1.4]),
  roadCrew: polygon([0, -5.5], [5.5, 4.6], [-5.5, 4.6]),
};

const badge = (): Path2D => {
  const path = new Path2D();
  path.roundRect(-9, -9, 18, 18, 4);
  return path;
};

/** Idle units are outlined, those on an errand filled, those on scene filled and framed. */
const unitDraws: Record<UnitIconState, (glyph: Path2D) => Draw> = {
  Idle: (glyph) => (pen, css) => {
    fillAndEdge(pen, badge(), css('panel'), css('ground'), 3.5);
    edgeOnly(pen, badge(), css('text-3'), 1.2);
    pen.fillStyle = css('text-2');
    pen.fill(glyph);
  },
  Active: (glyph) => (pen, css) => {
    fillAndEdge(pen, badge(), css('text'), css('ground'), 3);
    pen.fillStyle = css('ground');
    pen.fill(glyph);
  },
  OnScene: (glyph) => (pen, css) => {
    fillAndEdge(pen, badge(), css('text'), css('text'), 5);
    edgeOnly(pen, badge(), css('ground'), 1.6);
    pen.fillStyle = css('ground');
    pen.fill(glyph);
  },
};

const unitIcons = (): [string, Draw][] =>
  unitKindSchema.options.flatMap((kind) =>
    (['Idle', 'Active', 'OnScene'] as const).map((state): [string, Draw] => [
      unitIconName(kind, state),
      unitDraws[state](glyphs[kind]),
    ]),
  );

const priorityShapes: Record<AlarmPriority, Path2D> = {
  1: polygon([0, -10], [10, 0], [0, 10], [-10, 0]),
  2: polygon([0, -9], [10, 8.5], [-10, 8.5]),
  3: polygon([-8, -8], [8, -8], [8, 8], [-8, 8]),
  4: circle(8.5),
};

function number(pen: Pen, text: string, color: string, y: number): void {
  pen.font = `700 11px 'Inter Variable', sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = color;
  pen.fillText(text, 0, y);
}

const alarmIcon =
  (priority: AlarmPriority, isAcknowledged: boolean): Draw =>
  (pen, css) => {
    const shape = priorityShapes[priority];
    const color = css(alarmToken(priority));
    fillAndEdge(pen, shape, isAcknowledged ? css('panel') : color, css('ground'), 4);
    if (isAcknowledged) edgeOnly(pen, shape, color, 1.6);
    number(pen, String(priority), isAcknowledged ? color : css('on-alarm'), priority === 2 ? 3 : 0.5);
  };

const pin = new Path2D('M0 11.4 L-4 6.2 A9 9 0 1 1 4 6.2 Z');

/**
 * An incident is a pin with the priority's colour, shape and number, because it stands for work that is under way; an
 * alarm is a sign without a pin.
 */
const incidentIcon =
  (priority: AlarmPriority): Draw =>
  (pen, css) => {
    pen.save();
    pen.translate(0, -0.5);
    fillAndEdge(pen, pin, css('panel'), css('ground'), 4);
    edgeOnly(pen, pin, css(alarmToken(priority)), 1.8);
    pen.translate(0, -2);
    pen.save();
    pen.scale(0.52, 0.52);
    pen.fillStyle = css(alarmToken(priority));
    pen.fill(priorityShapes[priority]);
    pen.restore();
    pen.restore();
  };

const priorityIcons = (): [string, Draw][] =>
  alarmPrioritySchema.options.flatMap(({ value }): [string, Draw][] => [
    [alarmIconName(value, false), alarmIcon(value, false)],
    [alarmIconName(value, true), alarmIcon(value, true)],
    [incidentIconName(value), incidentIcon(value)],
  ]);

const bubble = new Path2D('M-8 -7 H8 V4 H0 L-4 8.5 V4 H-8 Z');
const reportIcons: Record<'report' | 'notice', Draw> = {
  report: (pen, css) => {
    fillAndEdge(pen, bubble, css('raised'), css('ground'), 4);
    edgeOnly(pen, bubble, css('text-2'), 1.4);
    edgeOnly(pen, new Path2D('M-4.5 -3.2 H4.5 M-4.5 0 H2'), css('text-2'), 1.4);
  },
  notice: (pen, css) => {
    fillAndEdge(pen, circle(7.5), css('raised'), css('ground'), 4);
    edgeOnly(pen, circle(7.5), css('text-2'), 1.4);
    edgeOnly(pen, new Path2D('M0 -0.6 V3.8 M0 -3.8 V-3.6'), css('text-2'), 1.8);
  },
};

/** Signs of a faulty or troubled meter, drawn white: the layer gives the colour. */
const meterShapes: Record<
  'leak' | 'highUse' | 'noVoltage' | 'voltage' | 'tamper' | 'stuck' | 'stale' | 'suspect',
  Draw
> = {
  leak: (pen) => fillAndEdge(pen, glyphs.waterCrew, '#fff', '#fff', 1.5),
  highUse: (pen) => fillAndEdge(pen, polygon([0, -6], [6.5, 5], [-6.5, 5]), '#fff', '#fff', 1),
  noVoltage: (pen) => edgeOnly(pen, new Path2D('M-5 -5 L5 5 M5 -5 L-5 5'), '#fff', 3),
  voltage: (pen) => fillAndEdge(pen, glyphs.lineCrew, '#fff', '#fff', 1.5),
  tamper: (pen) => edgeOnly(pen, polygon([-5.5, -5.5], [5.5, -5.5], [5.5, 5.5], [-5.5, 5.5]), '#fff', 2.6),
  stuck: (pen) => edgeOnly(pen, new Path2D('M-3 -5 V5 M3 -5 V5'), '#fff', 3),
  stale: (pen) => edgeOnly(pen, circle(5), '#fff', 2),
  suspect: (pen) => edgeOnly(pen, polygon([0, -6.5], [6.5, 0], [0, 6.5], [-6.5, 0]), '#fff', 2),
};

/** Every icon of the map; those whose name begins with `meter-` are masks that take the layer's colour. */
export const iconDraws = (): [string, Draw][] => [
  ...Object.entries(vehicleIcons),
  ...Object.entries(reportIcons),
  ...Object.entries(meterShapes).map(([name, draw]): [string, Draw] => [`meter-${name}`, draw]),
  ...unitIcons(),
  ...priorityIcons(),
];
