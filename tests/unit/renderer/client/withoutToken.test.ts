import { expect, it } from 'vitest';
import { withoutToken } from '../../../../renderer/client/seat.ts';

it('removes a display’s token from the address, and keeps its name', () => {
  expect(withoutToken('#/wall?token=abc')).toBe('#/wall');
  expect(withoutToken('#/wall?token=abc&display=Left')).toBe('#/wall?display=Left');
  expect(withoutToken('#/wall?display=Left%20one&token=abc')).toBe('#/wall?display=Left%20one');
  expect(withoutToken('#/wall')).toBe('#/wall');
});
