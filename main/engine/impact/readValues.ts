import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valuesSchema } from '../../../shared/impact/values.ts';
import type { ValuesRead } from '../../../shared/impact/values.ts';

/** The county's values.json, or why it cannot be used; null where the county has none. */
export function readValues(countyDir: string): ValuesRead {
  const file = join(countyDir, 'values.json');
  if (!existsSync(file)) return null;
  try {
    const read = valuesSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    return { fault: `values.json: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
  } catch (error) {
    return { fault: `values.json: ${error instanceof Error ? error.message : String(error)}` };
  }
}
