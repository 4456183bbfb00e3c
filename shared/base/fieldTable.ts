import { z } from 'zod';

/** The part of a JSON schema that says what a field may hold. */
type FieldSchema = {
  type?: string | readonly string[];
  description?: string;
  enum?: readonly string[];
  items?: FieldSchema | boolean;
  prefixItems?: readonly FieldSchema[];
  anyOf?: readonly FieldSchema[];
  properties?: Readonly<Record<string, FieldSchema>>;
  required?: readonly string[];
  maxLength?: number;
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
  if (known.anyOf?.some(({ type }) => type === 'null') === true)
    return known.anyOf.map((each) => (each.type === 'null' ? '`null`' : typeText(each, undefined))).join(' or ');
  return typeof known.type === 'object' ? alternatives(known, known.type) : wordsOf(known);
}

/** What a field of several types may hold, such as a number or `null`. */
function alternatives(field: FieldSchema, types: readonly string[]): string {
  const named = types.filter((type) => type !== 'null').map((type) => wordsOf({ ...field, type }));
  return [...named, ...(types.includes('null') ? ['`null`'] : [])].join(' or ');
}

function wordsOf(known: FieldSchema): string {
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
  return known.maxLength === undefined ? 'text' : `text, at most ${known.maxLength} characters`;
}

function rangeText({ minimum, maximum, exclusiveMinimum }: FieldSchema): string {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  const isBounded = (limit: number | undefined): limit is number =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  if (isBounded(minimum) && isBounded(maximum)) return `, ${minimum} to ${maximum}`;
  return isBounded(minimum) ? `, ${minimum} or more` : '';
}

/** The rows of a table in Markdown that says of each field: name, what it may hold, whether it is needed, meaning. */
export function fieldRows(schema: z.ZodType): string[] {
  const { properties = {} } = schemaOf(schema, 'input');
  const made = schemaOf(schema, 'output').properties ?? {};
  const required = new Set(requiredNames(schema));
  return Object.entries(properties).map(
    ([name, field]) =>
      `| \`${name}\` | ${typeText(field, made[name])} | ${required.has(name) ? 'yes' : ''} | ${field.description ?? made[name]?.description ?? ''} |`,
  );
}
