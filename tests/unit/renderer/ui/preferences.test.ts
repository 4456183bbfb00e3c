import { expect, it } from 'vitest';
import { usualKeys } from '../../../../renderer/ui/keyChoice.ts';
import { parsePreferences } from '../../../../renderer/ui/preferences.ts';

it('reads what was stored', () => {
  expect(parsePreferences('{"theme":"daylight","units":"us"}')).toEqual({
    theme: 'daylight',
    units: 'us',
    ...usualKeys,
  });
});

it.each([null, '', 'nonsense', '{"theme":"pink","units":7}', '[]'])('falls back to the defaults for %s', (text) => {
  expect(parsePreferences(text)).toEqual({ theme: 'dark', units: 'county', ...usualKeys });
});
