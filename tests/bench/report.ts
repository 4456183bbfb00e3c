import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCountyMap } from '../../main/engine/registry/loadCounty.ts';
import { ReportThreads } from '../../main/engine/reports/ReportThreads.ts';
import { generateCounty } from '../support/generateCounty.ts';
import type { Bench } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { fillMonth } from './monthOfCounty.ts';
import { openStore } from './monthOfSamples.ts';
import { writeShift } from './shiftOfWork.ts';

const HOUR_MS = 3_600_000;
const END_MS = Date.UTC(2026, 5, 30);
const ROUNDS = 5;
const workerPath = join(import.meta.dirname, '../../out/main/reportWorker.js');

export const report: Bench = {
  what: "time to make a shift's report as a document to print, from the files of a whole county's day, in a thread of its own as the engine does it",
  options: {
    hours: 'length of the shift (12)',
    incidents: 'incidents in it (40)',
    scale: 'share of the county (1)',
    out: 'where to leave the document (nowhere)',
  },
  async run(options, say) {
    const [hours, incidents, scale, out] = [
      options.number('hours', 12),
      options.number('incidents', 40),
      options.number('scale', 1),
      options.text('out', ''),
    ];
    const dataDir = mkdtempSync(join(tmpdir(), 'beacon-report-'));
    const countyDir = join(dataDir, 'county');
    try {
      await generateCounty(countyDir, scale);
      const store = await openStore(dataDir, END_MS);
      const { samples } = await fillMonth(store, { scale, days: 1, endMs: END_MS }, say);
      await store.close();
      const { profile } = await loadCountyMap(countyDir);
      const entries = await writeShift(dataDir, {
        fromMs: END_MS - hours * HOUR_MS,
        hours,
        incidents,
        bounds: profile.bounds,
      });
      const threads = new ReportThreads(workerPath);
      const times: number[] = [];
      const cpu: number[] = [];
      let bytes = new Uint8Array();
      for (let round = 0; round < ROUNDS; round++) {
        const [startedMs, before] = [performance.now(), process.cpuUsage()];
        const written = await threads.run('write', {
          kind: 'shift',
          id: 'latest',
          format: 'pdf',
          dataDir,
          countyDir,
          madeAtMs: END_MS,
        });
        times.push(performance.now() - startedMs);
        const { user, system } = process.cpuUsage(before);
        cpu.push((user + system) / 1000);
        bytes = new Uint8Array(written?.bytes ?? []);
      }
      if (out !== '') writeFileSync(out, bytes);
      const pages =
        Buffer.from(bytes)
          .toString('latin1')
          .match(/\/Type \/Page\b/g)?.length ?? 0;
      const [reportMs, worstMs, cpuMs] = [percentile(times, 0.5), Math.max(...times), percentile(cpu, 0.5)];
      say(
        `a shift of ${hours} h with ${incidents} incidents (${entries} entries of the log, ${samples.toLocaleString('en')} samples of its day): ${pages} pages, ${(bytes.length / 1e3).toFixed(0)} kB in ${reportMs.toFixed(0)} ms (median of ${ROUNDS}, the slowest ${worstMs.toFixed(0)} ms), ${cpuMs.toFixed(0)} ms of the processor`,
      );
      return { reportMs, worstMs, cpuMs, pages, bytes: bytes.length, entries, samples };
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
