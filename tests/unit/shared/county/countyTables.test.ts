import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countyTables } from '../../../../shared/county/countyTables.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/county.md'), 'utf8');

it('the page docs/county.md has the tables of all files as their schemas are', () => {
  const start = page.indexOf('### county.json');
  expect(page.slice(start, page.indexOf('\n## ', start)).trimEnd()).toBe(countyTables());
});
