import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetPath, isAppUrl, pageUrl } from '../../../../main/shell/appUrl.ts';

test('the application is recognised by scheme and host', () => {
  expect(isAppUrl(pageUrl('#/wall'))).toBe(true);
  for (const url of [
    'https://beacon/',
    'app://beacon.example/',
    'app://beacon@example/',
    'app://example/beacon',
    'file:///index.html',
    'about:blank',
    '',
    'app:',
  ]) {
    expect(isAppUrl(url), url).toBe(false);
  }
});

test('a URL names a file below the folder', () => {
  expect(assetPath('/app/out', 'app://beacon/assets/index.js?v=1#x')).toBe('/app/out/assets/index.js');
  expect(assetPath('/app/out', 'app://beacon/a%20b.png')).toBe('/app/out/a b.png');
});

test.each([
  'app://beacon/',
  'app://beacon/..%2f..%2fpackage.json',
  'app://beacon/%2e%2e/secret',
  'app://beacon/..',
  'app://beacon/a%00b',
  'app://beacon/%',
  'app://other/index.html',
  'app://beacon/assets/index.js.br',
  'app://beacon/assets/index.js%2Egz',
  'file:///etc/passwd',
])('%s is refused', (url) => {
  const path = assetPath('/app/out', url);
  expect(path === undefined || path.startsWith('/app/out/')).toBe(true);
  if (!url.includes('%2e%2e')) expect(path).toBeUndefined();
});

test('no path whatever leads out of the folder', () => {
  const parts = fc.constantFrom('..', '.', '%2e%2e', '%2F', '/', '\\', '%5c', 'a', '%00', '%', '//');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const path = assetPath('/app/out', `app://beacon/${pieces.join('')}`);
      return path === undefined || (path.startsWith('/app/out/') && !path.includes('/../'));
    }),
  );
});
