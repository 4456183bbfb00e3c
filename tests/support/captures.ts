import { readdirSync, readFileSync } from 'node:fs';
import { realData } from './realData.ts';

export type Captured = { topic: string; payload: string | Buffer };

const lines = (...parts: string[]): string[] =>
  readFileSync(realData(...parts), 'utf8')
    .trimEnd()
    .split('\n');

type Meter = { id: string; media: string; name: string };
type SparkplugVector = { name: string; message_type: string; base64: string };

/** The vehicle positions of Helsinki, each as it was received: `<receive time> <topic> <JSON>`. */
export function hfpCaptures(): (Captured & { receivedAtMs: number })[] {
  return readdirSync(realData('hsl-hfp'))
    .flatMap((folder) => lines('hsl-hfp', folder, 'hfp.dump'))
    .map((line) => {
      const space = line.indexOf(' ');
      const brace = line.indexOf(' {');
      return {
        receivedAtMs: Date.parse(line.slice(0, space)),
        topic: line.slice(space + 1, brace),
        payload: line.slice(brace + 1),
      };
    });
}

export function wmbusCaptures(): (Captured & { meter: Meter })[] {
  return lines('wmbusmeters', 'messages.ndjson').map((payload) => {
    const meter = JSON.parse(payload) as Meter;
    return { topic: `wmbusmeters/${meter.id}`, payload, meter };
  });
}

export const rtlamrCaptures = (): Captured[] =>
  lines('rtlamr', 'rtlamr_real_lines.ndjson').map((payload) => ({ topic: 'rtlamr', payload }));

/**
 * One message of each kind that Digitraffic documents, at a station and a sensor of the test's choice, and the road
 * message.
 */
export function digitrafficCaptures(stationId: number, sensorId: number): Captured[] {
  const samples = JSON.parse(
    readFileSync(realData('digitraffic', 'digitraffic_mqtt_documented_samples.json'), 'utf8'),
  ) as { topic_pattern: string; payload: object }[];
  const notice = {
    topic: 'traffic-message-v2/simple/TRAFFIC_ANNOUNCEMENT',
    payload: readFileSync(realData('digitraffic', 'traffic_message_simple_gzip_base64.txt'), 'utf8').trim(),
  };
  const filled = samples.map(({ topic_pattern: pattern, payload }) => ({
    topic: pattern
      .replace('<roadStationId>', String(stationId))
      .replace('<sensorId>', String(sensorId))
      .replace('<domain>', 'state-roads'),
    payload: JSON.stringify(payload),
  }));
  return [...filled, notice];
}

/** The payloads by name, on the topics of a node. */
export function sparkplugCapture(name: string, group: string, node: string): Captured {
  const vectors = JSON.parse(
    readFileSync(realData('sparkplug', 'sparkplug_b_vectors.json'), 'utf8'),
  ) as SparkplugVector[];
  const vector = vectors.find((each) => each.name === name);
  if (vector === undefined) throw new Error(`There is no Sparkplug capture ${name}.`);
  return { topic: `spBv1.0/${group}/${vector.message_type}/${node}`, payload: Buffer.from(vector.base64, 'base64') };
}

export const gtfsCaptures = (): Captured[] => [
  { topic: 'gtfs-rt/raba/trip-updates', payload: readFileSync(realData('gtfs-raba', 'raba-trip-updates.pb')) },
  {
    topic: 'gtfs-rt/raba/vehicle-positions',
    payload: readFileSync(realData('gtfs-raba', 'raba-vehicle-positions.pb')),
  },
];
