import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import type { PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { toDisplay } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { zoneStates } from '../../../../shared/live/frame.ts';
import type { FrameTable } from '../../../live/FrameTable.ts';
import type { ColorToken } from '../../../ui/tokens.ts';
import type { AlarmIndex } from '../alarmIndex.ts';
import { alarmToken } from '../colors.ts';
import { boxOf } from '../CountyIndex.ts';
import type { Zone } from '../CountyIndex.ts';
import { mapFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import { placeLabels } from '../placeLabels.ts';
import type { Obstacle } from '../placeLabels.ts';
import { project } from '../viewMath.ts';

type AbnormalZone = { zone: Zone; token: ColorToken; hasAlarm: boolean; text: string };

/**
 * The zooms from which outlines are drawn. Feeders run through the open country: at low zooms their lines would
 * dominate the map.
 */
export const OUTLINES_FROM_ZOOM = { dma: 10.25, feeder: 11.5 } as const;
const TEXTS_FROM_ZOOM = 10.5;
const TEXT_PX = 11;
const none: readonly AbnormalZone[] = [];
const dashed = new PathStyleExtension({ dash: true });
const words: Record<(typeof zoneStates)[number], string> = {
  noData: '',
  normal: '',
  high: 'high',
  low: 'low',
  outage: 'no supply',
  stale: '',
};

const amount = (value: number, unit: string, units: DisplayUnits): string => {
  const shown = toDisplay(value, unit, 0, units);
  return `${shown.value.toLocaleString('en-US', { maximumFractionDigits: shown.digits })} ${shown.unit}`;
};

/** The text of a zone: "Alder Falls East · high" and below it "51 m³/h, usually 28". */
function zoneText(zone: Zone, table: FrameTable<'zones'>, row: number, units: DisplayUnits): string {
  const [value, typical] = [table.columns.value[row] ?? NaN, table.columns.typical[row] ?? NaN];
  const unit = zone.kind === 'dma' ? 'm³/h' : 'kW';
  const state = words[zoneStates[table.columns.state[row] ?? 0] ?? 'noData'];
  const figures = [
    Number.isFinite(value) ? amount(value, unit, units) : '',
    Number.isFinite(typical) ? `usually ${amount(typical, unit, units)}` : '',
  ].filter((text) => text !== '');
  return [`${zone.name}${state === '' ? '' : ` · ${state}`}`, figures.join(', ')]
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Zones whose value is out of the ordinary or that have an alarm. Such a zone has the colour of its alarm, and a
 * neutral colour without one.
 */
export function abnormalZones(
  zones: readonly Zone[],
  table: FrameTable<'zones'>,
  alarms: AlarmIndex,
  units: DisplayUnits,
): AbnormalZone[] {
  return zones.flatMap((zone, row) => {
    const state = table.isKnown(row) ? (zoneStates[table.columns.state[row] ?? 0] ?? 'noData') : 'noData';
    const alarmed =
      alarms.priorityOf(zone.kind === 'feeder' ? 'feeder' : 'zone', zone.id) ?? alarms.priorityOf('zone', zone.id);
    // An alarm of the lowest priority concerns single customers: its mark is enough.
    const priority = alarmed === 4 ? undefined : alarmed;
    if (priority === undefined && words[state] === '') return [];
    return [
      {
        zone,
        token: priority === undefined ? 'text-2' : alarmToken(priority),
        hasAlarm: priority !== undefined,
        text: zoneText(zone, table, row, units),
      },
    ];
  });
}

/**
 * The strength of a zone's fill. At high zooms a zone fills the screen and its tint would colour everything, so there
 * the edge has to be enough.
 */
const fillShare = (zoom: number): number => Math.min(1, Math.max(0.3, 1 - (zoom - 12) * 0.25));

/**
 * The middle of a water zone's southern edge: the text hangs below it, clear of the alarm's mark and the town's name. A
 * feeder's edge is far from its customers, so that its text stands in its middle.
 */
function footOf({ zone }: AbnormalZone): [number, number] {
  if (zone.kind === 'feeder') return zone.center;
  const [, south] = boxOf(zone.outline);
  return [zone.center[0], south];
}

const longestLine = (text: string): string => text.split('\n').reduce((a, b) => (b.length > a.length ? b : a), '');

/** The zones whose text fits, those with an alarm first; two texts at one place could not be read. */
function textsWithRoom(zones: readonly AbnormalZone[], zoom: number, typeScale: number): AbnormalZone[] {
  const candidates = zones.map((abnormal) => {
    const [lon, lat] = footOf(abnormal);
    return {
      abnormal,
      text: longestLine(abnormal.text),
      lon,
      lat,
      rank: abnormal.hasAlarm ? 1 : 0,
      sizePx: TEXT_PX * typeScale,
      lines: 2,
      angleDeg: 0,
    };
  });
  const [lon, lat] = zones[0]?.zone.center ?? [0, 0];
  return placeLabels(candidates, (x, y) => project({ lon, lat, zoom }, { width: 0, height: 0 }, x, y), 0).map(
    ({ abnormal }) => abnormal,
  );
}

/** The boxes of the texts, for the labels that must keep clear of them. */
function obstaclesOf(texts: readonly AbnormalZone[], typeScale: number): Obstacle[] {
  const [letterPx, heightPx] = [0.6 * TEXT_PX * typeScale, 3 * TEXT_PX * typeScale];
  return texts.map((abnormal) => {
    const [lon, lat] = footOf(abnormal);
    const widthPx = longestLine(abnormal.text).length * letterPx;
    return { lon, lat, widthPx, heightPx, belowPx: 6 * typeScale + heightPx / 2 };
  });
}

function outlines({ colors, layers, zoom }: MapScene, kind: Zone['kind'], zones: readonly Zone[]): Layer {
  return new PathLayer<Zone, PathStyleExtensionProps<Zone>>({
    id: `zones-${kind}`,
    data: zones,
    visible: layers[kind] && zoom >= OUTLINES_FROM_ZOOM[kind],
    getPath: ({ outline }) => outline,
    getColor: colors.of('text-3', kind === 'dma' ? 0.28 : 0.26),
    widthUnits: 'pixels',
    getWidth: 1,
    ...(kind === 'feeder' ? { extensions: [dashed], getDashArray: [6, 5] } : {}),
  });
}

/**
 * A water zone is filled, because a burst takes the pressure from all of it. A feeder's area is mostly open country:
 * there the customers without supply have the colour (see `meterLayers.ts`), and the edge shows near enough to be read.
 */
function abnormalFills({ colors, zoom }: MapScene, all: readonly AbnormalZone[]): Layer[] {
  const zones = all.filter(({ zone }) => zone.kind === 'dma' || zoom >= OUTLINES_FROM_ZOOM.feeder);
  return [
    new SolidPolygonLayer<AbnormalZone>({
      id: 'zones-abnormal',
      data: zones.filter(({ zone }) => zone.kind === 'dma'),
      getPolygon: ({ zone }) => zone.outline,
      getFillColor: ({ token, hasAlarm }) => colors.of(token, hasAlarm ? 0.16 : 0.09),
      updateTriggers: { getFillColor: colors },
      opacity: fillShare(zoom),
    }),
    new PathLayer<AbnormalZone>({
      id: 'zones-abnormal-edge',
      data: zones,
      getPath: ({ zone }) => zone.outline,
      getColor: ({ token }) => colors.of(token, 0.8),
      updateTriggers: { getColor: colors },
      widthUnits: 'pixels',
      getWidth: 1.5,
      jointRounded: true,
    }),
  ];
}

function abnormalTexts({ colors, typeScale }: MapScene, zones: readonly AbnormalZone[]): Layer {
  return new TextLayer<AbnormalZone>({
    id: 'zones-abnormal-text',
    data: zones,
    getPosition: footOf,
    getText: ({ text }) => text,
    getColor: colors.of('text'),
    getSize: TEXT_PX * typeScale,
    getAlignmentBaseline: 'top',
    getPixelOffset: [0, 6 * typeScale],
    background: true,
    getBackgroundColor: colors.of('panel', 0.82),
    backgroundPadding: [6, 3],
    backgroundBorderRadius: 3,
    lineHeight: 1.25,
    characterSet: 'auto',
    ...mapFont,
  });
}

/** Water zones and feeders: thin outlines, and a fill only for what is abnormal. */
export function makeZoneLayers(): {
  fills: (scene: MapScene) => Layer[];
  texts: (scene: MapScene) => { layers: Layer[]; obstacles: readonly Obstacle[] };
} {
  const abnormal = memoLast(
    (
      zones: readonly Zone[],
      table: FrameTable<'zones'>,
      _version: number,
      alarms: AlarmIndex,
      units: DisplayUnits,
      dma: boolean,
      feeder: boolean,
    ) => abnormalZones(zones, table, alarms, units).filter(({ zone }) => (zone.kind === 'dma' ? dma : feeder)),
  );
  const roomy = memoLast(textsWithRoom);
  const boxes = memoLast(obstaclesOf);
  const ofKind = {
    dma: memoLast((zones: readonly Zone[]) => zones.filter(({ kind }) => kind === 'dma')),
    feeder: memoLast((zones: readonly Zone[]) => zones.filter(({ kind }) => kind === 'feeder')),
  };
  const present = ({ map, tables, alarms, units, layers }: MapScene): AbnormalZone[] =>
    abnormal(map?.zones ?? [], tables.zones, tables.zones.version, alarms, units, layers.dma, layers.feeder);

  return {
    fills: (scene) => [
      outlines(scene, 'dma', ofKind.dma(scene.map?.zones ?? [])),
      outlines(scene, 'feeder', ofKind.feeder(scene.map?.zones ?? [])),
      ...abnormalFills(scene, present(scene)),
    ],
    texts: (scene) => {
      const texts = scene.zoom < TEXTS_FROM_ZOOM ? none : roomy(present(scene), scene.zoom, scene.typeScale);
      return {
        layers: texts.length === 0 ? [] : [abnormalTexts(scene, texts)],
        obstacles: boxes(texts, scene.typeScale),
      };
    },
  };
}
