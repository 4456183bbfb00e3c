import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Who may import whom: a folder, and what is forbidden in it. `from` are folders, `packages` are names. */
const zones = [
  { folder: 'shared', from: ['main', 'renderer', 'preload', 'simulators', 'tests'], packages: ['electron', 'react', 'react-dom', 'mqtt', 'better-sqlite3', 'node:*'] },
  { folder: 'main/engine', from: ['main/shell', 'main/web', 'renderer', 'preload', 'simulators', 'tests'], packages: ['electron', 'fastify', '@fastify/*', 'react', 'react-dom'] },
  { folder: 'main/web', from: ['main/shell', 'renderer', 'preload', 'simulators', 'tests'], packages: ['electron', 'better-sqlite3', 'mqtt'] },
  { folder: 'main/shell', from: ['main/web', 'renderer', 'preload', 'simulators', 'tests'], packages: ['better-sqlite3', 'mqtt', 'fastify', '@fastify/*'] },
  { folder: 'main/broker', from: ['main/engine', 'main/shell', 'main/web', 'renderer', 'preload', 'simulators', 'tests'], packages: ['electron', 'better-sqlite3'] },
  { folder: 'preload', from: ['main', 'renderer', 'simulators', 'tests'], packages: ['react', 'mqtt', 'better-sqlite3', 'node:*'] },
  { folder: 'renderer', from: ['main', 'preload', 'simulators', 'tests'], packages: ['electron', 'mqtt', 'better-sqlite3', 'fastify', '@fastify/*', 'node:*'] },
  { folder: 'simulators', from: ['main', 'renderer', 'preload', 'tests'], packages: ['electron', 'better-sqlite3', 'fastify', '@fastify/*'] },
];
/** Drivers with one home each. */
const homes = [
  { files: 'main/engine/**/*.ts', home: 'main/engine/store/**', name: 'better-sqlite3' },
  { files: 'main/engine/**/*.ts', home: 'main/engine/ingest/**', name: 'mqtt' },
];
const nodeGlobals = ['process', 'Buffer', 'global', '__dirname', '__filename', 'require', 'module', 'setImmediate'].map((name) => ({ name, message: 'Node is not here.' }));

const features = ['alarms', 'detail', 'figures', 'incidents', 'map', 'search', 'status'];
const restricted = (packages) => packages.map((name) => ({ group: [name, `${name}/*`], message: 'See the import zones in ARCHITECTURE.md.' }));

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'coverage/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [] },
    rules: {
      'import-x/no-default-export': 'error',
      'import-x/no-relative-packages': 'off',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      // `() => call()` where nothing is returned reads better than a block.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  ...zones.map(({ folder, from, packages }) => ({
    files: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...restricted(packages), { regex: `^(\\.\\./)+(${from.join('|')})/`, message: 'See the import zones in ARCHITECTURE.md.' }] }],
    },
  })),
  ...homes.map(({ files, home, name }) => ({ files: [files], ignores: [home], rules: { 'no-restricted-imports': ['error', { paths: [{ name, message: `Only ${home} may import it.` }] }] } })),
  ...features.map((feature) => ({
    files: [`renderer/features/${feature}/**/*.ts`, `renderer/features/${feature}/**/*.tsx`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: `^(\\.\\./)+(${features.filter((other) => other !== feature).join('|')})/`, message: 'Features meet in App.tsx and the views.' }] }] },
  })),
  { files: ['shared/**/*.ts', 'renderer/**/*.{ts,tsx}', 'preload/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...nodeGlobals] } },
  { files: ['renderer/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: { ...reactHooks.configs.recommended.rules } },
  { files: ['*.config.ts', '**/*.d.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['tests/**/*.ts', 'tests/**/*.tsx'],
    rules: {
      // A suite is one long function, and a test says what it expects where a type cannot.
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
);
