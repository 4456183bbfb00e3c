import { BEACON_PREFIX, topics } from '../../../shared/wire/topics.ts';
import {
  digitrafficCaptures,
  gtfsCaptures,
  hfpCaptures,
  rtlamrCaptures,
  sparkplugCapture,
  wmbusCaptures,
} from '../../support/captures.ts';
import type { Captured } from '../../support/captures.ts';
import { hasRealData } from '../../support/realData.ts';

export type SeedMessage = { topic: string; payload: Buffer };

const STATION = 23_801;
const SENSOR = 5116;
const SPARKPLUG = ['NBIRTH_V1', 'NDATA_V1', 'NDATA_GAP', 'NDATA_WRAPAROUND', 'NDEATH_V1'];
/** The devices that send the examples, where the county knows them. */
const idOf: Readonly<Record<string, string>> = { detectorId: 'D1', meterId: 'W1', zoneId: 'Z1', unitId: 'U1' };

/** The examples of the documentation, as their own devices send them. */
const documented = (): Captured[] =>
  Object.values(topics).map(({ path, example }) => ({
    topic: `${BEACON_PREFIX}/${path
      .replace('<traffic, meter or zone>', 'meter')
      .replace(/<(\w+)>/, (_, name: string) => idOf[name] ?? 'X1')}`,
    payload: JSON.stringify(example),
  }));

const sparkplugCaptures = (): Captured[] => SPARKPLUG.map((name) => sparkplugCapture(name, 'water', 'pump-1'));

const sources: readonly [folder: string, read: () => Captured[]][] = [
  ['hsl-hfp', hfpCaptures],
  ['wmbusmeters', wmbusCaptures],
  ['rtlamr', rtlamrCaptures],
  ['digitraffic', () => digitrafficCaptures(STATION, SENSOR)],
  ['sparkplug', sparkplugCaptures],
  ['gtfs-raba', gtfsCaptures],
];

/**
 * Valid messages from which invalid ones are made: the documentation's examples, and captures of real streams if they
 * lie beside the project.
 */
export function seedMessages(): SeedMessage[] {
  const all = [...documented(), ...sources.flatMap(([folder, read]) => (hasRealData(folder) ? read() : []))];
  return all.map(({ topic, payload }) => ({ topic, payload: Buffer.from(payload) }));
}

/** The roles in the county of those sources that cannot say it themselves. */
export const fuzzFeeds = {
  digitraffic: {
    stations: [{ id: STATION, name: 'Station', lon: -93.5, lat: 44.5, linkId: 'L1' }],
    sensors: [{ id: SENSOR, name: 'OHITUKSET_5MIN_LIUKUVA_SUUNTA1', unit: 'kpl/h' }],
  },
};
