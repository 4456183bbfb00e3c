import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Bench } from './bench.ts';

const measuredSchema = z.object({ seconds: z.number(), peakMb: z.number() });
/** Where the data lies beside the project. */
export const ANDORRA = join(import.meta.dirname, '../../../shared/data/osm/andorra.osm.pbf');
const PROCESS = join(import.meta.dirname, 'load/importProcess.ts');

export const importOsm: Bench = {
  what: 'a county made of an extract of OpenStreetMap: time, and peak of memory of the process',
  options: { osm: 'the extract (shared/data/osm/andorra.osm.pbf beside the project)' },
  run(options, say) {
    const osm = options.text('osm', ANDORRA);
    if (!existsSync(osm)) throw new Error(`There is no file ${osm}.`);
    const folder = mkdtempSync(join(tmpdir(), 'beacon-import-'));
    try {
      const dir = join(folder, 'county');
      const run = spawnSync(process.execPath, [PROCESS, osm, dir], { encoding: 'utf8', maxBuffer: 1e8 });
      if (run.status !== 0) throw new Error(`The import failed: ${run.stderr}`);
      const measured = measuredSchema.parse(JSON.parse(run.stdout));
      const links = readFileSync(join(dir, 'network.geojson'), 'utf8').split('"LineString"').length - 1;
      const fileMb = statSync(osm).size / 1e6;
      say(
        `${fileMb.toFixed(1)} MB became ${links} links in ${measured.seconds.toFixed(2)} s, with a peak of ${measured.peakMb.toFixed(0)} MB.`,
      );
      return Promise.resolve({ ...measured, links, fileMb });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
