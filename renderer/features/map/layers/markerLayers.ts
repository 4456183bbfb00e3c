import type { Layer } from '@deck.gl/core';
import { IconLayer, LineLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../../shared/incidents/incident.ts';
import type { Report } from '../../../client/mergeStream.ts';
import { alarmToken } from '../colors.ts';
import { alarmIconName, iconsFrom, incidentIconName } from '../iconNames.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import type { Sign, Signs } from '../signs.ts';

export const needsPulse = ({ state, priority }: Alarm): boolean => state === 'active' && priority <= 2;

const atOf = ({ at }: { at: [number, number] }): [number, number] => at;
const sizeOf = ({ sizePx }: { sizePx: number }): number => sizePx;

/**
 * Draws alarms, incidents and reports, each where it has room, with a line to its place if that is elsewhere. `pulse`
 * runs from 0 to 1 in each cycle, and is undefined if nothing may move.
 */
export function makeMarkerLayers(): (scene: MapScene, pulse: number | undefined) => Layer[] {
  const pulsing = memoLast((alarms: Signs['alarms']) => alarms.filter(({ thing }) => needsPulse(thing)));
  const leads = memoLast(({ alarms, incidents, reports }: Signs) =>
    [...reports, ...alarms, ...incidents].filter(({ isAside }) => isAside),
  );
  return ({ signs, colors, atlas, typeScale }, pulse) => {
    const icons = { getPosition: atOf, getSize: sizeOf, ...iconsFrom(atlas) };
    return [
      new LineLayer<Sign<unknown>>({
        id: 'sign-leads',
        data: leads(signs),
        getSourcePosition: atOf,
        getTargetPosition: ({ thing: { lon, lat } }) => [lon, lat],
        getColor: colors.of('text-2', 0.9),
        widthUnits: 'pixels',
        getWidth: 1.2 * typeScale,
      }),
      new IconLayer<Sign<Report>>({ id: 'reports', data: signs.reports, getIcon: ({ thing }) => thing.kind, ...icons }),
      new ScatterplotLayer<Sign<Alarm>>({
        id: 'alarm-pulse',
        data: pulsing(signs.alarms),
        visible: pulse !== undefined,
        getPosition: atOf,
        getLineColor: ({ thing }) => colors.of(alarmToken(thing.priority)),
        updateTriggers: { getLineColor: colors },
        filled: false,
        stroked: true,
        lineWidthUnits: 'pixels',
        getLineWidth: 2,
        radiusUnits: 'pixels',
        getRadius: 1,
        radiusScale: (13 + 12 * (pulse ?? 0)) * typeScale,
        opacity: 0.75 * (1 - (pulse ?? 0)),
      }),
      new IconLayer<Sign<Alarm>>({
        id: 'alarms',
        data: signs.alarms,
        getIcon: ({ thing }) => alarmIconName(thing.priority, thing.state === 'acknowledged'),
        ...icons,
      }),
      new IconLayer<Sign<Incident>>({
        id: 'incidents',
        data: signs.incidents,
        getIcon: ({ thing }) => incidentIconName(thing.priority),
        ...icons,
      }),
    ];
  };
}
