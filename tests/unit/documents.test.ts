import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { settingsSchema } from '../../main/engine/incidents/notify/settings.ts';
import { positionsSchema } from '../../shared/alarms/positions.ts';
import { tariffsSchema } from '../../shared/county/accounts.ts';
import { feedsRegistrySchema } from '../../shared/county/county.ts';
import { commandsIn, examplesIn, pages, readPage, scriptOf } from '../support/documents.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const helpOf = (name: string): string => readFileSync(join(ROOT, `main/help/${name}.txt`), 'utf8');

/** What accepts each example of JSON, by its page. */
const jsonSchemas: Readonly<Record<string, z.ZodType>> = {
  'docs/topics.md': feedsRegistrySchema,
  'docs/running.md': settingsSchema,
  'docs/county.md': positionsSchema,
  'docs/billing.md': tariffsSchema,
};

describe.each(pages)('%s', (page) => {
  it('has examples of JSON that Beacon takes', () => {
    for (const { language, text } of examplesIn(page).filter((each) => each.language === 'json')) {
      const schema = jsonSchemas[page];
      expect(schema, `No schema is named for the ${language} of ${page}.`).toBeDefined();
      expect(schema?.safeParse(JSON.parse(text)).error?.issues).toBeUndefined();
    }
  });

  it('links to pages and headings that are there', () => {
    const slug = (heading: string): string =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
    for (const [, target = ''] of readPage(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(ROOT, page) : resolve(ROOT, page, '..', path);
      const text = anchor === undefined ? '' : readFileSync(file, 'utf8');
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
      if (anchor !== undefined) expect(headings, `${page}: ${target}`).toContain(anchor);
    }
  });

  it('names scripts of the package and options that the program has', () => {
    for (const command of commandsIn(page)) {
      if (command.program !== 'npm') continue;
      const { script, args } = scriptOf(command);
      if (!['ci', 'install'].includes(script)) expect(Object.keys(scripts), command.line).toContain(script);
      const help = { start: 'start', engine: 'engine', county: 'county' }[script];
      if (help === undefined) continue;
      // Brackets stand around what may be left out.
      const options = args.map((arg) => arg.replaceAll(/[[\]]/g, '')).filter((arg) => arg.startsWith('--'));
      for (const option of options) {
        expect(`${helpOf(help)} --help`, `${page}: ${command.line}`).toMatch(new RegExp(`${option}\\b`));
      }
    }
  });
});

it('docs/running.md has every option of npm start, and no other', () => {
  const section = readPage('docs/running.md').split('\n## ')[1] ?? '';
  const documented = new Set(section.match(/--[a-z][a-z-]+/g));
  const known = new Set(helpOf('start').match(/--[a-z][a-z-]+/g));
  // The note on defaults below the table repeats some.
  expect([...documented].sort()).toEqual([...known].sort());
});

it('the pages give commands', () => {
  const lines = pages.flatMap(commandsIn).map(({ line }) => line);
  expect(lines.length).toBeGreaterThan(40);
  expect(lines).toContain('npm run engine -- --check --data DIR');
});
