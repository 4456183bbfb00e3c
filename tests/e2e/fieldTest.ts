import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { topicOf } from '../../shared/wire/topics.ts';
import { generateCounty } from '../support/generateCounty.ts';
import { startBeacon } from '../support/startBeacon.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { test as base } from './e2eTest.ts';

const SCALE = 0.1;

/** What a test can let report, each by one device, and the units all together. */
type Reporter = 'traffic' | 'zone' | 'meter' | 'units';
type Field = {
  url: string;
  stopBroker: () => Promise<void>;
  /** Publishes the county's time, and then values of each of these twice per second. */
  report: (...reporters: readonly Reporter[]) => Promise<{ silence: (reporter: Reporter) => void }>;
};
type FieldOptions = {
  /** County seconds per second: limits of minutes pass in seconds. */
  speed: number;
  /** What everybody may do at the broker, as lines of Mosquitto's file of rights. */
  rights: readonly string[] | undefined;
};

type Message = [topic: string, content: object];

/** The messages of each reporter, without their time. */
function messagesOf(countyDir: string): Record<Reporter, Message[]> {
  const [, ...units] = readFileSync(join(countyDir, 'units.csv'), 'utf8').trim().split('\n');
  return {
    traffic: [[topicOf('traffic', 'D0001'), { periodS: 20, count: 6, speedMps: 14, occupancy: 0.1 }]],
    zone: [[topicOf('zone', 'F01'), { powerKw: 800, voltageV: 120, breaker: 'closed' }]],
    meter: [[topicOf('meter', 'E000001'), { registerKwh: 10, voltageV: 120 }]],
    units: units.map((line) => {
      const [id = '', , , lon, lat] = line.split(',');
      return [topicOf('unit', id), { lon: Number(lon), lat: Number(lat), status: 'available' }];
    }),
  };
}

async function startReports(
  line: MqttClient,
  messages: Record<Reporter, Message[]>,
  speed: number,
  reporting: ReadonlySet<Reporter>,
): Promise<NodeJS.Timeout> {
  const [startMs, realMs] = [Date.UTC(2026, 4, 4, 14), performance.now()];
  const nowMs = (): number => Math.round(startMs + (performance.now() - realMs) * speed);
  await line.publishAsync(topicOf('clock'), JSON.stringify({ at: startMs, speed }), { qos: 1, retain: true });
  return setInterval(() => {
    for (const reporter of reporting)
      for (const [topic, content] of messages[reporter])
        line.publish(topic, JSON.stringify({ at: nowMs(), ...content }), { qos: 1 });
  }, 500);
}

/** Beacon with a broker of its own and a county whose devices the test plays itself. */
export const test = base.extend<{ field: Field } & FieldOptions>({
  speed: [30, { option: true }],
  rights: [undefined, { option: true }],
  field: async ({ dataDir, speed, rights }, use) => {
    const broker = await startMosquitto(rights === undefined ? {} : { rights });
    const countyDir = join(dataDir, 'county');
    await generateCounty(countyDir, SCALE);
    const args = ['--broker', broker.url, '--county', countyDir, '--clock', 'broker'];
    const beacon = await startBeacon({ dataDir: join(dataDir, 'data'), args });
    const line = await connectAsync(broker.url);
    const timers: NodeJS.Timeout[] = [];
    await use({
      url: beacon.url,
      stopBroker: broker.stop,
      report: async (...reporters) => {
        const reporting = new Set(reporters);
        timers.push(await startReports(line, messagesOf(countyDir), speed, reporting));
        return { silence: (reporter) => void reporting.delete(reporter) };
      },
    });
    timers.forEach(clearInterval);
    await line.endAsync(true);
    await beacon.stop();
    await broker.dispose();
  },
});
