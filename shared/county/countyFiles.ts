import type { z } from 'zod';
import {
  countyProfileSchema,
  detectorRowSchema,
  feedDeviceSchema,
  linkPropertiesSchema,
  mapFeaturePropertiesSchema,
  meterRowSchema,
  segmentRowSchema,
  sensorSchema,
  sparkplugMetricSchema,
  stationSchema,
  turnRowSchema,
  unitColumnsSchema,
  zonePropertiesSchema,
} from './county.ts';
import { accountRowSchema, billingRouteSchema, tariffSchema, tariffsSchema } from './accounts.ts';
import { positionSchema } from '../alarms/positions.ts';

/** A table of fields in a county's file. `part`: which part of the file has them, where it has several. */
type FieldTable = { part?: string; schema: z.ZodType };
/** A file of a county's folder: what it is, whether Beacon starts without it, and its fields. */
export type CountyFile = {
  name: string;
  what: string;
  isRequired: boolean;
  form: 'json' | 'geojson' | 'csv';
  tables: readonly FieldTable[];
};

/** The files of a county that have fields, in the order in which one writes them. */
export const countyFiles: readonly CountyFile[] = [
  {
    name: 'county.json',
    what: 'the profile of the county',
    isRequired: true,
    form: 'json',
    tables: [{ schema: countyProfileSchema }],
  },
  {
    name: 'map.geojson',
    what: 'water, woods, built-up areas, boundary and places for the base map',
    isRequired: true,
    form: 'geojson',
    tables: [{ schema: mapFeaturePropertiesSchema }],
  },
  {
    name: 'network.geojson',
    what: 'road links, one `LineString` per direction',
    isRequired: true,
    form: 'geojson',
    tables: [{ schema: linkPropertiesSchema }],
  },
  {
    name: 'turns.csv',
    what: 'turns that the law forbids',
    isRequired: false,
    form: 'csv',
    tables: [{ schema: turnRowSchema }],
  },
  {
    name: 'zones.geojson',
    what: 'water zones (DMA) and feeders, one `Polygon` each',
    isRequired: true,
    form: 'geojson',
    tables: [{ schema: zonePropertiesSchema }],
  },
  {
    name: 'detectors.csv',
    what: 'traffic detectors',
    isRequired: true,
    form: 'csv',
    tables: [{ schema: detectorRowSchema }],
  },
  {
    name: 'segments.csv',
    what: 'stretches of road whose travel time is measured between two points',
    isRequired: false,
    form: 'csv',
    tables: [{ schema: segmentRowSchema }],
  },
  {
    name: 'meters.csv',
    what: 'electricity and water meters',
    isRequired: true,
    form: 'csv',
    tables: [{ schema: meterRowSchema }],
  },
  { name: 'units.csv', what: 'response units', isRequired: true, form: 'csv', tables: [{ schema: unitColumnsSchema }] },
  {
    name: 'feeds.json',
    what: 'what outside streams leave out',
    isRequired: false,
    form: 'json',
    tables: [
      { part: 'digitraffic.stations', schema: stationSchema },
      { part: 'digitraffic.sensors', schema: sensorSchema },
      { part: 'devices', schema: feedDeviceSchema },
      { part: 'sparkplug', schema: sparkplugMetricSchema },
    ],
  },
  {
    name: 'positions.json',
    what: 'operating positions: who answers for the alarms of which domains',
    isRequired: false,
    form: 'json',
    tables: [{ schema: positionSchema }],
  },
  {
    name: 'accounts.csv',
    what: "customers' accounts: who is billed for which meters",
    isRequired: false,
    form: 'csv',
    tables: [{ schema: accountRowSchema }],
  },
  {
    name: 'tariffs.json',
    what: 'what water and electricity cost (docs/billing.md)',
    isRequired: false,
    form: 'json',
    tables: [
      { schema: tariffsSchema },
      { part: 'routes', schema: billingRouteSchema },
      { part: 'tariffs', schema: tariffSchema },
    ],
  },
];

/**
 * Names in a county's folder that have no fields here: the timetable is GTFS, playbooks and pages for citizens have a
 * description of their own, and prices are read where a change is valued.
 */
export const otherCountyNames: readonly string[] = ['gtfs', 'gtfs.zip', 'playbooks', 'pages', 'values.json'];
