import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

const COMPRESSIBLE = /\.(?:html|js|css|svg|json)$/;
/** A smaller file fits one packet either way. */
const LEAST_COMPRESSED_BYTES = 1000;

/**
 * The files that several pages share. Libraries change seldom and stay in the browser's cache over many versions of
 * Beacon. `line` is what opens the line to the engine, and needs nothing of the others.
 */
const scriptGroups = [
  {
    name: 'line',
    test: /renderer\/live\/(?!hooks)|\/shared\/|node_modules\/zod\/|mapTypeface\.ts|vite\/preload-helper/,
    priority: 5,
  },
  { name: 'charts', test: /node_modules\/(?:echarts|zrender)\/|renderer\/ui\/ChartCanvas/, priority: 3 },
  {
    name: 'drawing',
    test: /node_modules\/(?:@(?:deck|luma|math|loaders|probe)\.gl|mjolnir\.js|earcut)\//,
    priority: 3,
  },
  { name: 'react', test: /node_modules\/(?:react|react-dom|scheduler)\//, priority: 4 },
  {
    name: 'controls',
    test: /node_modules\/(?:react-aria|react-aria-components|react-stately|lucide-react)\//,
    priority: 3,
  },
  { name: 'frame', test: /renderer\/(?:ui\/|live\/hooks)/, priority: 2 },
  { name: 'map', test: /renderer\/features\/map\//, priority: 1 },
  { name: 'parts', test: /renderer\/features\//, minShareCount: 2, priority: 0 },
];

/**
 * Writes `.br` and `.gz` files beside what the page loads, so that the web server has nothing to compress. Their names
 * follow from those of the originals, as main/web expects them.
 */
const precompress: Plugin = {
  name: 'beacon:precompress',
  async writeBundle({ dir = '' }, bundle) {
    const compress = async (name: string): Promise<void> => {
      const path = join(dir, name);
      const bytes = await readFile(path);
      if (bytes.length < LEAST_COMPRESSED_BYTES) return;
      await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
      await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    };
    await Promise.all(
      Object.keys(bundle)
        .filter((name) => COMPRESSIBLE.test(name))
        .map(compress),
    );
  },
};

/** The screen speaks English, so what react-aria says in 33 other languages is left out; its fallback is English. */
const englishOnly: Plugin = {
  name: 'beacon:english-only',
  enforce: 'pre',
  load: {
    filter: { id: /\/react-aria[\w-]*\/dist\/private\/intl\/[\w-]+\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/ },
    handler: () => 'export default undefined;',
  },
};

/** One build for the application, the plain Node host, the broker and the simulated county. */
export default defineConfig({
  main: {
    build: {
      target: 'node24.18',
      outDir: at('out/main'),
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          engine: at('main/engine/entry.ts'),
          host: at('main/host.ts'),
          broker: at('main/broker/entry.ts'),
          portal: at('main/portal/entry.ts'),
          storeWorker: at('main/engine/store/threads/storeWorker.ts'),
          backupWorker: at('main/engine/maintenance/backupWorker.ts'),
          billsWorker: at('main/engine/billing/billsWorker.ts'),
          reportWorker: at('main/engine/reports/reportWorker.ts'),
          timetableWorker: at('main/engine/registry/gtfs/timetableWorker.ts'),
          simulator: at('simulators/entry.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node24.18',
      outDir: at('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), englishOnly, precompress],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      minify: true,
      // The licences of all that is bundled; the application shows them.
      license: { fileName: 'third-party-notices.txt' },
      // One file: a part whose script comes late must not be drawn without its styles.
      cssCodeSplit: false,
      rolldownOptions: {
        input: { index: at('renderer/index.html') },
        output: { codeSplitting: { groups: scriptGroups } },
      },
    },
  },
});
