import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { languages } from '../../../shared/citizens/language.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';
import { parsePage } from './parsePage.ts';

/** A page that is left out, and why. */
export type PageFault = { file: string; reason: string };

const MOST_PAGES = 500;
const MOST_BYTES = 100_000;

/** Reads `en/*.md` and `es/*.md` of a folder. A page with a fault costs only itself. */
export async function readPages(folder: string): Promise<{ pages: CountyPage[]; faults: PageFault[] }> {
  const pages: CountyPage[] = [];
  const faults: PageFault[] = [];
  for (const language of languages) {
    const own = join(folder, language);
    const names = existsSync(own) ? (await readdir(own)).filter((name) => name.endsWith('.md')).sort() : [];
    for (const name of names.slice(0, MOST_PAGES)) {
      const file = `pages/${language}/${name}`;
      if ((await stat(join(own, name))).size > MOST_BYTES) {
        faults.push({ file, reason: `It has more than ${String(MOST_BYTES)} bytes.` });
        continue;
      }
      const page = parsePage(await readFile(join(own, name), 'utf8'), language, name.slice(0, -'.md'.length));
      if ('fault' in page) faults.push({ file, reason: page.fault });
      else pages.push(page);
    }
    for (const name of names.slice(MOST_PAGES))
      faults.push({ file: `pages/${language}/${name}`, reason: `A language has at most ${String(MOST_PAGES)} pages.` });
  }
  return { pages, faults };
}
