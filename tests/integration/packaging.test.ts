import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** How the packager finds the fuses in a runtime: this mark, a version, their number, then one character each. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101011011'),
]);

const folder = mkdtempSync(join(tmpdir(), 'beacon-package-'));
const resources = join(folder, 'dist/linux-unpacked/resources');
let packed: string[] = [];

/**
 * As much of a runtime as the packager looks at; it runs nothing, so what fuses and archive do at run time is not
 * tested here.
 */
function createStubRuntime(): string {
  const runtime = join(folder, 'runtime');
  mkdirSync(join(runtime, 'resources'), { recursive: true });
  writeFileSync(join(runtime, 'electron'), FUSE_WIRE);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  writeFileSync(join(runtime, 'version'), version);
  for (const file of ['chrome-sandbox', 'chrome_crashpad_handler', 'LICENSE']) writeFileSync(join(runtime, file), '');
  return runtime;
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length));
}

beforeAll(async () => {
  if (!existsSync(join(ROOT, 'out/main/index.js'))) throw new Error('Nothing is built: run `npm run build` first.');
  await build({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: {
      extends: 'electron-builder.yml',
      electronDist: createStubRuntime(),
      directories: { output: join(folder, 'dist') },
    },
    publish: 'never',
  });
  packed = listPackage(join(resources, 'app.asar'), { isPack: false });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the archive holds what is built, and the manifest that names its entry', () => {
  const built = filesBelow(join(ROOT, 'out')).filter((file) => !/\.(?:map|br|gz)$/.test(file));
  expect(built.filter((file) => !packed.includes(`/out${file}`))).toEqual([]);
  expect(packed).toContain('/package.json');
});

test('it holds no sources, maps, tests, second Node or what is packed for the web server', () => {
  expect(filesBelow(join(ROOT, 'out/renderer')).filter((file) => file.endsWith('.js.br'))).not.toEqual([]);
  const foreign =
    /^\/out\/.*\.(?:br|gz)$|^\/(main|preload|renderer|shared|simulators|tests)\/|\.map$|\/node_modules\/node-(linux|win)-/;
  expect(packed.filter((file) => foreign.test(file))).toEqual([]);
});

/** The packages that some files import; what bundled libraries say in their comments is none. */
function importsOf(dir: string, isSource: RegExp): string[] {
  const statement = /^(?:(?:import|export|\})[^'"\n]*\bfrom|import) ?['"]((?:@[\w.-]+\/)?\w[\w.-]*)(?:\/[^'"]*)?['"]/gm;
  const names = filesBelow(dir)
    .filter((file) => isSource.test(file))
    .flatMap((file) => [...readFileSync(join(dir, file), 'utf8').matchAll(statement)].map(([, name]) => name ?? ''));
  return [...new Set(names)].filter((name) => name !== 'electron');
}

const isPacked = (name: string): boolean => packed.includes(`/node_modules/${name}/package.json`);

test("the page's libraries are in its bundle and not shipped a second time", () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const ofThePage = importsOf(join(ROOT, 'renderer'), /\.tsx?$/).filter((name) => dependencies[name] === undefined);
  expect(ofThePage).toContain('react');
  expect(ofThePage.filter(isPacked)).toEqual([]);
});

test('every library that main loads at run time is there, with those that it needs itself', () => {
  const imported = importsOf(join(ROOT, 'out/main'), /\.js$/);
  expect(imported).toContain('better-sqlite3');
  expect(imported.filter((name) => !isPacked(name))).toEqual([]);
  const archive = join(resources, 'app.asar');
  const missing = packed
    .filter((file) => /\/node_modules\/(@[\w.-]+\/)?[\w.-]+\/package\.json$/.test(file))
    .flatMap((file) => {
      const { dependencies = {} } = JSON.parse(extractFile(archive, file.slice(1)).toString()) as {
        dependencies?: Record<string, string>;
      };
      return Object.keys(dependencies).filter((name) => !name.startsWith('@types/') && !isReachable(file, name));
    });
  expect([...new Set(missing)]).toEqual([]);
});

/** As Node looks for packages: in the node_modules of the package itself and of every folder above. */
function isReachable(manifest: string, name: string): boolean {
  const folders = manifest.split('/').slice(0, -1);
  return folders.some((_folder, depth) =>
    packed.includes(`${folders.slice(0, folders.length - depth).join('/')}/node_modules/${name}/package.json`),
  );
}

test('native modules lie outside the archive, for the packed platform alone', () => {
  const unpacked = filesBelow(join(resources, 'app.asar.unpacked'));
  expect(unpacked).toContain('/node_modules/better-sqlite3/prebuilds/linux-x64.node');
  expect(unpacked).toContain('/node_modules/classic-level/prebuilds/linux-x64/classic-level.node');
  expect(unpacked.filter((file) => !file.includes('linux-x64'))).toEqual([]);
  expect(packed.filter((file) => file.endsWith('.node')).sort()).toEqual(unpacked.sort());
});

test('the fuses are set', async () => {
  const wire = await getCurrentFuseWire(join(folder, 'dist/linux-unpacked/beacon'));
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    fileProtocol: false,
  });
});

test('the notices of what is bundled are made by the build and shipped', () => {
  const notices = extractFile(join(resources, 'app.asar'), 'out/renderer/third-party-notices.txt').toString('utf8');
  for (const name of [
    'react',
    'echarts',
    '@deck.gl/core',
    '@luma.gl/core',
    'react-aria-components',
    'lucide-react',
    'zod',
  ])
    expect(notices, name).toMatch(new RegExp(`^#+ .*${name.replaceAll(/[/.]/g, '.')}\\b`, 'm'));
  expect(notices).toMatch(/Apache License|Permission is hereby granted/);
  // What is loaded from node_modules at run time keeps its licences beside it.
  for (const name of ['better-sqlite3', 'mqtt', 'fastify'])
    expect(
      packed.some((file) => new RegExp(`^/node_modules/${name}/LICEN[CS]E`, 'i').test(file)),
      name,
    ).toBe(true);
});
