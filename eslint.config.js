import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { plainComments } from './tests/lint/plainComments.mjs';

/** The packages that a folder may import, and nothing else from outside. A name covers what lies below it. */
const packages = (allowed, message) => {
  const names = allowed.map((name) => (name.endsWith(':') ? `${name}.+` : `${name}(?:/.+)?(?:\\?.*)?`)).join('|');
  return { 'no-restricted-imports': ['error', { patterns: [{ regex: `^(?!\\.{1,2}/|(?:${names})$)`, message }] }] };
};

/** Packages that have their one place, and are refused everywhere else in `main`. */
const placed = {
  electron: 'main/index.ts and main/shell',
  'better-sqlite3': 'main/engine/store',
  mqtt: 'main/engine/ingest',
  aedes: 'main/broker',
  fastify: 'main/web and main/portal',
};
const unplaced = (...here) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: Object.entries(placed)
        .filter(([name]) => !here.includes(name))
        .map(([name, place]) => ({
          regex: `^(?:@${name}/.+|${name}(?:[-/].+)?)$`,
          message: `Only ${place} imports ${name}.`,
        })),
    },
  ],
});

const foldersIn = (path) =>
  readdirSync(join(import.meta.dirname, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/**
 * The folders of a tree, floor by floor: a folder imports only from floors below its own, types included, so that the
 * folders have no cycles. A folder that is on no floor is an error, so a new one has to be given its place.
 */
const floors = {
  'main/engine': [
    ['base', 'store', 'registry', 'routing'],
    ['domains/kit', 'ingest', 'people', 'ledger'],
    ['domains/citizens', 'domains/traffic', 'domains/transit', 'domains/units', 'domains/utilities', 'log'],
    ['domains', 'alarms', 'dispatch', 'sync', 'shifts', 'maintenance'],
    ['incidents', 'proposals', 'health', 'portal', 'billing'],
    ['replay', 'reports', 'search', 'impact'],
    ['live'],
    ['requests'],
  ],
  shared: [
    ['base'],
    ['wire', 'live', 'traffic', 'transit'],
    ['people', 'desk'],
    // How commands are declared. Each subject declares its own above it, and the log and the contract gather them.
    ['commands'],
    ['people/commands', 'alarms'],
    ['county'],
    ['incidents', 'utilities', 'citizens', 'impact'],
    ['proposals', 'dispatch', 'shifts'],
    ['record'],
    ['folds'],
    ['contract'],
    ['public'],
  ],
  renderer: [['live', 'ui'], ['client'], foldersIn('renderer/features').map((name) => `features/${name}`), ['pages']],
  simulators: [['random', 'roads'], ['geometry'], ['world', 'county'], ['scenarios'], ['devices'], ['run']],
};

/** The zones of one tree. Files that lie directly in it stand above all of its folders. */
function zonesOf(tree, levels) {
  const inside = (folder) => levels.flat().filter((other) => other.startsWith(`${folder}/`));
  const known = new Set(levels.flat().map((folder) => folder.split('/')[0]));
  const strangers = foldersIn(tree).filter((name) => !known.has(name));
  if (strangers.length > 0) throw new Error(`${tree}/${strangers.join(', ')} has no floor in eslint.config.js.`);
  return levels.flatMap((level, at) =>
    level.map((folder) => ({
      // Folders with a floor of their own are no part of the folder around them.
      target: inside(folder).length === 0 ? `./${tree}/${folder}` : `./${tree}/${folder}/*.ts`,
      from: `./${tree}`,
      except: [folder, ...levels.slice(0, at).flat()].map((name) => `./${name}`),
      message: `${tree}/${folder} may import only from the floors below it (see eslint.config.js).`,
    })),
  );
}

/** Who may import whom: the table of the architecture, folder by folder. */
const zones = [
  ...Object.entries(floors).flatMap(([tree, levels]) => zonesOf(tree, levels)),
  {
    target: './shared',
    from: ['./main', './preload', './renderer', './simulators', './tests'],
    message: 'shared imports only itself.',
  },
  { target: './main', from: ['./preload', './renderer', './simulators', './tests'] },
  {
    target: './main/engine',
    from: ['./main/shell', './main/web', './main/broker', './main/portal', './main/index.ts', './main/host.ts'],
    message: 'The engine knows neither shell nor carriers.',
  },
  {
    target: './main/shell',
    from: './main/engine',
    except: ['./base/engine.ts'],
    message: 'The shell knows the engine only by its options and its port.',
  },
  {
    target: './main/web',
    from: './main/engine',
    except: ['./base/engine.ts'],
    message: 'The carrier knows the engine only by its port.',
  },
  {
    target: './main/broker',
    from: ['./main/engine', './main/web', './main/shell'],
    message: 'The broker is a process of its own.',
  },
  {
    target: './main/portal',
    from: ['./main/engine', './main/web', './main/shell', './main/broker'],
    message: 'The portal is a process of its own.',
  },
  {
    target: './main/portal',
    from: './shared',
    except: ['./public', './citizens', './base'],
    message: 'The portal knows the public contract and nothing else of the engine.',
  },
  { target: './preload', from: ['./main', './renderer', './simulators', './tests'] },
  {
    target: './renderer',
    from: ['./main', './preload', './simulators', './tests'],
    message: 'The screen knows the engine only by the contract.',
  },
  {
    target: './renderer/ui',
    from: './shared',
    except: ['./base'],
    message: 'renderer/ui knows no subject of the county; what does belongs to renderer/client or a feature.',
  },
  // A password, a token or a code for joining must not be kept, and is typed into the plain field; the help sets keys.
  ...foldersIn('renderer/features')
    .filter((name) => !['people', 'desk', 'help'].includes(name))
    .map((name) => ({
      target: `./renderer/features/${name}`,
      from: './renderer/ui/TextInput.tsx',
      message: 'What people type is kept until it is sent: use renderer/client/DraftInput.tsx.',
    })),
  {
    target: './renderer/live',
    from: './shared',
    except: ['./base', './live'],
    message: 'renderer/live knows frames and their columns; what knows the contract belongs to renderer/client.',
  },
  {
    target: './simulators',
    from: ['./main', './preload', './renderer', './tests'],
    message: 'Simulators are as blind as field devices.',
  },
  {
    target: './simulators',
    from: './shared',
    except: ['./wire', './county', './base/geometry'],
    message: 'Simulators speak the wire formats and share plain geometry, and nothing else of the product.',
  },
];

const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  '__dirname',
  '__filename',
  'require',
  'module',
  'setImmediate',
  'clearImmediate',
];
const withoutNode = {
  'no-restricted-globals': ['error', ...nodeGlobals.map((name) => ({ name, message: 'Node is not here.' }))],
};

/** Limits on what one reader has to hold in mind. */
const limits = {
  complexity: ['error', 20],
  'max-depth': ['error', 4],
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
};

const typescript = {
  '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/explicit-module-boundary-types': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true },
  ],
  // A number in a sentence says what it means.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // `() => call()` where nothing is returned reads better than a block.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
  ],
  // Index signatures are asked for by name in brackets, so that a reader sees that the name may be absent.
  '@typescript-eslint/dot-notation': 'off',
  eqeqeq: 'error',
  'no-console': 'error',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportAllDeclaration', message: 'No barrels: import from where it is.' },
  ],
};

export default defineConfig(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', '**/*.d.ts'] },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs'] })] },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...typescript,
      ...limits,
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
    },
  },
  // The comments of tests are read beside the product's; those of the product are read alone.
  {
    files: ['main/**', 'shared/**', 'renderer/**', 'simulators/**', 'preload/**'],
    plugins: { comments: plainComments },
    rules: { 'comments/plain': 'error' },
  },
  { files: ['shared/**'], rules: { ...packages(['zod'], 'shared imports only itself and zod.'), ...withoutNode } },
  { files: ['preload/**'], rules: { ...packages(['electron'], 'The preload imports only electron.'), ...withoutNode } },
  {
    files: ['renderer/**'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      ...packages(
        [
          'react',
          'react-dom',
          'react-aria-components',
          'lucide-react',
          '@tanstack/react-virtual',
          '@deck.gl/.+',
          '@luma.gl/.+',
          'echarts',
          'flatbush',
          '@fontsource-variable/.+',
        ],
        'The screen imports only libraries of the screen.',
      ),
      ...withoutNode,
    },
  },
  {
    files: ['simulators/**'],
    rules: packages(['node:', 'mqtt', 'zod', 'csv-parse'], 'Simulators need MQTT, files and little else.'),
  },
  { files: ['main/**'], rules: unplaced() },
  { files: ['main/index.ts', 'main/shell/**'], rules: unplaced('electron') },
  { files: ['main/engine/store/**'], rules: unplaced('better-sqlite3') },
  { files: ['main/engine/ingest/**'], rules: unplaced('mqtt') },
  { files: ['main/broker/**'], rules: unplaced('aedes') },
  { files: ['main/web/**', 'main/portal/**'], rules: unplaced('fastify') },
  {
    files: ['tests/**', '*.config.ts'],
    rules: {
      // A suite is a long function of short ones, and a test may know the shape of what it made.
      'max-lines-per-function': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-console': 'off',
      // Matchers such as expect.any() are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['*.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  // What runs before anything is built says its types in comments, which these rules do not read.
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
