import { rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Bundles entries (by name, paths from the root) for plain Node, as the product's build does, into a folder of this test's own. Returns the folder,
 * which holds `<name>.js`. Packages stay outside: the folder lies where they are found.
 */
export async function buildForNode(name: string, entries: Record<string, string>): Promise<string> {
  const outDir = join(ROOT, 'node_modules/.cache/beacon-tests', `${name}-${process.pid}`);
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: false,
      ssr: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([key, path]) => [key, join(ROOT, path)])),
        external: (id) => isBuiltin(id) || (!id.startsWith('.') && !id.startsWith('/') && !id.includes('\0')),
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  return outDir;
}
