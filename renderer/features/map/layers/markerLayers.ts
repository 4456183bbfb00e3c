import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../../shared/incidents/incident.ts';
import type { Report } from '../../../client/mergeStream.ts';
import type { AlarmIndex } from '../alarmIndex.ts';
import { alarmToken } from '../colors.ts';
import { alarmIconName, iconsFrom, incidentIconName } from '../iconNames.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

type Placed<T> = T & { lon: number; lat: number };

const hasPlace = <T extends { lon?: number | undefined; lat?: number | undefined }>(thing: T): thing is T & Placed<T> =>
  thing.lon !== undefined && thing.lat !== undefined;
const at = ({ lon, lat }: { lon: number; lat: number }): [number, number] => [lon, lat];

export const needsPulse = ({ state, priority }: Alarm): boolean => state === 'active' && priority <= 2;

/**
 * The alarms to mark. An alarm that is already being worked on is shown by its incident, because two marks at one place
 * would hide each other.
 */
export const openAlarms = ({ placed }: AlarmIndex): Placed<Alarm>[] =>
  placed.filter(hasPlace).filter(({ incidentId }) => incidentId === undefined);
export const openIncidents = (incidents: MapScene['incidents']): Placed<Incident>[] =>
  [...incidents.values()]
    .filter(hasPlace)
    .filter(({ status }) => status !== 'resolved')
    .sort((a, b) => b.priority - a.priority);
export const placedReports = (reports: MapScene['reports']): Placed<Report>[] => [...reports.values()].filter(hasPlace);

/** Below this zoom an alarm of the lowest priority is a dot, so that it does not cover the names of the towns. */
const SMALL_BELOW_ZOOM = 11;

/**
 * Draws alarms, incidents and reports. `pulse` runs from 0 to 1 in each cycle, and is undefined if nothing may move.
 */
export function makeMarkerLayers(): (scene: MapScene, pulse: number | undefined) => Layer[] {
  const alarms = memoLast(openAlarms);
  const pulsing = memoLast((open: readonly Placed<Alarm>[]) => open.filter(needsPulse));
  const incidents = memoLast(openIncidents);
  const reports = memoLast(placedReports);
  return (scene, pulse) => {
    const { layers, colors, atlas, typeScale } = scene;
    const isFar = scene.zoom - Math.log2(typeScale) < SMALL_BELOW_ZOOM;
    const open = layers.alarms ? alarms(scene.alarms) : [];
    const icons = iconsFrom(atlas);
    return [
      new IconLayer<Placed<Report>>({
        id: 'reports',
        data: reports(scene.reports),
        visible: layers.reports,
        getPosition: at,
        getIcon: ({ kind }) => kind,
        getSize: 20 * typeScale,
        ...icons,
      }),
      new ScatterplotLayer<Placed<Alarm>>({
        id: 'alarm-pulse',
        data: pulsing(open),
        visible: pulse !== undefined,
        getPosition: at,
        getLineColor: ({ priority }) => colors.of(alarmToken(priority)),
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
      new IconLayer<Placed<Alarm>>({
        id: 'alarms',
        data: open,
        getPosition: at,
        getIcon: ({ priority, state }) => alarmIconName(priority, state === 'acknowledged'),
        getSize: ({ priority }) => (priority === 4 && isFar ? 12 : 24) * typeScale,
        updateTriggers: { getSize: [isFar, typeScale] },
        ...icons,
      }),
      new IconLayer<Placed<Incident>>({
        id: 'incidents',
        data: incidents(scene.incidents),
        visible: layers.incidents,
        getPosition: at,
        getIcon: ({ priority }) => incidentIconName(priority),
        getSize: 34 * typeScale,
        ...icons,
      }),
    ];
  };
}
