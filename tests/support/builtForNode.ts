import { rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const isPackage = (id: string): boolean =>
  isBuiltin(id) || (!id.startsWith('.') && !id.startsWith('/') && !id.includes('\0'));

/**
 * Bundles entries (by name, paths from the root) for plain Node before the tests of a file, as the product's build
 * does, into a folder of their own, and removes it afterwards. Returns the path that `<name>.js` will have. Packages
 * are not bundled: the folder is placed where Node finds them.
 */
export function builtForNode<N extends string>(label: string, entries: Record<N, string>): Record<N, string> {
  const outDir = join(ROOT, 'node_modules/.cache/beacon-tests', `${label}-${process.pid}`);
  const names = Object.keys(entries) as N[];
  const input = Object.fromEntries(names.map((name) => [name, join(ROOT, entries[name])]));
  beforeAll(async () => {
    const output = { format: 'es', entryFileNames: '[name].js' } as const;
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
        rolldownOptions: { input, external: isPackage, output },
      },
    });
  }, 240_000);
  afterAll(() => rmSync(outDir, { recursive: true, force: true }));
  return Object.fromEntries(names.map((name) => [name, join(outDir, `${name}.js`)])) as Record<N, string>;
}
