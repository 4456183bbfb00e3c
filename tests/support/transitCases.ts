import { readFileSync } from 'node:fs';
import { realData } from './realData.ts';
import { feedEntityType, feedMessageType } from '../../main/engine/ingest/feeds/gtfsRealtimeSchema.ts';

/** A message of a case, with the county's clock at which it is sent; a clock without a message passes time. */
export type CaseMessage = { clockMs: number; topic?: string; payload?: Uint8Array };

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const relationships: Readonly<Record<string, number>> = {
  SCHEDULED: 0,
  ADDED: 1,
  SKIPPED: 1,
  NO_DATA: 2,
  UNSCHEDULED: 2,
  CANCELED: 3,
  REPLACEMENT: 5,
  DUPLICATED: 6,
  DELETED: 7,
  NEW: 8,
};

/** The names of the specification as the schema has them, and its words as numbers. */
function inSchema(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => inSchema(each));
  // JSON has no NaN, which some encoders send.
  if (value === null) return Number.NaN;
  if (typeof value === 'string' && name === 'schedule_relationship') return relationships[value] ?? 0;
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [camel(key), inSchema(each, key)]));
}

function encode(text: string): Uint8Array {
  const { header, entity = [] } = JSON.parse(text) as { header: { incrementality?: string }; entity?: object[] };
  const entities = entity.map((each) =>
    feedEntityType.encode(feedEntityType.fromObject(inSchema(each) as Record<string, unknown>)).finish(),
  );
  const incrementality = header.incrementality === 'DIFFERENTIAL' ? 1 : 0;
  const message = { header: { ...(inSchema(header) as object), incrementality }, entity: entities };
  return feedMessageType.encode(feedMessageType.fromObject(message)).finish();
}

/** The messages of a case of `transit-cases`, in their order. */
export function transitCase(name: string): CaseMessage[] {
  let clockMs = Number.NaN;
  let topic: string | undefined;
  const messages: CaseMessage[] = [];
  for (const line of readFileSync(realData('transit-cases', name, 'messages.txt'), 'utf8').split('\n')) {
    const clock = /^# county clock (\S+)/.exec(line)?.[1];
    if (clock !== undefined) {
      clockMs = Date.parse(clock);
      messages.push({ clockMs });
    } else if (line.startsWith('{') && topic !== undefined) {
      const payload = topic.startsWith('gtfs-rt/') ? encode(line) : Buffer.from(line);
      messages.push({ clockMs, topic, payload });
    } else if (line.trim() !== '') topic = line.split(/\s/)[0] ?? '';
  }
  return messages;
}
