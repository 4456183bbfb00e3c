import { fieldRows } from '../base/fieldTable.ts';
import { countyFiles } from './countyFiles.ts';
import type { CountyFile } from './countyFiles.ts';

const formText: Record<CountyFile['form'], string> = {
  json: 'JSON',
  geojson: 'GeoJSON; the fields are the `properties` of each feature',
  csv: 'CSV with a header row; a column that need not be there may also be empty',
};

function sectionOf({ name, what, isRequired, form, tables }: CountyFile): string {
  const lines = [
    `### ${name}`,
    '',
    `${capital(what)}. ${formText[form]}.${isRequired ? '' : ' It need not be there.'}`,
    '',
  ];
  for (const { part, schema } of tables) {
    if (part !== undefined) lines.push(`Each of \`${part}\`:`, '');
    lines.push('| field | type | needed | meaning |', '|---|---|---|---|', ...fieldRows(schema), '');
  }
  return lines.join('\n');
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The tables of all files of a county, as docs/county.md has them. */
export const countyTables = (): string => countyFiles.map(sectionOf).join('\n').trimEnd();
