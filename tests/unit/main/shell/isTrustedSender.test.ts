import { expect, test } from 'vitest';
import { isTrustedSender } from '../../../../main/shell/isTrustedSender.ts';

test('only the top frame of the application itself is heard', () => {
  expect(isTrustedSender({ url: 'app://beacon/index.html#/wall', parent: null })).toBe(true);
  expect(isTrustedSender({ url: 'app://beacon/index.html', parent: {} })).toBe(false);
  expect(isTrustedSender({ url: 'https://beacon/index.html', parent: null })).toBe(false);
  expect(isTrustedSender({ url: 'app://beacon.example/index.html', parent: null })).toBe(false);
  expect(isTrustedSender(null)).toBe(false);
});
