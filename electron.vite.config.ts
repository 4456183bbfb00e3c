import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

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
          storeWorker: at('main/engine/store/threads/storeWorker.ts'),
          reportWorker: at('main/engine/reports/reportWorker.ts'),
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
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
