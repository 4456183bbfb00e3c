import { z } from 'zod';
import { countyFiles } from './countyFiles.ts';
import type { CountyFile } from './countyFiles.ts';

/** The part of a JSON schema that says what a field may hold. */
type FieldSchema = {
  type?: string;
  description?: string;
  enum?: readonly string[];
  items?: FieldSchema | boolean;
  prefixItems?: readonly FieldSchema[];
  anyOf?: readonly FieldSchema[];
  properties?: Readonly<Record<string, FieldSchema>>;
  required?: readonly string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): FieldSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as FieldSchema;

/** The names of the fields that a file may have, as it writes them. */
export const fieldNames = (schema: z.ZodType): string[] => Object.keys(schemaOf(schema, 'input').properties ?? {});

/** The names of the fields that a file must have. */
export const requiredNames = (schema: z.ZodType): string[] => {
  const { required = [], properties = {} } = schemaOf(schema, 'input');
  return required.filter((name) => !isEmptyAllowed(properties[name]));
};

/** A cell that may be empty may also be absent. */
const isEmptyAllowed = (field: FieldSchema | undefined): boolean =>
  field?.anyOf?.some((each) => (each as { const?: unknown }).const === '') === true;

/** What a field may hold, in words. `cell`: what a cell of a table is turned into. */
function typeText(field: FieldSchema, cell: FieldSchema | undefined): string {
  const words = cell?.anyOf?.find(({ type }) => type === 'array')?.items;
  if (typeof words === 'object') return `words of: ${typeText(words, undefined)}`;
  const known = cell?.type === 'number' || cell?.type === 'integer' ? cell : field;
  if (known.enum !== undefined) return known.enum.map((word) => `\`${word}\``).join(', ');
  if (known.prefixItems !== undefined) return `${known.prefixItems.length} numbers`;
  if (known.type === 'array' && typeof known.items === 'object') return `list of ${typeText(known.items, undefined)}`;
  if (known.type === 'object') {
    return `\`{${Object.entries(known.properties ?? {})
      .map(([name, each]) => `${name}: ${typeText(each, undefined).replaceAll('`', '')}`)
      .join('; ')}}\``;
  }
  if (known.type === 'boolean') return '`true` or `false`';
  if (known.type === 'integer') return `whole number${rangeText(known)}`;
  if (known.type === 'number') return `number${rangeText(known)}`;
  return 'text';
}

function rangeText({ minimum, maximum, exclusiveMinimum }: FieldSchema): string {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  const isBounded = (limit: number | undefined): limit is number =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  if (isBounded(minimum) && isBounded(maximum)) return `, ${minimum} to ${maximum}`;
  return isBounded(minimum) ? `, ${minimum} or more` : '';
}

/** The rows of one table of fields. */
function rowsOf(schema: z.ZodType): string[] {
  const { properties = {} } = schemaOf(schema, 'input');
  const made = schemaOf(schema, 'output').properties ?? {};
  const required = new Set(requiredNames(schema));
  return Object.entries(properties).map(
    ([name, field]) =>
      `| \`${name}\` | ${typeText(field, made[name])} | ${required.has(name) ? 'yes' : ''} | ${field.description ?? made[name]?.description ?? ''} |`,
  );
}

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
    lines.push('| field | type | needed | meaning |', '|---|---|---|---|', ...rowsOf(schema), '');
  }
  return lines.join('\n');
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The tables of all files of a county, as docs/county.md has them. */
export const countyTables = (): string => countyFiles.map(sectionOf).join('\n').trimEnd();
