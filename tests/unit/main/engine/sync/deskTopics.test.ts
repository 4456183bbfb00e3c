import { expect, it } from 'vitest';
import { deskFilters, deskPrefix, deskTopic, readDeskTopic } from '../../../../../main/engine/sync/deskTopics.ts';

const prefix = deskPrefix('0f');
const matches = (filter: string, topic: string): boolean =>
  new RegExp(`^${filter.replaceAll('+', '[^/]+')}$`).test(topic);

it('writes a sequence as two levels without a dot, or as one for earlier versions, and reads both', () => {
  const message = { kind: 'ask', from: 'ws-a1.12', to: 'ws-b2.3' };
  expect(deskTopic(prefix, message)).toBe('beacon/v1/desk/0f/ask/ws-b2/ws-a1/12');
  expect(deskTopic(prefix, { ...message, form: 'dotted' })).toBe('beacon/v1/desk/0f/ask/ws-b2/ws-a1.12');
  for (const form of ['plain', 'dotted'] as const)
    for (const kind of ['head', 'events', 'ask', 'give', 'want', 'piece']) {
      const to = kind === 'head' || kind === 'events' ? {} : { to: 'ws-b2.3' };
      const topic = deskTopic(prefix, { kind, from: 'ws-a1.12', ...to, form });
      expect(readDeskTopic(prefix, topic)).toEqual({ kind, from: 'ws-a1.12', form });
      // Each message comes once.
      expect(deskFilters(prefix, 'ws-b2').filter((filter) => matches(filter, topic))).toHaveLength(1);
    }
});
