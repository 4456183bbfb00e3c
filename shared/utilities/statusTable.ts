import { statusCounters } from './statusCounters.ts';
import { statusMeaningIds, statusMeanings } from './statusWords.ts';

const shownAs = { alarm: 'alarm', list: 'work list', meter: 'the meter’s page' } as const;

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** The table of all status words and their meanings, as docs/status-words.md has it. */
export function statusTable(): string {
  const rows = statusMeaningIds.map((id) => {
    const { says, shown, task, words } = statusMeanings[id];
    return `| \`${id}\` | ${code(words)} | ${says} | ${shownAs[shown]} | ${task} |`;
  });
  return [
    '| meaning | words, among others | what it says | shown in | what to do |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The table of the counters and memories of which only a change says something, as docs/status-words.md has it. */
export function counterTable(): string {
  const rows = Object.entries(statusCounters).map(
    ([name, { rises, about }]) =>
      `| \`${name}\` | ${about} | ${rises === undefined ? 'nothing by itself' : `\`${rises}\``} |`,
  );
  return ['| counter or memory | what it is | what a rise means |', '|---|---|---|', ...rows].join('\n');
}
