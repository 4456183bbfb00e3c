import { fieldRows } from '../base/fieldTable.ts';
import { BEACON_PREFIX, topics } from './topics.ts';

/** Beacon's own topics as the table of docs/topics.md. */
export function topicTable(): string {
  const rows = Object.values(topics).map(
    ({ path, qos, example, meaning }) =>
      `| \`${BEACON_PREFIX}/${path}\` | ${qos} | \`${JSON.stringify(example)}\` | ${meaning} |`,
  );
  return ['| topic | QoS | example | what it says |', '|---|---|---|---|', ...rows].join('\n');
}

/** The fields of the messages on Beacon's own topics as the tables of docs/topics.md. */
export function topicFieldTables(): string {
  return Object.values(topics)
    .map(({ path, schema }) =>
      [
        `\`${BEACON_PREFIX}/${path}\``,
        '',
        '| field | type | needed | meaning |',
        '|---|---|---|---|',
        ...fieldRows(schema),
      ].join('\n'),
    )
    .join('\n\n');
}
