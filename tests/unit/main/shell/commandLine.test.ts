import { expect, it } from 'vitest';
import { isOwnDownload } from '../../../../main/shell/appUrl.ts';
import { debuggingSwitch, isWebGlMissing, needsSoftwareGl } from '../../../../main/shell/commandLine.ts';

it.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--remote-debugging-address=0.0.0.0',
  '-inspect',
  '--inspect=127.0.0.1:9229',
  '--inspect-brk',
  '--js-flags=--expose-gc',
  '--disable-web-security',
  '--load-extension=/tmp/x',
  '--proxy-server=http://127.0.0.1:8080',
])('%s lets another program take the application over', (argument) => {
  expect(debuggingSwitch(['beacon', '--data', '/x', argument])).toBe(argument.split('=')[0]);
});

it('and what people write does not', () => {
  expect(
    debuggingSwitch(['/opt/--inspect/beacon', '--wall', '--seed', '7', '--inspector=x', 'inspect']),
  ).toBeUndefined();
});

it('draws in software only where there is nothing else, or after it was asked for', () => {
  const argv = ['beacon'];
  expect(needsSoftwareGl({ platform: 'linux', hasRenderNode: false, argv })).toBe(true);
  expect(needsSoftwareGl({ platform: 'linux', hasRenderNode: true, argv })).toBe(false);
  expect(needsSoftwareGl({ platform: 'win32', hasRenderNode: false, argv })).toBe(false);
  const again = [...argv, '--enable-unsafe-swiftshader'];
  expect(needsSoftwareGl({ platform: 'win32', hasRenderNode: false, argv: again })).toBe(true);
});

it('starts again in software where the GPU cannot draw WebGL', () => {
  for (const state of ['disabled_off', 'disabled_software', 'unavailable_off', 'unavailable_software'])
    expect(isWebGlMissing(state)).toBe(true);
  for (const state of ['enabled', 'enabled_on', 'enabled_readback', undefined])
    expect(isWebGlMissing(state)).toBe(false);
});

it('saves only what a page made itself', () => {
  expect(isOwnDownload('blob:app://beacon/7b1c')).toBe(true);
  for (const url of [
    'https://example.org/a.exe',
    'blob:https://example.org/7b1c',
    'data:text/plain,x',
    'app://beacon/x',
    'file:///etc/passwd',
  ])
    expect(isOwnDownload(url)).toBe(false);
});
