import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { feeds } from '../../../../main/engine/ingest/feeds/feedList.ts';
import { TopicRouter } from '../../../../main/engine/ingest/TopicRouter.ts';
import { topicOf as topicByName } from '../../../../main/engine/ingest/TopicTable.ts';
import { createRegistry } from '../../../../main/engine/registry/createRegistry.ts';
import { BEACON_PREFIX, topicOf, topics } from '../../../../shared/wire/topics.ts';
import type { TopicName } from '../../../../shared/wire/topics.ts';
import { topicFieldTables, topicTable } from '../../../../shared/wire/topicTable.ts';
import { Simulation } from '../../../../simulators/run/Simulation.ts';
import type { Message } from '../../../../simulators/devices/message.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';
import { smallCounty } from '../../../support/smallCounty.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/topics.md'), 'utf8');
const names = Object.keys(topics) as TopicName[];
const registry = createRegistry(smallCounty());
const router = new TopicRouter(feeds, registry);
const feedOf = (topic: string) => feeds[router.route(topicByName(topic)).feed];

describe('the page docs/topics.md', () => {
  it('has the table of the topics as they are', () => {
    const start = page.indexOf('| topic | QoS |');
    expect(page.slice(start, page.indexOf('\n\n', start))).toBe(topicTable());
  });

  it('has the fields of all messages as their schemas are', () => {
    const start = page.indexOf('`beacon/v1/traffic/<detectorId>`\n');
    expect(page.slice(start, page.indexOf('\n### ', start)).trimEnd()).toBe(topicFieldTables());
  });

  it('names every topic of which broker.md gives the right to write', () => {
    const rights = readFileSync(join(import.meta.dirname, '../../../../docs/broker.md'), 'utf8');
    const written = [...rights.matchAll(/^topic (?:read)?write (\S+)$/gm)].map(([, topic = '']) => topic);
    expect(written.length).toBeGreaterThan(4);
    for (const topic of written) expect(page, topic).toContain(`\`${topic.replace(/(\/\+)?\/(NCMD\/)?#$/, '')}`);
  });

  it.each(feeds.filter(({ filters }) => !filters.some((filter) => filter.startsWith(BEACON_PREFIX))))(
    'names the topics and ids of $id',
    ({ filters, idPrefixes }) => {
      for (const text of [...filters, ...idPrefixes.map((prefix) => `${prefix}:`)]) expect(page).toContain(`\`${text}`);
    },
  );
});

describe('a topic', () => {
  it.each(names)('%s has an example that its schema takes', (name) => {
    expect(topics[name].schema.safeParse(topics[name].example)).toMatchObject({ success: true });
  });

  it.each(names.filter((name) => name !== 'clock' && name !== 'dispatch'))(
    '%s goes to a feed that subscribes with its quality of service and takes the example',
    (name) => {
      const topic = name === 'intervals' ? topicOf(name, 'meter', 'W1') : topicOf(name, 'X1');
      const feed = feedOf(topic);
      expect([feed?.id, feed?.qos]).toEqual([expect.stringMatching(/^beacon-/), topics[name].qos]);
      const payload = Buffer.from(JSON.stringify(topics[name].example));
      expect(feed?.step(feed.initialState(), topic, payload, Date.UTC(2026, 5, 1, 12), registry)).toMatchObject({
        values: expect.arrayContaining([expect.anything()]),
      });
    },
  );

  it('has its placeholders filled in', () => {
    expect([topicOf('clock'), topicOf('meterEvent', 'W1'), topicOf('intervals', 'zone', 'Z$1')]).toEqual([
      'beacon/v1/clock',
      'beacon/v1/meter/W1/event',
      'beacon/v1/zone/Z$1/intervals',
    ]);
  });
});

describe('the simulated county', () => {
  it('publishes each message with the quality of service that its feed subscribes with', () => {
    const startMs = Date.UTC(2026, 5, 1, 12);
    const simulation = new Simulation(simulatedWorld().world, { seed: 1, scenarios: ['crash'], startMs });
    const messages: Message[] = [];
    for (let s = 1; s <= 60; s++) messages.push(...simulation.step(startMs + s * 1000));
    const heard = new Map(
      messages.map(({ topic, qos }) => [`${feedOf(topic)?.id ?? topic} ${qos}`, feedOf(topic)?.qos]),
    );
    expect(heard.size).toBeGreaterThan(4);
    for (const [name, qos] of heard) expect(name).toMatch(new RegExp(` ${qos ?? 'none'}$`));
  });
});
