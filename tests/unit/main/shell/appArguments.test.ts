import { expect, test } from 'vitest';
import { appArguments } from '../../../../main/shell/appArguments.ts';

test('the folder of the application is left out where it is not packaged', () => {
  expect(appArguments(['electron', '.', '--data', 'x'], false)).toEqual(['--data', 'x']);
  expect(appArguments(['beacon', '--data', 'x'], true)).toEqual(['--data', 'x']);
});

test("Chromium's switches are not Beacon's options", () => {
  expect(
    appArguments(['beacon', '--ozone-platform=x11', '--wall', '--no-sandbox', '--inspect=0', '--no-simulator'], true),
  ).toEqual(['--wall', '--no-simulator']);
});
